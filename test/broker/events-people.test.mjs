import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {peopleOf} from '../../broker/dist/events/people.js';
import {rowOf} from '../../broker/dist/events/participant-row.js';

const rows = (all) =>
  new Map(
    Object.entries(all).map(([uuid, said], at) => [uuid, rowOf(said, {time: 1_000 + at, seq: at})]),
  );
const media = {protocol: 'WebRTC', media: true};
const signalling = {protocol: 'API', media: false};

describe('the people of a meeting', () => {
  it('are those with media: no signalling alone, and no recorder', () => {
    const people = peopleOf(
      rows({
        a: {...media, name: 'browser'},
        b: {protocol: 'SIP', media: true, name: 'room'},
        c: {protocol: 'H323', name: 'nothing said of media'},
        d: {...signalling, name: 'only chats'},
        e: {protocol: 'SIP', media: false, name: 'only presents'},
        f: {protocol: 'RTMP', media: true, streaming: true, name: 'recorder'},
        g: {muted: true},
      }),
    );
    assert.deepEqual(
      people.map(({name}) => name),
      ['browser', 'room', 'nothing said of media'],
    );
  });

  it('are in the order in which they came', () => {
    const people = peopleOf(
      rows({
        c: {...media, since: 30},
        b: {...media, since: 10},
        d: {...media, since: 20},
        a: {...media, since: 20},
      }),
    );
    assert.deepEqual(
      people.map(({uuid}) => uuid),
      ['b', 'a', 'd', 'c'],
    );
  });

  it('have once whom Pexip Infinity has twice, with what either row tells', () => {
    const signals = {...signalling, name: 'Anna', role: 'chair', sub: 'anna'};
    const expected = {
      ...{uuid: 'b', name: 'Anna', role: 'chair', sub: 'anna', protocol: 'WebRTC'},
      ...{muted: true, presenting: false, since: 5},
    };
    const shows = {...media, role: 'unknown', muted: true, since: 5};
    // Either names the other, or both do.
    for (const [one, other] of [
      [['b'], undefined],
      [undefined, ['a']],
      [['b'], ['a']],
      [
        ['b', 'b', 'gone'],
        ['a', 'b'],
      ],
    ]) {
      const all = {
        a: {...signals, ...(one && {related: one})},
        b: {...shows, ...(other && {related: other})},
      };
      assert.deepEqual(peopleOf(rows(all)), [expected]);
    }
  });

  it('have somebody once whose media have just begun anew, since he first came', () => {
    const all = {
      a: {...signalling, sub: 'anna'},
      b: {...media, related: ['a'], since: 5},
      c: {...media, related: ['a'], since: 9, muted: true},
      d: {...media, since: 7},
    };
    const told = peopleOf(rows(all)).map(({uuid, since, muted}) => [uuid, since, muted]);
    assert.deepEqual(told, [
      ['c', 5, true],
      ['d', 7, false],
    ]);
  });

  it('are muted by a host or by themselves', () => {
    const all = {
      a: {...media, muted: true, mutedSelf: false},
      b: {...media, muted: false, mutedSelf: true},
      c: {...media, muted: false, mutedSelf: false},
    };
    assert.deepEqual(
      peopleOf(rows(all)).map(({muted}) => muted),
      [true, true, false],
    );
  });

  it('who were never told to have come came with the first that was told of them', () => {
    const row = {...rowOf(media, {time: 40, seq: 2}), ...rowOf({muted: true}, {time: 30, seq: 1})};
    assert.equal(peopleOf(new Map([['a', row]]))[0].since, 30);
  });
});
