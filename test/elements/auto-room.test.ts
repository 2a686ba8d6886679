import {expect, oneEvent} from '@open-wc/testing';

import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {violationsIn} from '../support/axe.js';
import {makeStandIn, setupAuto, untilLine} from '../support/auto-pane.js';
import {frameIn, place, record, setupCall, setupMeeting} from '../support/mount.js';
import {waitUntil} from '../support/wait.js';
import {startWorkspace} from 'test-simulators';

const WAITS = /^The conversation opens when the meeting has begun\.$/;

const errorOf = async (pane: RcChatPaneElement): Promise<string> =>
  (await oneEvent(pane, 'rc-error')).detail.error.code;
const openedIn = async (pane: RcChatPaneElement) => (await oneEvent(pane, 'rc-room-opened')).detail;
const untilOpened = async (pane: RcChatPaneElement, roomId: string): Promise<void> => {
  while ((await openedIn(pane)).roomId !== roomId);
};

describe('room="auto" for somebody without an account', () => {
  it("shows Rocket.Chat's own sign-in form, and opens the discussion once there is one", async () => {
    const {pane, me, room, workspace, refuses, answers, meet} = await setupAuto(
      'embed',
      {},
      await startWorkspace(),
    );
    await refuses(403, 'account-missing', {below: '/v1/chat/session'});
    const failure = errorOf(pane);
    meet().join('consultation');
    expect(await failure).to.equal('account-missing');
    const line = await untilLine(pane, /no account.*Sign in to Rocket\.Chat/);
    expect(line.querySelector('a')!.hidden).to.equal(false);
    const page = workspace.frame(await frameIn(pane));
    await page.until(({screen}) => screen === 'login');
    await answers();
    const opened = untilOpened(pane, room._id);
    await page.loginForm(me.username, me.password);
    await opened;
    expect(line.textContent).not.to.match(/no account/);
  });

  it('leaves the form as it is when the account is missing still', async () => {
    const {pane, workspace, refuses, meet, asked} = await setupAuto(
      'embed',
      {},
      await startWorkspace(),
    );
    await refuses(403, 'account-missing');
    const failure = errorOf(pane);
    meet().join('consultation');
    await failure;
    const frame = await frameIn(pane);
    await workspace.frame(frame).until(({screen}) => screen === 'login');
    const line = await untilLine(pane, /no account/);
    const loads = record(frame, 'load');
    line.querySelector('button')!.click();
    await waitUntil(async () => (await asked()) === 2, 'it was asked once more');
    await untilLine(pane, /no account/);
    expect(loads).to.deep.equal([]);
    expect(pane.renderRoot.querySelector('iframe') === frame).to.equal(true);
  });

  it('offers the native view a way to Rocket.Chat itself', async () => {
    const {pane, server, room, refuses, answers, meet} = await setupAuto('native');
    await refuses(403, 'account-missing');
    const failure = errorOf(pane);
    meet().join('consultation');
    expect(await failure).to.equal('account-missing');
    const line = await untilLine(pane, /no account/);
    const link = line.querySelector('a')!;
    expect([link.hidden, link.href, link.rel]).to.deep.equal([
      false,
      `${server}/`,
      'noopener noreferrer',
    ]);
    await answers();
    const opened = openedIn(pane);
    line.querySelector('button')!.click();
    expect((await opened).roomId).to.equal(room._id);
    expect(link.hidden).to.equal(true);
  });
});

describe('room="auto" and its room', () => {
  it('asks the broker of the room, with its token', async () => {
    const {pane, room, broker, remote, me, answers} = await setupAuto('embed', {broker: undefined});
    await answers();
    pane.accessToken = null;
    const {room: element, meeting} = await setupMeeting({broker}, pane);
    element.accessToken = () => remote.accessToken(me.username);
    const opened = openedIn(pane);
    await meeting.join();
    expect((await opened).roomId).to.equal(room._id);
  });

  it("asks for the alias in the room's attributes, whatever the frame says", async () => {
    const {pane, answers, meet, requests} = await setupAuto();
    await answers('a%20b');
    const meeting = meet(makeStandIn(null));
    meeting.url = 'https://node.example.com/webapp3/m/a%20b?callTag=x';
    const opened = openedIn(pane);
    meeting.state = 'connected';
    const detail = {conferenceAlias: 'somebody-elses'};
    meeting.dispatchEvent(new CustomEvent('pexip-connected', {detail}));
    await opened;
    expect(await requests(/^POST .*meetings/)).to.satisfy(
      ([line, ...more]: string[]) =>
        line!.startsWith('POST /v1/meetings/a%20b/discussion ') && !more.length,
    );
  });

  it('stays on the discussion when the room goes', async () => {
    const {pane, answers, meet, asked} = await setupAuto();
    await answers();
    const meeting = meet();
    const opened = openedIn(pane);
    meeting.join('consultation');
    await opened;
    const errors = record(pane, 'rc-error');
    meeting.letGo();
    await waitUntil(() => !pane.diagnose().paired, 'the pane has no room');
    await pane.updateComplete;
    expect([pane.state, await asked(), errors]).to.deep.equal(['ready', 1, []]);
  });

  it('keeps the focus where it was when a person asks once more', async () => {
    const {pane, remote, refuses, meet} = await setupAuto();
    await refuses(404, 'not-found');
    const failure = errorOf(pane);
    meet().join('consultation');
    await failure;
    const line = await untilLine(pane, /only for the people/);
    await remote.fail('hang', undefined, {below: '/v1/meetings/'});
    const again = line.querySelector('button')!;
    again.focus();
    again.click();
    await waitUntil(() => again.hidden, 'it is being asked');
    expect(pane.shadowRoot!.activeElement?.role).to.equal('status');
  });
});

for (const view of ['embed', 'native'] as const) {
  describe(`room="auto" in the ${view} view`, () => {
    it("opens the meeting's discussion when the room reports connected", async () => {
      const {pane, room, write, answers, asked} = await setupAuto(view);
      await write('from before the meeting');
      await answers();
      const {meeting} = await setupMeeting({}, pane);
      await untilLine(pane, WAITS);
      expect([pane.state, await asked()]).to.deep.equal(['idle', 0]);
      const opened = openedIn(pane);
      await meeting.join();
      expect(await opened).to.deep.equal({roomId: room._id, name: room.fname, type: 'discussion'});
      await waitUntil(() => pane.state === 'ready', 'the conversation is ready');
      expect(pane.renderRoot.textContent).not.to.match(/opens when/);
      expect(await asked()).to.equal(1);
    });

    it('asks at once where the meeting has begun before the pane came', async () => {
      const {pane, room, answers} = await setupAuto(view);
      await answers();
      const call = await setupCall();
      const opened = openedIn(pane);
      call.room.append(pane);
      expect((await opened).roomId).to.equal(room._id);
    });

    it('signs in by the broker before it asks', async () => {
      const {pane, answers, meet, requests} = await setupAuto(view);
      await answers();
      const opened = openedIn(pane);
      meet().join('consultation');
      await opened;
      const [first, second] = await requests(/^POST/);
      expect(first).to.match(/^POST \/v1\/chat\/session /);
      expect(second).to.match(/^POST \/v1\/meetings\/consultation\/discussion /);
    });

    it('asks once however often it is told, and not again when the person comes back', async () => {
      const {pane, answers, meet, asked, settle} = await setupAuto(view);
      await answers();
      const meeting = meet();
      const opened = openedIn(pane);
      for (let times = 0; times < 5; times++) meeting.join('consultation');
      await opened;
      const later = record(pane, 'rc-room-opened', 'rc-logged-out');
      meeting.leave();
      meeting.join('consultation');
      await settle();
      expect(pane.state).not.to.equal('idle');
      expect([await asked(), later]).to.deep.equal([1, []]);
    });

    it('goes to the discussion of another meeting', async () => {
      const {pane, workspace, me, answers, meet} = await setupAuto(view);
      const other = await workspace.createRoom({
        type: 'discussion',
        members: [me.username],
        name: `other-${crypto.randomUUID()}`,
        parent: 'general',
      });
      await answers();
      const meeting = meet();
      let opened = openedIn(pane);
      meeting.join('consultation');
      await opened;
      await answers('another', {roomId: other._id, name: 'Other', type: 'discussion'});
      opened = openedIn(pane);
      meeting.leave();
      meeting.join('another');
      expect((await opened).roomId).to.equal(other._id);
    });

    it('drops the answer for a meeting that is over when it comes', async () => {
      const {pane, room, remote, answers, meet, asked} = await setupAuto(view);
      const meeting = meet();
      await remote.fail('hang', undefined, {below: '/v1/meetings/first/'});
      meeting.join('first');
      await waitUntil(async () => (await asked()) === 1, 'the first meeting was asked about');
      await answers('second');
      const errors = record(pane, 'rc-error');
      const opened = openedIn(pane);
      meeting.join('second');
      expect((await opened).roomId).to.equal(room._id);
      expect(errors).to.deep.equal([]);
    });

    it('waits as long as the broker says when it is busy', async () => {
      const {pane, room, refuses, answers, meet} = await setupAuto(view);
      await refuses(429, 'rate-limited', {count: 1, headers: {'retry-after': '1'}});
      meet().join('consultation');
      await waitUntil(async () => pane.state === 'loading', 'it is being asked');
      const opened = openedIn(pane);
      await answers();
      expect((await opened).roomId).to.equal(room._id);
    });

    it('asks once more after a 401, as a session or token may just have ended', async () => {
      const {pane, remote, meet, asked} = await setupAuto(view);
      await remote.fail(401, 1, {below: '/v1/meetings/'});
      const failure = errorOf(pane);
      meet().join('consultation');
      // The simulator has no such route of its own, which is what the second answer says.
      expect(await failure).to.equal('meeting-not-found');
      expect(await asked()).to.equal(2);
    });

    for (const [status, code, expected, words] of [
      [401, 'access-token-invalid', 'sign-in-required', /You could not be signed in/],
      [403, 'account-refused', 'sign-in-required', /You could not be signed in/],
      [404, 'meeting-not-found', 'meeting-not-found', /only for the people of the meeting/],
      [404, 'not-found', 'meeting-not-found', /only for the people of the meeting/],
      [404, 'discussion-missing', 'discussion-missing', /meeting is over/],
      [409, 'discussion-refused', 'discussion-refused', /could not be started/],
      [409, 'discussion-not-configured', 'discussion-not-configured', /has no conversation/],
      [409, 'signed-out', 'broker-failed', /could not be opened.*try again/],
      [502, 'workspace-unreachable', 'broker-failed', /could not be opened.*try again/],
    ] as const) {
      it(`says what can be done of ${status} ${code}, and tries again when asked to`, async () => {
        const {pane, room, refuses, answers, meet} = await setupAuto(view);
        await refuses(status, code);
        const failure = errorOf(pane);
        meet().join('consultation');
        expect(await failure).to.equal(expected);
        const line = await untilLine(pane, words);
        expect(pane.state).to.equal('failed');
        await answers();
        const opened = openedIn(pane);
        line.querySelector('button')!.click();
        expect((await opened).roomId).to.equal(room._id);
        expect(line.textContent).not.to.match(words);
      });
    }

    it('tries again when the network is back', async () => {
      const {pane, room, refuses, answers, meet} = await setupAuto(view);
      await refuses(503, 'store-unavailable');
      const failure = errorOf(pane);
      meet().join('consultation');
      expect(await failure).to.equal('broker-failed');
      await answers();
      const opened = openedIn(pane);
      dispatchEvent(new Event('online'));
      expect((await opened).roomId).to.equal(room._id);
    });

    it('says what is missing where there is no room, and goes on once there is one', async () => {
      const {pane, room, answers, server} = await setupAuto(view);
      await answers();
      pane.setAttribute('server', server);
      const told = oneEvent(pane, 'rc-error');
      place(pane);
      const {error} = (await told).detail;
      expect(error.code).to.equal('invalid-attribute');
      expect(error.message).to.match(/room.*auto.*pexip-chat-room/);
      expect(pane.state).to.equal('failed');
      const meeting = place(makeStandIn());
      meeting.append(pane);
      await untilLine(pane, WAITS);
      expect(pane.state).to.equal('idle');
      const opened = openedIn(pane);
      meeting.join('consultation');
      expect((await opened).roomId).to.equal(room._id);
    });

    it('says what is missing where there is no broker', async () => {
      const {pane, server, meet} = await setupAuto(view, {broker: undefined});
      pane.setAttribute('server', server);
      const told = oneEvent(pane, 'rc-error');
      meet();
      const {error} = (await told).detail;
      expect(error.code).to.equal('invalid-attribute');
      expect(error.message).to.match(/room.*auto.*broker/);
    });

    it('lets nothing of it be seen or asked once another room is set', async () => {
      const {pane, room, answers, meet, asked, settle} = await setupAuto(view);
      await answers();
      const meeting = meet();
      await untilLine(pane, WAITS);
      const opened = openedIn(pane);
      pane.room = room._id;
      expect((await opened).roomId).to.equal(room._id);
      expect(pane.renderRoot.textContent).not.to.match(/opens when/);
      meeting.join('consultation');
      await settle();
      expect(await asked()).to.equal(0);
    });

    it('asks nothing for a pane that is gone, and lets its sign-in go', async () => {
      const {pane, me, remote, meet, asked, settle} = await setupAuto(view);
      await remote.fail('hang', undefined, {below: '/v1/meetings/'});
      const meeting = meet();
      meeting.join('consultation');
      await waitUntil(async () => (await asked()) === 1, 'it was asked');
      expect(await remote.leases(me.username)).to.equal(1);
      pane.remove();
      await waitUntil(async () => !(await remote.leases(me.username)), 'the lease was let go');
      meeting.join('another');
      await settle();
      expect(await asked()).to.equal(1);
    });

    it('holds one session once the conversation is open', async () => {
      const {pane, me, remote, answers, meet} = await setupAuto(view);
      await answers();
      const opened = openedIn(pane);
      meet().join('consultation');
      await opened;
      await waitUntil(async () => (await remote.leases(me.username)) === 1, 'one lease is left');
    });

    it('signs nobody in again who has signed out, whatever meeting begins', async () => {
      const {pane, answers, meet, asked, requests, settle} = await setupAuto(view);
      await answers();
      const meeting = meet();
      const opened = openedIn(pane);
      const signedIn = oneEvent(pane, 'rc-logged-in');
      meeting.join('consultation');
      await Promise.all([opened, signedIn]);
      const out = oneEvent(pane, 'rc-logged-out');
      await pane.logout();
      await out;
      const before = (await requests(/^POST \/v1\/chat\/session /)).length;
      meeting.join('another');
      await settle();
      expect(await asked()).to.equal(1);
      expect(await requests(/^POST \/v1\/chat\/session /)).to.have.length(before);
    });

    it('says so in Arabic', async () => {
      const {pane, meet} = await setupAuto(view, {language: 'ar'});
      meet();
      const line = await untilLine(pane, /ستُفتح المحادثة عند بدء الاجتماع/);
      expect(line.querySelector('[role=status]')).to.have.attribute('dir', 'rtl');
    });

    it('is accessible while it waits, and when it has failed', async () => {
      const {pane, refuses, meet} = await setupAuto(view);
      await refuses(403, 'account-missing');
      const meeting = meet();
      await untilLine(pane, WAITS);
      expect(await violationsIn(pane)).to.deep.equal([]);
      meeting.join('consultation');
      await untilLine(pane, /no account/);
      expect(await violationsIn(pane)).to.deep.equal([]);
    });
  });
}
