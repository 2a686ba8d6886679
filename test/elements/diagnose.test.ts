import {expect, oneEvent} from '@open-wc/testing';

import {VERSION} from '../../src/version.js';
import {openPage} from '../support/delivery-page.js';
import {makePane, mountRoom, place, rocketChat, setupCall, showPane} from '../support/mount.js';
import {puppetGets, puppetSends} from '../support/puppet.js';
import {
  documented,
  FEATURES,
  puppetComes,
  setupPuppetCall,
  setupPuppetPeople,
  videoconf,
} from '../support/puppet-people.js';
import {waitUntil} from '../support/wait.js';
import {Recorder, rejectionOf} from '../session/recorders.js';
import {simulators} from 'test-simulators';

const NOTHING = {accepted: 0, foreign: 0, origin: 0, malformed: 0, unbound: 0};
const GRANTED = [
  'camera',
  'microphone',
  'display-capture',
  'autoplay',
  'fullscreen',
  'speaker-selection',
  'clipboard-write',
];

/** The browser tells what a frame may use. */
const TELLS = 'featurePolicy' in HTMLIFrameElement.prototype;

/** The text of a diagnosis, read again. */
const readAgain = (diagnosis: object): unknown => JSON.parse(String(diagnosis));
/** As JSON has it: without what is undefined. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Collects all that goes to the console. */
const listen = (): Recorder<string> => {
  const lines = new Recorder<string>();
  for (const name of ['debug', 'log', 'info', 'warn', 'error'] as const)
    console[name] = (...parts: unknown[]) => lines.add(parts.map(String).join(' '));
  return lines;
};

/** What was written, once `last` is: the file that writes is loaded with the first line. */
const written = async (lines: Recorder<string>, last: string): Promise<string> => {
  await lines.until((all) => all.some((line) => line.includes(last)));
  return lines.all.join('\n');
};

describe('diagnose() of a room', () => {
  it('tells that nothing is known of a room without a meeting', () => {
    const diagnosis = mountRoom({}).diagnose();
    expect({...diagnosis}).to.deep.equal({
      package: VERSION,
      state: 'idle',
      dialect: null,
      version: undefined,
      features: [],
      pluginOrigin: undefined,
      messages: NOTHING,
      seen: {},
      wrongOrigin: undefined,
      forbidden: undefined,
    });
    expect(readAgain(diagnosis)).to.deep.equal(asJson({...diagnosis}));
  });

  it('tells what the real plugin has said of itself, and its origin', async () => {
    const {room} = await setupCall();
    // It says so when it is said hello to, which nobody waits for.
    await waitUntil(() => room.diagnose().version !== undefined, 'it has answered');
    const diagnosis = room.diagnose();
    expect(diagnosis).to.deep.include({
      package: VERSION,
      state: 'connected',
      dialect: room.dialect,
      features: room.features,
      pluginOrigin: 'null',
      wrongOrigin: undefined,
    });
    expect(diagnosis.version).to.equal(1);
    expect(diagnosis.messages.accepted).to.be.at.least(3);
  });

  it('tells what became of each message by its name, and what was sent', async () => {
    const {room, say} = await setupPuppetPeople();
    await say(documented('connected'), documented('ready'), documented('connected'));
    await say(documented('toggle-chat', {active: 1}), {action: 'CANARY of a stranger'});
    const before = room.diagnose();
    expect(before.seen).to.include({
      'unbound connected': 1,
      'accepted ready': 1,
      'accepted connected': 1,
      'sent pexip:plugin:external-chat/toggle-chat-button-state': 1,
      'sent pexip:plugin:external-chat/toggle-chat-badge': 1,
      'sent pexip:plugin:external-chat/hello': 1,
    });
    expect(Object.keys(before.seen).join()).not.to.contain('CANARY').and.not.to.contain('foreign');
    expect(before.seen['malformed ?']).to.equal(before.messages.malformed);
    await say(documented('connected'));
    expect(room.diagnose().seen['accepted connected']).to.equal(2);
    expect(before.seen['accepted connected'], 'a copy').to.equal(1);
  });

  it('tells by name what was asked of the meeting and told of its people', async () => {
    const {room, say} = await setupPuppetCall();
    const changed = oneEvent(room, 'pexip-roster-changed');
    await say(videoconf('roster', {participants: [{uuid: 'u'}]}));
    await changed;
    await room.muteAllGuests();
    expect(room.diagnose()).to.deep.include({dialect: 'videoconf', features: FEATURES});
    expect(room.diagnose().seen).to.include({
      'accepted roster': 1,
      'sent rocketchat:videoconf/mute-all-guests': 1,
    });
  });

  it('tells the origin of the last message that had the wrong one', async () => {
    const {room, meeting} = await setupCall();
    const frame = room.renderRoot.querySelector('iframe')!.contentWindow!;
    const before = frame.length;
    const comes = puppetComes();
    await meeting.addFrame({url: `${simulators.evil}/`});
    await comes;
    await puppetSends(frame[before]!, documented('ready'), {up: 2});
    const {wrongOrigin, messages, seen} = room.diagnose();
    expect(wrongOrigin).to.equal(simulators.evil);
    expect(messages.origin).to.be.at.least(1);
    expect(seen['origin ?']).to.equal(messages.origin);
  });

  it("tells what the page's Permissions-Policy forbids, where the browser tells that", async () => {
    const {document: page} = await openPage(
      'whole:pexip-chat-room.min.js/',
      "camera 'none'; display-capture 'none'",
    );
    const {room} = await setupPuppetPeople({}, page);
    const {forbidden} = room.diagnose();
    if (TELLS) expect(forbidden).to.include.members(['camera', 'display-capture']);
    else expect(forbidden).to.equal(undefined);
    expect(GRANTED).to.include.members([...(forbidden ?? [])]);
  });

  it('tells of nothing forbidden on a page that forbids nothing', async () => {
    const {room} = await setupPuppetPeople();
    expect(room.diagnose().forbidden).to.deep.equal(TELLS ? [] : undefined);
  });

  it('is the same as text, to be read again', async () => {
    const {room, say} = await setupPuppetCall();
    await say(documented('ready', {version: 1, features: ['chat', 'roster']}));
    const diagnosis = room.diagnose();
    expect(readAgain(diagnosis)).to.deep.equal(asJson({...diagnosis}));
    expect(readAgain(diagnosis)).to.include({version: 1, dialect: 'videoconf'});
    expect(`${diagnosis}`).to.contain('\n');
  });
});

describe('diagnose() of a pane', () => {
  it('tells of a pane without a conversation that it is idle and has no room', () => {
    const diagnosis = place(document.createElement('rc-chat-pane')).diagnose();
    expect({...diagnosis}).to.deep.equal({package: VERSION, state: 'idle', paired: false});
    expect(readAgain(diagnosis)).to.deep.equal({...diagnosis});
  });

  it('tells what was seen of the conversation, and whether it has a room', async () => {
    const {room} = await setupPuppetPeople();
    const pane = makePane();
    const ready = oneEvent(pane, 'rc-ready');
    room.append(pane);
    await ready;
    const diagnosis = pane.diagnose();
    expect(diagnosis).to.include({package: VERSION, state: 'ready', paired: true});
    expect(diagnosis.seen!['sent login-with-token']).to.be.at.least(1);
    expect(diagnosis.seen!['accepted room-opened']).to.be.at.least(1);
    expect(diagnosis.messages!.accepted).to.be.at.least(1);
    expect(diagnosis.forbidden).to.deep.equal(TELLS ? [] : undefined);
    expect(readAgain(diagnosis)).to.deep.equal(asJson({...diagnosis}));
  });
});

describe('a secret', () => {
  const {debug, log, info, warn, error} = console;
  afterEach(() => Object.assign(console, {debug, log, info, warn, error}));

  const canary = `CANARY-${crypto.randomUUID()}`;
  // Where only digits are taken.
  const digits = String(crypto.getRandomValues(new Uint32Array(1))[0]).padStart(10, '7');
  const secrets = [canary, digits];
  const expectNone = (text: string): void => {
    for (const each of secrets) expect(text).not.to.contain(each);
  };

  it('of a room comes out neither in its diagnosis nor in the log: link, PIN, names, texts', async () => {
    const lines = listen();
    const {room, say} = await setupPuppetPeople({
      debug: true,
      url: `${simulators.puppetNode}/webapp3/m/${canary}?pin=${digits}&name=${canary}`,
      'display-name': canary,
      'call-type': canary,
    });
    // Another than in the link, as a browser may take the same address again for the same wish.
    room.pin = `${digits}7`;
    const comes = puppetComes();
    room.reload();
    await comes;
    expect(room.renderRoot.querySelector('iframe')!.src).to.contain(`pin=${digits}7`);
    const told = oneEvent(room, 'pexip-self-changed');
    await say(
      videoconf('ready', {features: FEATURES}),
      videoconf('connected', {conferenceAlias: canary}),
      videoconf('roster', {
        participants: [
          {uuid: 'u', displayName: canary, uri: canary, name: canary, event: canary},
          {[canary]: canary, type: canary, action: canary},
        ],
      }),
      videoconf('toggle-participants', {active: true, name: canary, type: canary}),
      videoconf('self', {participantUuid: canary, canControl: true}),
      {action: canary, [canary]: canary},
    );
    await told;
    await room.transfer('other', {alias: canary, role: 'guest', pin: digits});
    await room.sendDtmf('other', digits);
    await room.setRole(canary, 'guest');
    const wrong = {alias: canary, pin: `${digits} ${canary}`};
    expect(String(await rejectionOf(room.transfer('other', wrong)))).not.to.contain(digits);
    const sent = puppetGets('rocketchat:videoconf/dial-out');
    // Asked for before it is there: what nobody takes for a moment, the test runner writes into the log.
    const refused = rejectionOf(
      room.dialOut({role: 'GUEST', destination: `${digits}@${canary}`, protocol: 'sip'}),
    );
    await sent;
    await say(videoconf('dial-out-error', {message: canary, code: canary, field: canary}));
    await refused;
    await say(videoconf('disconnected', {userInitiated: false, error: canary, errorCode: 'x'}));
    const all = await written(lines, 'accepted {"type":"disconnected"');
    for (const name of ['transfer', 'dtmf', 'set-role', 'dial-out'])
      expect(all).to.contain(`sent {"action":"rocketchat:videoconf/${name}"`);
    expect(all).to.contain('"pin":"…"');
    for (const name of ['roster', 'self', 'toggle-participants'])
      expect(all).to.contain(`accepted {"type":"${name}","data":"…"}`);
    expectNone(all);
    expectNone(String(room.diagnose()));
    expectNone(JSON.stringify(room.diagnose()));
  });

  it('of a message that leads to itself is not looked for: the log only says its name', async () => {
    const lines = listen();
    const failed: string[] = [];
    const life = new AbortController();
    window.addEventListener(
      'unhandledrejection',
      (event) => {
        event.preventDefault();
        failed.push(String(event.reason));
      },
      {signal: life.signal},
    );
    const {room, say} = await setupPuppetPeople({debug: true});
    const cyclic: Record<string, unknown> = {uuid: 'u', count: 10n};
    cyclic['can'] = cyclic;
    await say(videoconf('ready', {features: FEATURES}));
    const changed = oneEvent(room, 'pexip-roster-changed');
    await say(videoconf('roster', {participants: [cyclic]}));
    await changed;
    await room.updateComplete;
    await say('and that is all');
    await written(lines, 'accepted {"type":"roster","data":"…"}');
    expect(failed).to.deep.equal([]);
    life.abort();
  });

  it('of a pane comes out neither in its diagnosis nor in the log: token, room, names', async () => {
    const lines = listen();
    const credentials = await rocketChat().token('alice');
    const pane = makePane('', {debug: true});
    pane.auth = {...credentials, username: canary};
    await showPane(pane);
    const all = await written(lines, '"type":"room-opened"');
    expect(all).to.contain('rc-chat-pane sent {"externalCommand":"login-with-token","token":"…"}');
    for (const text of [all, String(pane.diagnose())]) {
      expectNone(text);
      expect(text).not.to.contain(credentials.authToken);
    }
    expect(all).to.contain('"name":"…"').and.not.to.contain('"name":"consultation"');
  });
});
