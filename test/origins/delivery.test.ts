import {expect, oneEvent} from '@open-wc/testing';

import type {PexipChatError} from '../../src/errors.js';
import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {setupConversation} from '../support/conversation.js';
import {openPage, type Page} from '../support/delivery-page.js';
import {setAttributes} from '../support/mount.js';
import {simulators} from 'test-simulators';

const FIRST = 'pexip-chat-room.min.js';
const EMBED = 'pexip-chat-room.embed.min.js';
const DIAL_OUT = 'pexip-chat-room.dial.min.js';
const PEOPLE = 'pexip-chat-room.people.min.js';
const LIT = 'pexip-chat-room.lit.min.js';
const STANDBY = 'pexip-chat-room.standby.min.js';
const CAROL = {role: 'GUEST', destination: 'carol@example.com', protocol: 'sip'} as const;

const defined = ({customElements, PexipChatRoom}: Page): boolean[] =>
  [customElements.get('pexip-chat-room'), customElements.get('rc-chat-pane'), PexipChatRoom].map(
    (each) => each !== undefined,
  );

const joinMeeting = async ({document: page}: Window): Promise<PexipChatRoomElement> => {
  const room = page.createElement('pexip-chat-room');
  setAttributes(room, {node: simulators.webApp3, room: 'consultation', join: true});
  const connected = oneEvent(room, 'pexip-connected');
  page.body.append(room);
  await connected;
  return room;
};

/** A pane for a conversation, and the first of these events that it fires. */
const openPane = async (
  {document: page}: Window,
  event: 'rc-ready' | 'rc-error',
  view = 'embed',
): Promise<{pane: RcChatPaneElement; error: PexipChatError | undefined}> => {
  const {name, auth} = await setupConversation();
  const pane = page.createElement('rc-chat-pane');
  setAttributes(pane, {server: simulators.rocketChat, room: `#${name}`, view});
  pane.auth = auth;
  const fired = oneEvent(pane, event);
  page.body.append(pane);
  return {pane, error: (await fired).detail?.error};
};

const failure = (promise: Promise<unknown>): Promise<PexipChatError> =>
  promise.then(
    () => Promise.reject(new Error('It was answered.')),
    (error) => error,
  );

describe('a script tag with its hash', () => {
  it('runs the script as it was built', async () => {
    expect(defined(await openPage(`whole:${FIRST}/`))).to.deep.equal([true, true, true]);
  });

  it('does not run the script with one byte changed: no element, no global', async () => {
    expect(defined(await openPage(`altered:${FIRST}/`))).to.deep.equal([false, false, false]);
  });

  it('is what stops that byte: without a hash the changed script runs', async () => {
    const page = await openPage(`altered:${FIRST}/unchecked.html`);
    expect(defined(page)).to.deep.equal([true, true, true]);
  });
});

describe('a file that is loaded later', () => {
  for (const what of ['altered', 'missing']) {
    it(`costs the conversation only, said by part-failed, when that file is ${what}`, async () => {
      const page = await openPage(`${what}:${EMBED}/`);
      const {pane, error} = await openPane(page, 'rc-error');
      expect(error!.code).to.equal('part-failed');
      expect(error!.message).to.contain(EMBED);
      expect(pane.state).to.equal('failed');
      const room = await joinMeeting(page);
      expect((await room.dialOut(CAROL)).displayName).to.equal('carol');
    });

    it(`costs dialling out only, said by part-failed, when that file is ${what}`, async () => {
      const page = await openPage(`${what}:${DIAL_OUT}/`);
      const room = await joinMeeting(page);
      const error = await failure(room.dialOut(CAROL));
      expect(error.code).to.equal('part-failed');
      expect(error.message).to.contain(DIAL_OUT);
      expect(room.state).to.equal('connected');
      const {pane} = await openPane(page, 'rc-ready');
      expect(pane.state).to.equal('ready');
    });

    it(`costs people and controls only, said by part-failed, when that file is ${what}`, async () => {
      const page = await openPage(`${what}:${PEOPLE}/`);
      const room = await joinMeeting(page);
      const error = await failure(room.mute('u'));
      expect(error.code).to.equal('part-failed');
      expect(error.message).to.contain(PEOPLE);
      expect(room.state).to.equal('connected');
      expect((await room.dialOut(CAROL)).displayName).to.equal('carol');
    });

    it(`leaves a room that waits for a click idle, said by part-failed, when its button is ${what}`, async () => {
      const {document: page} = await openPage(`${what}:${STANDBY}/`);
      const room = page.createElement('pexip-chat-room');
      setAttributes(room, {node: simulators.webApp3, room: 'consultation', loading: 'click'});
      const failed = oneEvent(room, 'pexip-error');
      page.body.append(room);
      const {error} = (await failed).detail;
      expect(error.code).to.equal('part-failed');
      expect(error.message).to.contain(STANDBY);
      await room.updateComplete;
      expect(room.state).to.equal('idle');
      expect(room.renderRoot.querySelector('iframe')).to.equal(null);
      const ready = oneEvent(room, 'pexip-ready');
      room.reload();
      await ready;
      expect(room.state).to.equal('ready');
    });
  }

  it('costs the words beside a meeting without its plugin, when that file is missing: it says both', async () => {
    const page = await openPage(`missing:${STANDBY}/`);
    const room = page.document.createElement('pexip-chat-room');
    setAttributes(room, {node: simulators.withoutPlugin, room: 'x', 'plugin-timeout': '50'});
    const codes: string[] = [];
    const both = new Promise<void>((resolve) => {
      room.addEventListener('pexip-error', ({detail}) => {
        if (codes.push(detail.error.code) === 2) resolve();
      });
    });
    page.document.body.append(room);
    await both;
    expect(codes).to.deep.equal(['part-failed', 'plugin-timeout']);
    expect(room.state).to.equal('unbridged');
  });

  it('keeps nobody who gives up waiting for it: dialOut() rejects with the reason at once', async () => {
    const page = await openPage(`stalled:${DIAL_OUT}/`);
    const room = await joinMeeting(page);
    const call = new AbortController();
    const dialled = failure(room.dialOut(CAROL, {signal: call.signal}));
    call.abort(new Error('changed my mind'));
    expect((await dialled).message).to.equal('changed my mind');
  });

  it('is given up after 30 seconds without an answer, said by part-failed', async () => {
    const page = await openPage(`stalled:${DIAL_OUT}/`);
    const room = await joinMeeting(page);
    const {setTimeout: wait} = page;
    const waits: unknown[] = [];
    // The page's time goes by at once from here on.
    page.setTimeout = ((run: () => void, ms: number) => {
      waits.push(ms);
      return wait(run, 0);
    }) as typeof page.setTimeout;
    expect((await failure(room.dialOut(CAROL))).code).to.equal('part-failed');
    expect(waits).to.deep.equal([30_000]);
  });

  it('runs after Lit where it needs that, even if it is there before: both are asked for at once', async () => {
    const page = await openPage(`last:${LIT}/`);
    const {pane} = await openPane(page, 'rc-ready', 'native');
    expect(pane.state).to.equal('ready');
  });

  it('costs the conversation only, and throws nothing, when Lit beside it is missing', async () => {
    const page = await openPage(`missing:${LIT}/`);
    const thrown: unknown[] = [];
    page.addEventListener('error', ({error}) => thrown.push(error));
    const {pane, error} = await openPane(page, 'rc-error', 'native');
    expect(error!.code).to.equal('part-failed');
    expect(error!.message).to.contain(LIT);
    expect(pane.state).to.equal('failed');
    expect(thrown).to.deep.equal([]);
  });

  it('is loaded the next time it is needed, once it is there', async () => {
    const page = await openPage(`late:${DIAL_OUT}:${crypto.randomUUID()}/`);
    const room = await joinMeeting(page);
    expect((await failure(room.dialOut(CAROL))).code).to.equal('part-failed');
    expect((await room.dialOut(CAROL)).displayName).to.equal('carol');
  });
});
