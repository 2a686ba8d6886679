import {expect, oneEvent} from '@open-wc/testing';

import {ACTION_PREFIX} from '../../src/protocol/external-chat.js';
import {record, remoteOf, mountRoom, setupCall, setupMeeting} from '../support/mount.js';
import {nextMessage, puppetSends} from '../support/puppet.js';
import {simulators} from 'test-simulators';

/** The same promises hold in Web App 3's default sandbox, without an origin, and with one. */
const SANDBOXES = {
  'in the default, opaque sandbox': {node: simulators.webApp3, pluginOrigin: 'null'},
  'with allow-same-origin': {
    node: simulators.sameOriginSandbox,
    pluginOrigin: simulators.sameOriginSandbox,
  },
};

for (const [where, {node, pluginOrigin}] of Object.entries(SANDBOXES)) {
  describe(`the bridge to the real plugin ${where}`, () => {
    it('fires pexip-ready once the plugin has loaded, and binds its window', async () => {
      const {room} = await setupMeeting({node});
      expect(room.state).to.equal('ready');
      expect(room.features).to.include.members(['chat', 'dial-out']);
      expect(room.dialect).to.equal('external-chat');
      expect(room.diagnose().pluginOrigin).to.equal(pluginOrigin);
    });

    it('fires pexip-connected once the person has joined, with the alias after hello', async () => {
      const {room, meeting} = await setupMeeting({node});
      const connected = oneEvent(room, 'pexip-connected');
      await meeting.join();
      expect((await connected).detail).to.deep.equal({conferenceAlias: 'consultation'});
      expect(room.state).to.equal('connected');
    });

    it('fires pexip-disconnected with userInitiated when the person leaves', async () => {
      const {room, meeting} = await setupCall({node});
      const disconnected = oneEvent(room, 'pexip-disconnected');
      await meeting.leave();
      expect((await disconnected).detail).to.deep.equal({userInitiated: true});
      expect(room.state).to.equal('disconnected');
    });

    it('fires pexip-disconnected with the error when the call is lost, and keeps the frame', async () => {
      const {room, meeting} = await setupCall({node});
      const disconnected = oneEvent(room, 'pexip-disconnected');
      await meeting.drop({error: 'Call lost', errorCode: '#pex117'});
      const {detail} = await disconnected;
      expect(detail).to.deep.equal({
        userInitiated: false,
        error: 'Call lost',
        errorCode: '#pex117',
      });
      expect(room.renderRoot.querySelector('iframe')).to.exist;
    });

    it('opens the chat when the toolbar button is pressed, and shows it on the button', async () => {
      const {room, meeting} = await setupCall({node});
      const toggled = oneEvent(room, 'pexip-chat-toggled');
      expect((await meeting.state()).button).to.include({name: 'Open Chat', pressed: false});
      await meeting.clickChat();
      expect((await toggled).detail).to.deep.equal({active: true, by: 'toolbar'});
      const {button} = await meeting.until((state) => state.button?.pressed === true);
      expect(button!.name).to.equal('Close Chat');
      expect(room.chat).to.be.true;
      expect(room.hasAttribute('chat')).to.be.true;
    });

    it('leaves the button alone when the page cancels the request', async () => {
      const {room, meeting} = await setupCall({node});
      const seen = record(room, 'pexip-chat-toggled');
      room.addEventListener('pexip-chat-toggle-request', (event) => event.preventDefault());
      const asked = oneEvent(room, 'pexip-chat-toggle-request');
      await meeting.clickChat();
      expect((await asked).detail).to.deep.equal({active: true});
      // The badge goes the same way after it: once it is there, an echo would have come.
      room.setChatBadge(true);
      const {button} = await meeting.until((state) => state.button?.badge === true);
      expect(button!.pressed).to.be.false;
      expect(seen).to.deep.equal([]);
      expect(room.chat).to.be.false;
    });

    it('keeps what is set before ready, and has the button show it', async () => {
      const room = mountRoom({node, room: 'consultation', chat: true, join: true});
      room.setChatBadge(true);
      const {button} = await remoteOf(room, node).until(
        (state) => state.button?.pressed === true && state.button.badge,
      );
      expect(button).to.deep.equal({name: 'Close Chat', pressed: true, badge: true});
    });

    for (const restart of ['reloadPlugin', 'reload'] as const) {
      const what = restart === 'reload' ? 'Web App 3' : 'the plugin';
      it(`has button and badge as before after a reload of ${what}`, async () => {
        const {room, meeting} = await setupCall({node, chat: true});
        room.setChatBadge(true);
        await meeting.until((state) => state.button?.pressed === true && state.button.badge);
        const ready = oneEvent(room, 'pexip-ready');
        await meeting[restart]();
        await ready;
        if (restart === 'reload') await meeting.join();
        const {button} = await meeting.until(
          (state) => state.button?.pressed === true && state.button.badge,
        );
        expect(button).to.deep.equal({name: 'Close Chat', pressed: true, badge: true});
      });
    }
  });
}

describe('the bridge to the real plugin, started again', () => {
  it('stays connected when the plugin starts again in mid-call', async () => {
    const {room, meeting} = await setupCall();
    const seen = record(room, 'pexip-disconnected', 'pexip-connected', 'pexip-ready');
    const ready = oneEvent(room, 'pexip-ready');
    await meeting.reloadPlugin();
    await ready;
    expect(room.state).to.equal('connected');
    expect(seen).to.deep.equal(['pexip-ready']);
  });

  it('fires pexip-disconnected when Web App 3 starts again in mid-call', async () => {
    const {room, meeting} = await setupCall();
    const disconnected = oneEvent(room, 'pexip-disconnected');
    const ready = oneEvent(room, 'pexip-ready');
    await meeting.reload();
    expect((await disconnected).detail).to.deep.equal({userInitiated: false});
    await ready;
    expect(room.state).to.equal('ready');
  });

  it('is ready when the plugin of the started Web App 3 is quicker than the load event', async () => {
    const id = crypto.randomUUID();
    const url = `${simulators.puppetNode}/nest?id=${id}`;
    const here = () => nextMessage(({data}) => data?.puppet === 'here');
    const release = () => fetch(`${simulators.puppetNode}/release?id=${id}`, {mode: 'no-cors'});
    const say = async (name: string): Promise<void> => {
      const plugin = room.renderRoot.querySelector('iframe')!.contentWindow![0]!;
      await puppetSends(plugin, {action: ACTION_PREFIX + name}, {up: 2});
    };
    const inside = here();
    const room = mountRoom({url});
    await inside;
    const frame = room.renderRoot.querySelector('iframe')!;
    await say('ready');
    await say('connected');
    const loaded = oneEvent(frame, 'load');
    await release();
    await loaded;
    const again = here();
    frame.contentWindow!.location.replace(url);
    await again;
    const seen = record(room, 'pexip-disconnected', 'pexip-connected', 'pexip-ready');
    await say('ready');
    const reloaded = oneEvent(frame, 'load');
    await release();
    await reloaded;
    expect(seen).to.deep.equal(['pexip-ready', 'pexip-disconnected']);
    expect(room.state).to.equal('ready');
  });

  it('binds the new plugin after a reload() of the room', async () => {
    const {room, meeting} = await setupCall({chat: true});
    const disconnected = oneEvent(room, 'pexip-disconnected');
    const ready = oneEvent(room, 'pexip-ready');
    room.reload();
    await Promise.all([disconnected, ready]);
    await meeting.join();
    expect((await meeting.until((state) => state.button?.pressed === true)).button).to.exist;
  });
});
