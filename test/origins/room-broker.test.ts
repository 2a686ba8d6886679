import {expect, oneEvent} from '@open-wc/testing';

import {BrokerRemote} from '../../demo/simulators/broker/remote.js';
import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {setupBroker} from '../support/broker-pane.js';
import {searchPage} from '../support/canary-search.js';
import {isLive} from '../support/live-pane.js';
import {mountRoom, place, record, setAttributes} from '../support/mount.js';
import {waitUntil} from '../support/wait.js';
import {simulators, startBrokerFor} from 'test-simulators';

const NODE = simulators.webApp3;

const brokerOf = (config: object = {node: NODE}): Promise<string> =>
  startBrokerFor(simulators.rocketChat, {config});
/** A broker that tells what none of ours would be configured with. */
const oddBroker = async (node: unknown, path?: unknown): Promise<string> => {
  const broker = await brokerOf();
  const body = {node, path, server: simulators.rocketChat};
  await new BrokerRemote(broker).fail(200, undefined, {below: '/v1/config', body});
  return broker;
};
const frameOf = (room: PexipChatRoomElement): HTMLIFrameElement | null =>
  room.renderRoot.querySelector('iframe');
const configsAsked = async (broker: string): Promise<number> =>
  (await new BrokerRemote(broker).requests()).filter(({line}) => /GET \/v1\/config/.test(line))
    .length;
/** Resolves with the code of the room's next error. */
const failureOf = async (room: PexipChatRoomElement): Promise<string> =>
  (await oneEvent(room, 'pexip-error')).detail.error.code;
const hasFrame = (room: PexipChatRoomElement, address: string): Promise<void> =>
  waitUntil(() => frameOf(room)?.src === address, `the frame shows ${address}`);

describe('a room with a broker', () => {
  it('has its node and its path from there, and is loading until they are told', async () => {
    const broker = await brokerOf({node: NODE, path: 'branding/two'});
    const room = mountRoom({broker, room: 'consultation'});
    await room.updateComplete;
    expect(room.state).to.equal('loading');
    expect(room.matches(':state(loading)')).to.equal(true);
    expect(frameOf(room)).to.equal(null);
    expect(room.renderRoot.textContent).to.contain('The meeting is loading');
    await hasFrame(room, `${NODE}/branding/two/m/consultation`);
    expect(room.hasAttribute('node')).to.equal(false);
  });

  it('meets as any other', async () => {
    const room = mountRoom({broker: await brokerOf(), room: 'consultation'});
    await oneEvent(room, 'pexip-ready');
    expect(room.state).to.equal('ready');
    expect(frameOf(room)!.src).to.equal(`${NODE}/webapp3/m/consultation`);
  });

  it("prefers its own attributes: a path to the broker's, and a node or url to both", async () => {
    const broker = await brokerOf({node: NODE, path: 'theirs'});
    const room = mountRoom({broker, room: 'consultation', path: 'own'});
    await hasFrame(room, `${NODE}/own/m/consultation`);
    room.path = null;
    await hasFrame(room, `${NODE}/theirs/m/consultation`);
    expect(await configsAsked(broker)).to.equal(1);
    room.node = simulators.puppetNode;
    await hasFrame(room, `${simulators.puppetNode}/webapp3/m/consultation`);
    const other = await brokerOf();
    const [own] = [mountRoom({broker: other, room: 'a', node: NODE})];
    const link = mountRoom({broker: other, url: `${NODE}/webapp3/m/b`});
    for (const each of [own, link]) expect(frameOf(each)).to.equal(null);
    await Promise.all([
      hasFrame(own, `${NODE}/webapp3/m/a`),
      hasFrame(link, `${NODE}/webapp3/m/b`),
    ]);
    expect(await configsAsked(other)).to.equal(0);
  });

  it('is idle without a room, and before it is to start, and asks nobody', async () => {
    const broker = await brokerOf();
    const room = mountRoom({broker});
    const waiting = mountRoom({broker, room: 'consultation', loading: 'click'});
    await Promise.all([room.updateComplete, waiting.updateComplete]);
    expect(room.state).to.equal('idle');
    expect(waiting.state).to.equal('idle');
    expect(await configsAsked(broker)).to.equal(0);
    room.room = 'first';
    await hasFrame(room, `${NODE}/webapp3/m/first`);
    room.room = 'second';
    await hasFrame(room, `${NODE}/webapp3/m/second`);
    expect(await configsAsked(broker)).to.equal(1);
    waiting.reload();
    await hasFrame(waiting, `${NODE}/webapp3/m/consultation`);
  });

  it('goes on in its meeting where another broker names the same node, or is away', async () => {
    const room = mountRoom({broker: await brokerOf(), room: 'consultation'});
    await oneEvent(room, 'pexip-ready');
    const frame = frameOf(room);
    const seen = record(room, 'pexip-ready', 'pexip-disconnected');
    const second = await brokerOf();
    room.broker = second;
    await waitUntil(async () => (await configsAsked(second)) === 1, 'the other was asked');
    const gone = await brokerOf();
    await new BrokerRemote(gone).fail(500);
    const failed = failureOf(room);
    room.broker = gone;
    expect(await failed).to.equal('broker-failed');
    expect(room.state).to.equal('ready');
    expect(frameOf(room)).to.equal(frame);
    expect(seen).to.deep.equal([]);
  });

  it('goes to the node of the broker that it has at last', async () => {
    const [first, second] = [await brokerOf({node: 'https://first.example'}), await brokerOf()];
    const room = mountRoom({broker: first, room: 'consultation'});
    await room.updateComplete;
    room.broker = second;
    await hasFrame(room, `${NODE}/webapp3/m/consultation`);
    room.broker = await brokerOf({node: simulators.puppetNode});
    await hasFrame(room, `${simulators.puppetNode}/webapp3/m/consultation`);
  });

  it('fails where the broker is away, and works by reload() once it is back', async () => {
    const broker = await brokerOf();
    const remote = new BrokerRemote(broker);
    await remote.fail(502);
    const room = mountRoom({broker, room: 'consultation'});
    const {error} = (await oneEvent(room, 'pexip-error')).detail;
    expect(error.code).to.equal('broker-failed');
    expect(error.message).to.match(/did not name the node \(.*\)\. Check its address/);
    expect(room.state).to.equal('failed');
    await room.updateComplete;
    expect(room.renderRoot.textContent).to.contain(error.message);
    const again = failureOf(room);
    room.reload();
    expect(await again).to.equal('broker-failed');
    await remote.fail(null);
    room.reload();
    await hasFrame(room, `${NODE}/webapp3/m/consultation`);
    expect(room.state).not.to.equal('failed');
  });

  it('works once it is put into the page again, too', async () => {
    const broker = await brokerOf();
    await new BrokerRemote(broker).fail('hang', 1);
    const room = mountRoom({broker, room: 'consultation'});
    await waitUntil(async () => (await configsAsked(broker)) === 1, 'it was asked');
    room.remove();
    expect(room.state).to.equal('idle');
    document.body.append(room);
    await hasFrame(room, `${NODE}/webapp3/m/consultation`);
  });

  it('fails where the broker names no node, or one that is none', async () => {
    const odd = ['', 'node.example', 'http://node.example', `${NODE}/path`, {}];
    for (const broker of [
      await brokerOf({}),
      ...(await Promise.all(odd.map((node) => oddBroker(node)))),
    ]) {
      const room = mountRoom({broker, room: 'consultation'});
      expect(await failureOf(room)).to.equal('broker-failed');
      expect(room.state).to.equal('failed');
      expect(frameOf(room)).to.equal(null);
    }
    for (const path of ['../x', 'a b', '//evil.example']) {
      const room = mountRoom({broker: await oddBroker(NODE, path), room: 'consultation'});
      expect(await failureOf(room)).to.equal('broker-failed');
    }
  });

  it('fails where its own attribute is no address', async () => {
    const room = mountRoom({broker: 'http://broker.example', room: 'consultation'});
    expect(await failureOf(room)).to.equal('insecure-url');
    expect(room.state).to.equal('failed');
  });
});

describe('a pane in a room with a broker', () => {
  /** A room with the broker and its user, and a pane that has nothing but the name of its room. */
  const setup = async (options: Parameters<typeof setupBroker>[0] = {}) => {
    const scene = await setupBroker(options);
    const {broker, remote, me, name} = scene;
    const node = simulators.puppetNode;
    const room = document.createElement('pexip-chat-room');
    setAttributes(room, {node, room: 'consultation', broker});
    room.accessToken = () => remote.accessToken(me.username);
    const pane = document.createElement('rc-chat-pane');
    setAttributes(pane, {room: `#${name}`, view: 'native'});
    return {...scene, room, pane};
  };
  const shows = async (pane: RcChatPaneElement): Promise<void> => {
    await oneEvent(pane, 'rc-ready');
  };

  it('signs its user in by it, in the workspace that it names', async () => {
    const {room, pane, me} = await setup();
    const ready = shows(pane);
    room.append(pane);
    place(room);
    await ready;
    expect(pane.user?.username).to.equal(me.username);
    expect(pane.hasAttribute('broker')).to.equal(false);
    expect(pane.accessToken).to.equal(undefined);
  });

  it('does so once the room has them, whichever comes first', async () => {
    const {room, pane, broker, remote, me} = await setup();
    room.broker = null;
    const token = room.accessToken;
    room.accessToken = null;
    room.append(pane);
    place(room);
    await pane.updateComplete;
    expect(pane.state).to.equal('idle');
    const ready = shows(pane);
    room.accessToken = token;
    room.broker = broker;
    await ready;
    expect(pane.user?.username).to.equal(me.username);
    expect(await remote.leases(me.username)).to.equal(1);
  });

  it('loses it with its room, and has it again', async () => {
    const {room, pane} = await setup();
    room.id = crypto.randomUUID();
    pane.for = room.id;
    const ready = shows(pane);
    place(room);
    place(pane);
    await ready;
    room.remove();
    await waitUntil(() => pane.state === 'idle', 'the pane has no workspace');
    expect(pane.user).to.equal(null);
    const again = shows(pane);
    place(room);
    await again;
    pane.for = 'nobody';
    await waitUntil(() => pane.state === 'idle', 'the pane has no workspace');
  });

  it("follows the room's broker to another one", async () => {
    const {room, pane, me, name, remote} = await setup();
    const ready = shows(pane);
    room.append(pane);
    place(room);
    await ready;
    const other = await setup();
    room.accessToken = other.room.accessToken;
    room.broker = other.broker;
    await waitUntil(async () => (await other.remote.leases(other.me.username)) === 1, 'signed in');
    // Whose token is for one broker is told no other.
    expect(await remote.leases(other.me.username)).to.equal(0);
    expect(await other.remote.leases(me.username)).to.equal(0);
    expect(name).not.to.equal(other.name);
  });

  it('uses what is its own: a broker without the token of its room', async () => {
    const {room, pane, broker, me, remote} = await setup();
    const own = await setup();
    const asked: string[] = [];
    room.accessToken = async () => {
      asked.push('room');
      return remote.accessToken(me.username);
    };
    setAttributes(pane, {broker: own.broker, room: `#${own.name}`});
    const failed = oneEvent(pane, 'rc-error');
    room.append(pane);
    place(room);
    // By the cookie, which is not there.
    expect((await failed).detail.error.code).to.equal('sign-in-required');
    const ready = shows(pane);
    pane.accessToken = () => own.remote.accessToken(own.me.username);
    await ready;
    expect(pane.user?.username).to.equal(own.me.username);
    expect(asked).to.deep.equal([]);
    expect((await new BrokerRemote(broker).requests()).length).to.equal(0);
  });

  it("uses its own token for its room's broker, and its own auth before both", async () => {
    const {room, pane, remote, me, other, auth, makePane, server} = await setup();
    pane.accessToken = () => remote.accessToken(other.username);
    const signed = makePane();
    signed.removeAttribute('broker');
    signed.accessToken = null;
    signed.server = server;
    signed.view = 'native';
    signed.auth = auth;
    const both = [shows(pane), shows(signed)];
    room.append(pane, signed);
    place(room);
    await Promise.all(both);
    expect(pane.user?.username).to.equal(other.username);
    expect(await remote.leases(me.username)).to.equal(0);
    expect(signed.user?.userId).to.equal(me.userId);
  });

  it('takes them of any element that stands in for a room, and hears when they change', async () => {
    const {pane, broker, remote, me} = await setup();
    const standIn: HTMLElement & {broker?: string; accessToken?: unknown} =
      document.createElement('div');
    const life = new AbortController();
    place(standIn).addEventListener('rc-pane-connect', (event) => {
      if (life.signal.aborted) return;
      event.stopPropagation();
      event.detail.accept(standIn, life.signal);
    });
    standIn.append(pane);
    await pane.updateComplete;
    const ready = shows(pane);
    standIn.broker = broker;
    standIn.accessToken = await remote.accessToken(me.username);
    standIn.dispatchEvent(new CustomEvent('pexip-broker-changed'));
    await ready;
    expect(pane.user?.username).to.equal(me.username);
    life.abort();
    await waitUntil(() => pane.state === 'idle', 'the pane has no workspace');
  });

  it('keeps the token of the room out of document, storage, property, event, log, error and diagnosis', async () => {
    const {room, pane, remote, me, name, lent, workspace} = await setup();
    const search = searchPage();
    const accessToken = await remote.accessToken(me.username);
    room.accessToken = accessToken;
    room.debug = pane.debug = true;
    expect(String(JSON.stringify(room.accessToken))).not.to.contain(accessToken);
    const both = [shows(pane), isLive(pane)];
    room.append(pane);
    await search.step(place(room).updateComplete);
    for (const each of both) await search.step(each);
    for (const element of [room, pane]) {
      const diagnosis = await search.step(element.diagnose());
      expect(diagnosis.findings.map(({id}) => id)).to.include('plugin-in-manifest');
      search.note('diagnosis', [diagnosis, String(diagnosis), JSON.stringify(diagnosis)]);
    }
    await remote.fail(500, undefined, {message: `Not for Bearer ${accessToken}.`});
    const refused = await search.step(room.diagnose());
    expect(refused.findings).to.have.length(1);
    search.note('diagnosis', [refused, String(refused)]);
    room.node = null;
    search.note('thrown', await search.step(oneEvent(room, 'pexip-error')));
    search.note('server', [await workspace.requests(), await remote.requests()]);
    expect(search.placesOf(name)).to.include.members(['document', 'property', 'event']);
    expect(search.placesOf('plugin-in-manifest')).to.deep.equal(['diagnosis']);
    for (const token of [accessToken, ...(await lent()).map(({authToken}) => authToken)])
      expect(search.placesOf(token)).to.deep.equal([]);
  });
});
