import {expect} from '@open-wc/testing';

import {findPeople} from '../../src/session/room-people.js';
import {ODD_VALUES} from '../protocol/hostile.js';
import {FakeLiveSession} from './native-session.js';

const find = async (answer: unknown, query = 'bo') => {
  const session = new FakeLiveSession();
  const found = findPeople(session.api!, 'room', query);
  const [asked] = session.asked;
  asked!.answer(answer);
  return {found: await found, asked};
};

describe('findPeople', () => {
  it('asks for people by the beginning of their names, those of the room first', async () => {
    const {asked, found} = await find({
      users: [
        {_id: '1', username: 'bob', name: 'Bob Keller', status: 'away'},
        {_id: '2', username: 'bo'},
      ],
      rooms: [],
    });
    expect(asked).to.deep.include({
      method: 'spotlight',
      params: ['bo', [], {users: true, rooms: false}, 'room'],
    });
    expect(found).to.deep.equal([
      {username: 'bob', name: 'Bob Keller', status: 'away'},
      {username: 'bo', name: 'bo'},
    ]);
  });

  it('tells a name that people can read, and the username where there is none', async () => {
    const users = [
      {username: 'bob', name: '\u202eretlleK'},
      {username: 'bo', name: '\u200b'},
    ];
    const {found} = await find({users});
    expect(found.map(({name}) => name)).to.deep.equal(['retlleK', 'bo']);
  });

  it('takes twenty, and leaves out what is nobody', async () => {
    const users = [
      ...ODD_VALUES.map((username) => ({username})),
      ...ODD_VALUES,
      {username: 'x'.repeat(257)},
    ];
    const {found} = await find({users});
    for (const {username} of found) expect(username).to.be.a('string').and.not.equal('');
    const many = Array.from({length: 100}, (_, nth) => ({username: `u${nth}`, status: nth}));
    expect((await find({users: many})).found).to.deep.equal(
      many.slice(0, 20).map(({username}) => ({username, name: username})),
    );
  });

  it('has found nobody where the answer is none', async () => {
    for (const odd of [...ODD_VALUES, {users: 'bob'}, {}])
      if (!Array.isArray((odd as {users?: unknown} | null)?.users))
        expect((await find(odd)).found).to.deep.equal([]);
  });
});
