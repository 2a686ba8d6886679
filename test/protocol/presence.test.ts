import {expect} from '@open-wc/testing';

import {parsePresenceChange, parsePresences, presenceStatus} from '../../src/protocol/presence.js';
import {belowProto, keepingPrototypes, ODD_VALUES} from './hostile.js';

const change = (...args: readonly unknown[]) =>
  parsePresenceChange({stream: 'stream-user-presence', args});

describe('how Rocket.Chat tells that people are there', () => {
  it('is by name or by number', () => {
    for (const [number, name] of (['offline', 'online', 'away', 'busy'] as const).entries()) {
      expect(presenceStatus(name)).to.equal(name);
      expect(presenceStatus(number)).to.equal(name);
    }
    for (const odd of [...ODD_VALUES, 4, -1, 0.5, '1', 'Online', 'invisible'])
      if (odd !== 0 && odd !== 1) expect(presenceStatus(odd)).to.equal(undefined);
  });

  it('is a change of one person in a stream', () => {
    expect(change(['bob', 1, 'at lunch'])).to.deep.equal({username: 'bob', status: 'online'});
    expect(change(['bob', 'busy'])).to.deep.equal({username: 'bob', status: 'busy'});
    expect(parsePresenceChange({stream: 'stream-notify-room', args: [['bob', 1]]})).to.equal(
      undefined,
    );
  });

  it('is none of what is malformed', () => {
    for (const odd of ODD_VALUES) {
      expect(change(odd)).to.equal(undefined);
      expect(change([odd, odd])).to.equal(undefined);
      if (typeof odd !== 'string' || !odd) expect(change([odd, 1])).to.equal(undefined);
    }
    expect(change(['x'.repeat(257), 1])).to.equal(undefined);
    expect(change()).to.equal(undefined);
  });

  it('is an answer about many, from which what is malformed is left out', () => {
    const users = [
      {_id: '1', username: 'bob', status: 'away', email: 'x'},
      {_id: '2', username: 'carol', status: 'gone'},
      {_id: '3', status: 'online'},
      ...ODD_VALUES,
      belowProto({username: 'mallory', status: 'online'}),
      {username: 'dora', status: 'offline'},
    ];
    expect(keepingPrototypes(() => parsePresences({users, full: true}, 100))).to.deep.equal([
      {username: 'bob', status: 'away'},
      {username: 'dora', status: 'offline'},
    ]);
    for (const odd of ODD_VALUES) expect(parsePresences(odd, 100)).to.deep.equal([]);
    for (const odd of ODD_VALUES) expect(parsePresences({users: odd}, 100)).to.deep.equal([]);
  });

  it('is read as far as somebody wants', () => {
    const users = Array.from({length: 50}, (_, n) => ({username: `u${n}`, status: 'online'}));
    expect(parsePresences({users}, 20)).to.have.length(20);
  });
});
