/** The policy of whole brokers, each a process of its own, as Pexip Infinity asks them. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {MeetingRecords} from '../../broker/dist/meetings/meeting-records.js';
import {Meetings} from '../../broker/dist/meetings/meetings.js';
import {Tickets} from '../../broker/dist/meetings/tickets.js';
import {openStore} from '../../broker/dist/store/open-store.js';
import {createSeal} from '../../broker/dist/store/secrets.js';
import {fakeAudit, noLog} from '../support/broker-fakes.mjs';
import {freePort} from '../support/machine.mjs';
import {startRedis} from '../support/redis.mjs';
import {client, ending, runBroker, startPlace, until} from '../support/whole-broker.mjs';

const PASSWORD = 'cänary: of the operator’s own';
const PEXIP = {node: 'https://pexip.example.com', username: 'pexip'};
const SERVICE = '/policy/v1/service/configuration';
const PARTICIPANT = '/policy/v1/participant/properties';
const PLAN = {
  title: 'Weekly meeting',
  people: [],
  numeric: true,
  guests: true,
  chat: 'default',
  callType: 'video',
  record: 'none',
};

/** Meetings as a broker makes them, in a store that is opened beside or before it. */
const makerIn = async (store, secret) => {
  const seal = createSeal(secret);
  const opened = await openStore(store, noLog, {ca: [], alone: true});
  const meetings = new Meetings({
    store: opened,
    records: new MeetingRecords({store: opened, seal}),
    conferences: {emptySince: async () => undefined},
    audit: fakeAudit(),
    log: noLog,
    grace: 60_000,
  });
  return {
    meetings,
    tickets: new Tickets({store: opened, seal}),
    create: (plan) => meetings.create({sub: 'anna', by: 'jwt'}, {...PLAN, ...plan}),
    close: () => opened.close(),
  };
};

const scene = async (t) => {
  const atEnd = ending(t);
  const place = await startPlace(atEnd);
  const env = {BROKER_PEXIP_PASSWORD: PASSWORD};
  const send = client(atEnd);
  const authorization = `Basic ${Buffer.from(`pexip:${PASSWORD}`).toString('base64')}`;
  return {
    atEnd,
    ...place,
    run: ({settings, env: more} = {}) =>
      runBroker(atEnd, place, {settings: {pexip: PEXIP, ...settings}, env: {...env, ...more}}),
    ask: ({origin}, path, query = {}, headers = {authorization}) =>
      send(origin, 'GET', `${path}?${new URLSearchParams(query)}`, {headers}),
  };
};

const answered = ({status, body}) => {
  assert.equal(status, 200, JSON.stringify(body));
  return body;
};

describe('the policy of a whole broker', {concurrency: 2}, () => {
  it('is answered while Rocket.Chat is down, from its first moment on', async (t) => {
    const {run, ask, sqlite, secrets} = await scene(t);
    const maker = await makerIn({sqlite}, secrets.secret);
    const live = await maker.create();
    const ended = await maker.create();
    await maker.meetings.end(ended.id, 'ended');
    const ticket = await maker.tickets.issue(live, {sub: 'anna', role: 'chair', name: 'Anna'});
    await maker.close();
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const broker = await run({settings: {rocketChat: {server: nowhere}}});
    const {alias, id, hostPin, guestPin} = live;
    const {result} = answered(await ask(broker, SERVICE, {local_alias: `sip:${alias}@x.example`}));
    assert.deepEqual([result.name, result.pin, result.guest_pin], [id, hostPin, guestPin]);
    const come = {service_name: id, local_alias: alias, call_tag: ticket};
    assert.deepEqual(answered(await ask(broker, PARTICIPANT, come)).result, {
      preauthenticated_role: 'chair',
      remote_display_name: 'Anna',
    });
    const over = answered(await ask(broker, SERVICE, {local_alias: ended.alias}));
    assert.deepEqual(over, {status: 'success', action: 'reject'});
    const foreign = answered(await ask(broker, SERVICE, {local_alias: 'meet.anna'}));
    assert.deepEqual(foreign, {status: 'success', action: 'continue'});
  });

  it('leaves in the log that it was asked, and nothing by which anybody comes in or is known', async (t) => {
    const {run, ask, sqlite, secrets} = await scene(t);
    const maker = await makerIn({sqlite}, secrets.secret);
    const live = await maker.create();
    const ticket = await maker.tickets.issue(live, {sub: 'anna', role: 'chair', name: 'Anna B'});
    await maker.close();
    const broker = await run({settings: {log: {level: 'debug'}}});
    const {alias, id, hostPin, guestPin} = live;
    const who = {local_alias: alias, remote_alias: 'zoe@example.com', remote_display_name: 'Zoë Q'};
    await ask(broker, SERVICE, {...who, call_tag: ticket});
    await ask(broker, SERVICE, {...who, call_tag: `${ticket.slice(0, -1)}.`});
    await ask(broker, PARTICIPANT, {...who, service_name: id, call_tag: ticket});
    await ask(broker, `/policy/v1/participant/avatar/${who.remote_alias}`, who);
    await ask(broker, `/policy/v1/registrations/${alias}`, who);
    await ask(broker, SERVICE, who, {authorization: 'Basic cGV4aXA6Y2FuYXJ5LXdyb25n'});
    const requests = () => broker.lines().filter(({msg}) => msg === 'request');
    await until(() => requests().length >= 6);
    const paths = requests().map(({req, res}) => `${req.method} ${req.path} ${res.status}`);
    assert.deepEqual(paths.slice(0, 6), [
      `GET ${SERVICE} 200`,
      `GET ${SERVICE} 200`,
      `GET ${PARTICIPANT} 200`,
      'GET /policy/v1/participant/avatar/… 404',
      'GET /policy/v1/registrations/… 200',
      `GET ${SERVICE} 401`,
    ]);
    assert.ok(broker.lines().some(({msg}) => msg.includes('call tag that is no ticket')));
    assert.ok(broker.lines().some(({code}) => code === 'pexip-login-invalid'));
    const output = broker.output();
    const hidden = {alias, ticket, PASSWORD, hostPin, guestPin, own: 'cGV4aXA6Y2FuYXJ5', ...who};
    for (const [name, secret] of Object.entries({...hidden, cut: ticket.slice(0, -1)}))
      assert.ok(!output.includes(secret), `${name} in ${output}`);
  });

  it('has no routes where the operator has named no Pexip Infinity', async (t) => {
    const {atEnd, ask, ...place} = await scene(t);
    const broker = await runBroker(atEnd, place, {});
    const {status, body} = await ask(broker, SERVICE);
    assert.equal(`${status} ${body.error.code}`, '404 not-found');
  });
});

describe('two brokers on one Redis', () => {
  it('refuse at once, both of them, what has ended', async (t) => {
    const {atEnd, run, ask, secrets} = await scene(t);
    const redis = await startRedis();
    atEnd(() => redis.stop());
    const env = {BROKER_STORE_REDIS: redis.url};
    const brokers = await Promise.all([run({env}), run({env})]);
    const maker = await makerIn({redis: redis.url}, secrets.secret);
    atEnd(() => maker.close());
    for (let at = 0; at < 20; at++) {
      const {alias, id} = await maker.create();
      const both = async () => {
        const answers = await Promise.all(
          brokers.map((broker) => ask(broker, SERVICE, {local_alias: alias})),
        );
        return answers.map((answer) => answered(answer).action);
      };
      assert.deepEqual(await both(), ['continue', 'continue']);
      await maker.meetings.end(id, 'ended');
      assert.deepEqual(await both(), ['reject', 'reject']);
    }
  });

  it('say within the time of Pexip Infinity that their store does not answer, and go on when it does', async (t) => {
    const {atEnd, run, ask, secrets} = await scene(t);
    const redis = await startRedis();
    atEnd(() => redis.stop());
    const broker = await run({env: {BROKER_STORE_REDIS: redis.url}});
    const maker = await makerIn({redis: redis.url}, secrets.secret);
    const {alias} = await maker.create();
    await maker.close();
    const query = {local_alias: alias};
    answered(await ask(broker, SERVICE, query));
    redis.freeze();
    const from = performance.now();
    const {status, body, headers} = await ask(broker, SERVICE, query);
    assert.equal(`${status} ${body.error.code}`, '503 store-unavailable');
    assert.equal(headers['retry-after'], '1');
    assert.ok(performance.now() - from < 4_500, `${performance.now() - from} ms`);
    const foreign = answered(await ask(broker, SERVICE, {local_alias: 'meet.anna'}));
    assert.equal(foreign.action, 'continue');
    redis.thaw();
    await until(async () => (await ask(broker, SERVICE, query)).status === 200);
  });
});
