import {expect} from '@open-wc/testing';

import type {PexipChatError} from '../../src/errors.js';
import {openPage} from '../support/delivery-page.js';
import {waitUntil} from '../support/wait.js';

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
    const made = PexipChatRoom!.create(options);
    made.catch(() => undefined);
    await waitUntil(() => its.querySelector('pexip-chat-widget'));
    const {attributes} = its.querySelector('pexip-chat-widget')!;
    expect(attributes.getNamedItem('broker')!.value).to.equal(sandbox);
    // As on any page of Bandyer's.
    expect(attributes.getNamedItem('language')!.value).to.equal('it');
    expect(untaken).to.deep.equal([]);
  });
});
