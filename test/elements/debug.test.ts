import {expect, oneEvent} from '@open-wc/testing';

import {makePane, remoteOf, rocketChat, setupMeeting, showPane} from '../support/mount.js';

/** Collects what goes to `console.debug`, without the prefix. */
const listen = (): string[] => {
  const lines: string[] = [];
  console.debug = (...parts: unknown[]) => lines.push(parts.slice(1).join(' '));
  return lines;
};

describe('debug', () => {
  const {debug} = console;
  afterEach(() => (console.debug = debug));

  it('logs what travels between the room and its plugin, without its texts', async () => {
    const lines = listen();
    const {room, meeting} = await setupMeeting({debug: true, 'display-name': 'Alice Martin'});
    const connected = oneEvent(room, 'pexip-connected');
    await Promise.all([meeting.join(), connected]);
    await meeting.setRing(0);
    await room.dialOut({role: 'GUEST', destination: 'carol@example.com', protocol: 'sip'});
    const log = lines.join('\n');
    expect(log).to.contain('pexip-chat-room accepted {"type":"ready"}');
    expect(log).to.contain(
      'pexip-chat-room sent {"action":"pexip:plugin:external-chat/toggle-chat-button-state","active":false}',
    );
    expect(log).to.contain('"type":"connected","conferenceAlias":"…"');
    expect(log).to.contain('/dial-out","role":"…","destination":"…"');
    expect(log).not.to.match(/carol|consultation|Alice/i);
  });

  it('logs why a message was dropped', async () => {
    const lines = listen();
    const {room, meeting} = await setupMeeting({debug: true});
    await meeting.post({action: 'no message of ours'});
    await meeting.state();
    expect(lines).to.include('pexip-chat-room malformed ');
    expect(room.diagnose().messages.malformed).to.be.at.least(1);
  });

  it('logs what travels between the pane and Rocket.Chat, and never a token', async () => {
    const lines = listen();
    const credentials = await rocketChat().token('alice');
    const pane = makePane('', {debug: true});
    pane.auth = credentials;
    await showPane(pane);
    const log = lines.join('\n');
    expect(log).to.contain('rc-chat-pane sent {"externalCommand":"login-with-token","token":"…"}');
    expect(log).to.contain('rc-chat-pane accepted ');
    expect(log).not.to.contain(credentials.authToken);
  });

  it('says nothing without the attribute', async () => {
    const lines = listen();
    const {room} = await setupMeeting();
    await remoteOf(room).state();
    // The pane of the test before may still have been heard.
    expect(lines.filter((line) => line.startsWith('pexip-chat-room'))).to.deep.equal([]);
  });
});
