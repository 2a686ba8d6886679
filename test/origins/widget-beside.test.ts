import {expect, oneEvent} from '@open-wc/testing';

import {makeLivePane} from '../support/live-pane.js';
import {place, setupMeeting} from '../support/mount.js';
import {waitUntil} from '../support/wait.js';
import {setupWidget} from '../support/widget.js';

type PaneEvent = Extract<keyof HTMLElementEventMap, `rc-${string}`>;

const OF_PANES = Object.keys({
  'rc-active-request': true,
  'rc-connection-changed': true,
  'rc-error': true,
  'rc-logged-in': true,
  'rc-logged-out': true,
  'rc-message-changed': true,
  'rc-message-read': true,
  'rc-message-received': true,
  'rc-message-sent': true,
  'rc-options-request': true,
  'rc-pane-connect': true,
  'rc-presence-changed': true,
  'rc-ready': true,
  'rc-room-opened': true,
  'rc-token-expired': true,
  'rc-token-expiring': true,
  'rc-typing-started': true,
  'rc-unread-changed': true,
} satisfies Record<PaneEvent, true>) as PaneEvent[];

let life = new AbortController();
afterEach(() => life.abort());

/** The events of panes that reach the page as if from this element. */
const heardOf = (element: Element): string[] => {
  const heard: string[] = [];
  life = new AbortController();
  for (const type of OF_PANES)
    addEventListener(type, ({target}) => target === element && heard.push(type), {
      capture: true,
      signal: life.signal,
    });
  return heard;
};

describe('the widget on a page with a meeting', () => {
  it('leaves the meeting the pane of the page, and shows its own chat', async () => {
    const {room} = await setupMeeting();
    const {widget, list, reads, pane, ...conversation} = await setupWidget();
    const heard = heardOf(widget);
    (await list()).click();
    await reads();
    expect(room.chat).to.equal(false);
    expect(pane()!.diagnose().paired).to.equal(false);
    expect([pane()!.active, pane()!.checkVisibility()]).to.deep.equal([true, true]);
    const own = place(makeLivePane(conversation));
    await own.updateComplete;
    expect([own.diagnose().paired, own.active]).to.deep.equal([true, false]);
    const toggled = oneEvent(room, 'pexip-chat-toggled');
    room.setChatActive(true);
    await toggled;
    await own.updateComplete;
    expect([own.active, pane()!.active]).to.deep.equal([true, true]);
    expect(heard).to.deep.equal([]);
  });

  it('takes no part in meetings that come later, nor in one that it stands in', async () => {
    const {widget, list, reads, pane} = await setupWidget();
    (await list()).click();
    await reads();
    const {room} = await setupMeeting();
    expect(pane()!.diagnose().paired).to.equal(false);
    room.append(widget);
    await waitUntil(() => pane()?.isConnected && pane()!.state === 'ready');
    expect([pane()!.diagnose().paired, pane()!.active]).to.deep.equal([false, true]);
  });

  it('tells its own events, and none of a pane', async () => {
    const {widget, list, reads, write, pane} = await setupWidget();
    const heard = heardOf(widget);
    (await list()).click();
    await reads();
    const received = oneEvent(widget, 'widget-message-received');
    const inPane = oneEvent(pane()!, 'rc-message-received');
    await write('Good morning');
    expect((await received).detail.text).to.equal('Good morning');
    await inPane;
    const sent = oneEvent(widget, 'widget-message-sent');
    await pane()!.send('Good evening');
    await sent;
    expect(heard).to.deep.equal([]);
  });

  it('tells what is wrong with a chat as an error of its own, once', async () => {
    const {widget, list, pane} = await setupWidget();
    const heard = heardOf(widget);
    const codes: string[] = [];
    widget.addEventListener('widget-error', ({detail}) => codes.push(detail.error.code));
    (await list()).click();
    await waitUntil(() => pane()?.state === 'ready');
    const told = oneEvent(widget, 'widget-error');
    await pane()!
      .open('#no-such-room')
      .catch(() => undefined);
    expect((await told).detail.error.code).to.equal('room-not-found');
    expect(codes).to.deep.equal(['room-not-found']);
    expect(heard).to.deep.equal([]);
  });
});
