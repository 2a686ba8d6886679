import {expect} from '@open-wc/testing';

import type {PexipChatError} from '../../src/errors.js';
import {openPage} from '../support/delivery-page.js';

describe('PexipChatRoom.compat() whose file does not come', () => {
  const FILE = 'pexip-chat-room.create.min.js';

  it('is kept for the next create(), and leaves no rejection behind', async () => {
    const page = await openPage(`late:${FILE}:${crypto.randomUUID()}/`);
    const {PexipChatRoom, document: its} = page;
    const untaken: unknown[] = [];
    page.addEventListener('unhandledrejection', ({reason}) => untaken.push(reason));
    const sandbox = 'http://localhost:9/broker/';
    PexipChatRoom!.compat('bandyer', {environments: {sandbox}});
    const options = {accessToken: 'jwt', environment: 'sandbox'} as const;
    const refused: unknown = await PexipChatRoom!.create(options).catch((each: unknown) => each);
    expect((refused as PexipChatError).code).to.equal('part-failed');
    // The broker refuses it, and so it is gone again soon.
    const came = new Promise<readonly unknown[]>((resolve) =>
      new MutationObserver(([record]) => {
        const widget = record!.addedNodes[0] as Element;
        // The language is that of any page of Bandyer's.
        resolve(['broker', 'language'].map((name) => widget.getAttribute(name)));
      }).observe(its.body, {childList: true}),
    );
    PexipChatRoom!.create(options).catch(() => undefined);
    expect(await came).to.deep.equal([sandbox, 'it']);
    expect(untaken).to.deep.equal([]);
  });
});
