import {expect} from '@open-wc/testing';

import {BrokerRemote} from '../../demo/simulators/broker/remote.js';
import {calls} from '../../src/elements/calls.js';
import {DeskCalls} from '../../src/elements/floating/desk-calls.js';
import type {CallFact, CallSession} from '../../src/session/call-session.js';
import {BrokerClient, type AccessToken} from '../../src/transport/broker-client.js';
import {setupConversation} from '../support/conversation.js';
import {waitUntil} from '../support/wait.js';
import {hostSignIn, startBrokerFor} from 'test-simulators';

/** Pages of the test, which end with it. */
let open: CallSession[] = [];
let desks: DeskCalls[] = [];

/** A broker of another origin that has calls, and two users of it. */
const setup = async (publicHost?: string) => {
  const {server, me, other} = await setupConversation();
  const config = {node: 'https://node.example.com'};
  const origin = await startBrokerFor(server, {
    config,
    remoteControl: true,
    ...(publicHost && {publicHost}),
  });
  const broker = `${origin}/`;
  const remote = new BrokerRemote(origin);

  const hear = (session: CallSession) => {
    const facts: CallFact[] = [];
    session.subscribe((_, fact) => facts.push(fact));
    const types = (): string[] => facts.map(({type}) => type).filter((type) => type !== 'status');
    const hears = async <Type extends CallFact['type']>(type: Type) => {
      await waitUntil(() => facts.some((each) => each.type === type), `"${type}" is told`);
      return facts.findLast((each) => each.type === type) as Extract<CallFact, {type: Type}>;
    };
    return {session, types, hears};
  };
  /** A user's session as a page of his has it: none shares its stream, although all are in this page. */
  const listen = async (alias: string, accessToken?: AccessToken) => {
    const client = new BrokerClient({base: broker, accessToken});
    const session = calls({broker, client, alias: `${alias} ${open.length}`}).hold();
    open.push(session);
    const heard = hear(session);
    session.start();
    return {client, ...heard};
  };
  /** The session of one more widget in this page. */
  const stand = async (alias: string, accessToken: AccessToken) => {
    const client = new BrokerClient({base: broker, accessToken});
    const desk = new DeskCalls({
      broker,
      client: async () => client,
      alias: async () => alias,
      memory: {callsFailed: undefined},
      report: (error) => expect.fail(error.message),
    });
    desks.push(desk);
    return hear((await desk.session)!);
  };
  /** How many streams the broker was ever asked for. */
  const streams = async (): Promise<number> =>
    (await remote.requests()).filter(({line}) => line.startsWith('GET /v1/calls/events')).length;
  const tokenOf = (username: string) => () => remote.accessToken(username);
  /** Asks the broker in a user's name. */
  const ask = async (username: string, path: string, body: object = {}) => {
    const authorization = `Bearer ${await remote.accessToken(username)}`;
    const headers = {authorization, 'content-type': 'application/json'};
    const request = {method: 'POST', headers, body: JSON.stringify(body)};
    const response = await fetch(`${broker}v1/calls${path}`, request);
    return {status: response.status, answer: (await response.json()) as {id: string}};
  };
  return {broker, origin, remote, me, other, listen, tokenOf, ask, stand, streams};
};

describe('the call stream of a broker', () => {
  afterEach(() => {
    for (const session of open) session.stop();
    for (const desk of desks) desk.stop();
    open = [];
    desks = [];
  });

  it('is read by a page of another origin, whose user can be rung from then on', async () => {
    const {me, other, listen, tokenOf, ask} = await setup();
    const refused = await ask(other.username, '', {users: [me.username]});
    expect(refused.status).to.equal(409);
    const mine = await listen(me.username, tokenOf(me.username));
    const {id} = await mine.hears('stream');
    expect(mine.session.getState()).to.deep.include({status: 'live', stream: id, call: undefined});
    const {status, answer} = await ask(other.username, '', {users: [me.username]});
    expect(status).to.equal(201);
    const {call} = await mine.hears('incoming');
    expect(call).to.deep.include({
      id: answer.id,
      direction: 'incoming',
      status: 'dialing',
      participants: [other.username, me.username],
      callType: 'video',
    });
    expect(mine.session.getState().call).to.deep.equal(call);
  });

  it('tells both of an answer and of the end, and the other tab that it is stopped', async () => {
    const {me, other, listen, tokenOf, ask} = await setup();
    const mine = await listen(me.username, tokenOf(me.username));
    const tab = await listen(me.username, tokenOf(me.username));
    const theirs = await listen(other.username, tokenOf(other.username));
    const {id: stream} = await mine.hears('stream');
    await Promise.all([tab.hears('stream'), theirs.hears('stream')]);
    const {answer} = await ask(other.username, '', {users: [me.username]});
    await mine.hears('incoming');
    await ask(me.username, `/${answer.id}/answer`, {stream});
    expect(await theirs.hears('answered')).to.have.property('executor', me.username);
    await tab.hears('stopped');
    await ask(other.username, `/${answer.id}/hangup`);
    for (const each of [mine, theirs, tab]) {
      await each.hears('ended');
      expect(each.session.getState().call).to.equal(undefined);
    }
    expect(mine.types()).to.deep.equal(['stream', 'incoming', 'answered', 'ended']);
    expect(tab.types()).to.deep.equal(['stream', 'incoming', 'stopped', 'ended']);
  });

  it('is one for all widgets of a user on a page, and another in each tab; all of them ring', async () => {
    const {me, other, tokenOf, remote, stand, listen, streams, ask} = await setup();
    const token = await remote.accessToken(me.username);
    const widgets = [
      await stand(me.username, token),
      await stand(me.username, tokenOf(me.username)),
    ];
    for (const {session} of widgets) await waitUntil(() => session.getState().stream);
    expect(await streams()).to.equal(1);
    const tab = await listen(me.username, tokenOf(me.username));
    await tab.hears('stream');
    expect(await streams()).to.equal(2);
    const {answer} = await ask(other.username, '', {users: [me.username]});
    for (const each of [...widgets, tab])
      expect((await each.hears('incoming')).call.id).to.equal(answer.id);
    expect(await streams()).to.equal(2);
  });

  it('tells a page that comes later what rings', async () => {
    const {me, other, listen, tokenOf, ask} = await setup();
    const mine = await listen(me.username, tokenOf(me.username));
    await mine.hears('stream');
    const {answer} = await ask(other.username, '', {users: [me.username]});
    const tab = await listen(me.username, tokenOf(me.username));
    expect((await tab.hears('incoming')).call.id).to.equal(answer.id);
    await ask(me.username, `/${answer.id}/decline`, {reason: 'do_not_disturb'});
    for (const each of [mine, tab])
      expect(await each.hears('declined')).to.deep.include({
        executor: me.username,
        reason: 'do_not_disturb',
      });
  });

  it('is read with a cookie, too', async () => {
    // A cookie comes along on the page's own site alone.
    const {me, origin, listen} = await setup(location.hostname);
    await hostSignIn(origin, me.username);
    try {
      await (await listen(me.username)).hears('stream');
    } finally {
      await hostSignIn(origin, null);
    }
  });

  it('asks for another token where the first has ended, and has it in no address', async () => {
    const {me, listen, remote, tokenOf} = await setup();
    let asked = 0;
    const shown: string[] = [];
    const mine = await listen(me.username, async () => {
      const token = asked++ ? await tokenOf(me.username)() : 'ended';
      shown.push(token);
      return token;
    });
    await mine.hears('stream');
    expect(asked).to.equal(2);
    const requests = JSON.stringify(await remote.requests());
    expect(requests).to.include('/v1/calls/events');
    for (const token of shown) expect(requests).not.to.include(`${token}"`);
    expect(requests).not.to.include(shown.at(-1));
  });

  it('ends for a user whom the broker does not know, and goes on once it does', async () => {
    const {me, listen, tokenOf} = await setup();
    const mine = await listen(me.username, 'none');
    await waitUntil(() => mine.session.getState().end === 'refused');
    mine.client.use(tokenOf(me.username));
    mine.session.start();
    await mine.hears('stream');
  });

  it('ends where the user is signed out everywhere', async () => {
    const {me, listen, broker, tokenOf} = await setup();
    const mine = await listen(me.username, tokenOf(me.username));
    await mine.hears('stream');
    const client = new BrokerClient({base: broker, accessToken: tokenOf(me.username)});
    await client.open({surfaces: ['live']}, new AbortController().signal);
    await client.end();
    await waitUntil(() => mine.session.getState().end === 'signed-out');
  });

  it('ends at a broker that has no calls', async () => {
    const {server, me} = await setupConversation();
    const origin = await startBrokerFor(server, {remoteControl: true});
    const remote = new BrokerRemote(origin);
    const broker = `${origin}/`;
    const accessToken = () => remote.accessToken(me.username);
    const client = new BrokerClient({base: broker, accessToken});
    const session = calls({broker, client, alias: me.username}).hold();
    open.push(session);
    session.start();
    await waitUntil(() => session.getState().end === 'refused');
  });
});
