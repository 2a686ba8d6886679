import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {parseMeetingDiscussion} from '../../src/protocol/meeting-discussion.js';
import {
  anything,
  belowProto,
  HOSTILE_RUNS,
  keepingPrototypes,
  objectWith,
  ODD_VALUES,
} from './hostile.js';

const ANSWER = {roomId: 'kJ2x9Q', name: 'Conference Call Chat History', type: 'discussion'};

describe('parseMeetingDiscussion', () => {
  it('reads where Rocket.Chat shows the room', () => {
    expect(parseMeetingDiscussion({...ANSWER, kind: 'c'})).to.deep.equal({
      roomId: 'kJ2x9Q',
      paths: ['channel/kJ2x9Q'],
    });
    expect(parseMeetingDiscussion({...ANSWER, kind: 'p'})?.paths).to.deep.equal(['group/kJ2x9Q']);
  });

  it('tries both where nothing says which it is', () => {
    for (const kind of [undefined, 'd', 'discussion', 'constructor', '__proto__', ...ODD_VALUES])
      expect(parseMeetingDiscussion({...ANSWER, kind})?.paths).to.deep.equal([
        'channel/kJ2x9Q',
        'group/kJ2x9Q',
      ]);
  });

  it('wants an id that is one part of a path and no step in it', () => {
    const odd = ['', '.', '..', 'a/b', 'a?b', 'a#b', '%2e', 'a b', 'x'.repeat(129), {}];
    for (const roomId of [...odd, ...ODD_VALUES.filter((each) => typeof each !== 'string')])
      expect(parseMeetingDiscussion({...ANSWER, roomId})).to.equal(undefined);
  });

  it('stands anything, and gives one room or none', () => {
    const data = fc.oneof(anything(), objectWith(['roomId', 'kind', 'type']));
    fc.assert(
      fc.property(data, (each) => {
        const found = keepingPrototypes(() => parseMeetingDiscussion(each));
        for (const path of found?.paths ?? [])
          if (!/^(channel|group)\/[\w.-]+$/.test(path)) throw new Error(path);
      }),
      HOSTILE_RUNS,
    );
    expect(parseMeetingDiscussion(belowProto(ANSWER))).to.equal(undefined);
  });
});
