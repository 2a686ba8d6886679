import assert from 'node:assert/strict';
import {inspect} from 'node:util';
import {describe, it} from 'node:test';

import {demandRecorder, recordingByHand} from '../../broker/dist/meetings/recording.js';

const KEY = 'canary-stream-key';
const RECORDING = {
  destination: `rtmps://rec.example.com/live/${KEY}`,
  protocol: 'rtmp',
  name: 'Recording',
};
const settingsOf = (recording = {}, admins = ['alice']) => ({
  meetings: {admins},
  recording: {...RECORDING, ...recording},
});
const MANUAL = {record: 'manual'};

const refusal = (work) => {
  try {
    return assert.fail(inspect(work()));
  } catch (error) {
    if (error.name !== 'BrokerError') throw error;
    assert.equal(error.code, 'recording-not-configured');
    assert.ok(!inspect(error, {depth: 9}).includes(KEY), 'the key is told');
    return error;
  }
};

describe('a recording by hand', () => {
  it('is the dial-out of the operator’s recorder, which never keeps a meeting going', () => {
    assert.deepEqual(recordingByHand(settingsOf(), MANUAL, 'alice'), {
      role: 'GUEST',
      destination: RECORDING.destination,
      protocol: 'rtmp',
      streaming: 'yes',
      remote_display_name: 'Recording',
      keep_conference_alive: 'keep_conference_alive_never',
    });
  });

  it('goes to a recorder of SIP or H.323 as well', () => {
    for (const protocol of ['sip', 'h323']) {
      const settings = settingsOf({protocol, destination: 'rec@example.com'});
      assert.equal(recordingByHand(settings, MANUAL, 'alice').protocol, protocol);
    }
  });

  it('is for exactly those whom the operator names', () => {
    for (const sub of ['bob', 'Alice', 'alice ', '', '*'])
      assert.equal(refusal(() => recordingByHand(settingsOf(), MANUAL, sub)).status, 403);
    assert.equal(refusal(() => recordingByHand(settingsOf({}, []), MANUAL, 'alice')).status, 403);
  });

  it('tells others not even whether there is a recorder', () => {
    const with_ = refusal(() => recordingByHand(settingsOf(), MANUAL, 'bob'));
    const without = refusal(() =>
      recordingByHand(settingsOf({destination: undefined}), {record: 'none'}, 'bob'),
    );
    assert.equal(with_.message, without.message);
  });

  for (const record of ['none', 'automatic'])
    it(`is none of a meeting whose recording is ${record}`, () => {
      const error = refusal(() => recordingByHand(settingsOf(), {record}, 'alice'));
      assert.equal(error.status, 409);
      assert.match(error.message, /"record": "manual"/);
    });

  it('needs a recorder', () => {
    const settings = settingsOf({destination: undefined});
    const error = refusal(() => recordingByHand(settings, MANUAL, 'alice'));
    assert.equal(error.status, 409);
    assert.match(error.message, /recording\.destination/);
  });

  for (const [setting, recording] of [
    ['destination', {destination: `https://rec.example.com/${KEY}`}],
    ['destination', {destination: `rec.example.com/${KEY}`, protocol: 'sip'}],
    ['name', {name: 'x'.repeat(256)}],
  ])
    it(`needs one that can be dialled: ${setting} ${JSON.stringify(recording).slice(0, 50)}`, () => {
      const error = refusal(() => recordingByHand(settingsOf(recording), MANUAL, 'alice'));
      assert.equal(error.status, 409);
      assert.match(error.cause.message, new RegExp(`^recording\\.${setting} `));
    });
});

describe('a meeting that is to be recorded', () => {
  for (const record of ['automatic', 'manual'])
    it(`is made where there is a recorder: ${record}`, () => {
      demandRecorder(settingsOf(), {record});
      refusal(() => demandRecorder(settingsOf({destination: undefined}), {record}));
    });

  it('is refused only if it is to be recorded', () => {
    demandRecorder(settingsOf({destination: undefined}), {record: 'none'});
  });
});
