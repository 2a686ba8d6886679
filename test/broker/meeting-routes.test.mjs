import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {startMeetingRoutes} from '../support/meetings-bench.mjs';

const codeOf = ({status, body}) => [status, body.error?.code];
const RECORDER = {
  meetings: {admins: ['alice', 'mallory']},
  recording: {destination: 'rtmp://rec.example.com/live/canary', protocol: 'rtmp', name: 'Rec'},
};

describe('POST /v1/meetings/<alias>/end', () => {
  it('ends it, once and for good', async (t) => {
    const {ask, make, audit} = await startMeetingRoutes(t);
    const {alias} = await make();
    const first = await ask('POST', `/v1/meetings/${alias}/end`);
    assert.equal(first.status, 200);
    assert.deepEqual([first.body.status, first.body.endedBy], ['ended', 'ended']);
    const again = await ask('POST', `/v1/meetings/${alias}/end`);
    assert.deepEqual([again.status, again.body], [200, first.body]);
    assert.equal(audit.events.filter(({what}) => what === 'meeting-ended').length, 1);
  });

  it('is for every host, and noted under his name', async (t) => {
    const {ask, make, audit} = await startMeetingRoutes(t);
    const {alias} = await make({people: [{alias: 'carol', role: 'chair'}]});
    assert.equal((await ask('POST', `/v1/meetings/${alias}/end`, {as: 'carol'})).status, 200);
    assert.equal(audit.events.at(-1).alias, 'carol');
  });

  it('is for no guest, by whatever way he came', async (t) => {
    const {ask, make, rooms, roster, meetings} = await startMeetingRoutes(t);
    rooms.set('r1', new Set(['alice', 'dave']));
    const {alias} = await make({room: 'r1', people: ['bob']});
    const {id} = await meetings.find(alias);
    roster.seen.add(`${id} erin`);
    for (const as of ['bob', 'dave', 'erin'])
      assert.deepEqual(codeOf(await ask('POST', `/v1/meetings/${alias}/end`, {as})), [
        403,
        'meeting-hosts-only',
      ]);
    assert.equal((await meetings.find(alias)).endedAt, undefined);
  });
});

describe('POST /v1/meetings/<alias>/recording', () => {
  it('gives the dial-out to an admin who may see the meeting', async (t) => {
    const {ask, make} = await startMeetingRoutes(t, {settings: RECORDER});
    const {alias} = await make({record: 'manual'});
    const {status, body} = await ask('POST', `/v1/meetings/${alias}/recording`);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['request']);
    assert.equal(body.request.destination, RECORDER.recording.destination);
    assert.equal(body.request.streaming, 'yes');
  });

  it('gives it to nobody else', async (t) => {
    const {ask, make} = await startMeetingRoutes(t, {settings: RECORDER});
    const {alias} = await make({record: 'manual', people: ['bob']}, 'alice');
    const of = async (as, which = alias) =>
      codeOf(await ask('POST', `/v1/meetings/${which}/recording`, {as}));
    assert.deepEqual(await of('bob'), [403, 'recording-not-configured']);
    assert.deepEqual(await of('mallory'), [404, 'meeting-not-found'], 'an admin of nothing here');
    const {alias: unrecorded} = await make();
    assert.deepEqual(await of('alice', unrecorded), [409, 'recording-not-configured']);
  });

  it('gives it for no meeting that has ended', async (t) => {
    const {ask, make} = await startMeetingRoutes(t, {settings: RECORDER});
    const {alias} = await make({record: 'manual'});
    await ask('POST', `/v1/meetings/${alias}/end`);
    assert.deepEqual(codeOf(await ask('POST', `/v1/meetings/${alias}/recording`)), [
      409,
      'meeting-ended',
    ]);
  });
});

describe('the routes of meetings', () => {
  it('are for nobody who is not signed in', async (t) => {
    const {ask, make} = await startMeetingRoutes(t);
    const {alias} = await make();
    for (const [method, path] of [
      ['POST', ''],
      ['GET', ''],
      ['GET', `/${alias}`],
      ['POST', `/${alias}/end`],
      ['POST', `/${alias}/recording`],
    ]) {
      const answer = await ask(method, `/v1/meetings${path}`, {as: null});
      assert.deepEqual(codeOf(answer), [401, 'access-token-invalid'], path);
    }
  });
});
