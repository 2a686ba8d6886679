import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {parseUserList, userName, userQuery} from '../../src/protocol/user-list.js';
import {
  anything,
  belowProto,
  HOSTILE_RUNS,
  keepingPrototypes,
  objectWith,
  ODD_VALUES,
} from './hostile.js';

const QUESTION = {aliases: ['4711'], usernames: ['bob', 'carol']};
const BOB = {alias: 'dr-bob', username: 'bob', name: 'Bob Keller'};
const DORA = {alias: '4711', username: 'dora'};
const parse = (users: unknown, more: object = {complete: true}) =>
  parseUserList({users, ...more}, QUESTION);

describe('the question who is who', () => {
  it('is a query in which every name stands as it is', () => {
    const names = ['bob', 'a b&c=d', 'ä/%2f', '日本'];
    const query = new URLSearchParams(userQuery({aliases: ['x+y'], usernames: names}));
    expect(query.getAll('username')).to.deep.equal(names);
    expect(query.getAll('alias')).to.deep.equal(['x+y']);
  });

  it('has names of 1 to 256 characters', () => {
    for (const name of ['b', 'x'.repeat(256)]) expect(userName(name)).to.equal(name);
    for (const odd of [
      ...ODD_VALUES.filter((each) => typeof each !== 'string'),
      '',
      'x'.repeat(257),
    ])
      expect(userName(odd)).to.equal(undefined);
  });
});

describe('parseUserList', () => {
  it('reads what the broker answers, and no more', () => {
    expect(parse([BOB, DORA])).to.deep.equal({users: [BOB, DORA], complete: true});
    expect(parse([{...BOB, status: 'online', email: 'bob@example.com'}])).to.deep.equal({
      users: [BOB],
      complete: true,
    });
    expect(parse([])).to.deep.equal({users: [], complete: true});
  });

  it('is complete only where the broker says so', () => {
    for (const complete of [false, undefined, 1, 'true', null])
      expect(parse([BOB], {complete})?.complete).to.equal(false);
  });

  it('reads the card of one user', () => {
    const card = {...DORA, name: 'Dora', status: 'busy'};
    expect(parseUserList(card, {aliases: ['4711'], usernames: []})).to.deep.equal({
      users: [{...DORA, name: 'Dora'}],
      complete: true,
    });
    expect(parseUserList(card, {aliases: ['other'], usernames: []})).to.equal(undefined);
  });

  it('takes nobody who was not asked for', () => {
    const others = [
      {alias: 'boss', username: 'admin'},
      {alias: 'bob', username: '4711'},
      {alias: '4711 ', username: 'Bob'},
    ];
    expect(parse(others)?.users).to.deep.equal([]);
  });

  it('leaves out who has no alias or no username, and a name that is none', () => {
    for (const odd of [
      ...ODD_VALUES.filter((each) => typeof each !== 'string'),
      '',
      'x'.repeat(257),
    ]) {
      expect(parse([{...BOB, alias: odd}])?.users).to.deep.equal([]);
      expect(parse([{...DORA, username: odd}])?.users).to.deep.equal([]);
      expect(parse([{...DORA, name: odd}])?.users).to.deep.equal([DORA]);
    }
    for (const odd of [...ODD_VALUES, belowProto(BOB), Object.create(BOB)])
      expect(keepingPrototypes(() => parse([odd]))?.users).to.deep.equal([]);
  });

  it('looks at a hundred of them', () => {
    const many = [...Array<unknown>(100).fill(DORA), BOB];
    expect(parse(many)?.users).to.have.length(100);
    expect(parse(many)?.users).not.to.deep.include(BOB);
  });

  it('is none of what is no answer', () => {
    for (const odd of [...ODD_VALUES, belowProto({users: [BOB]}), Object.create({users: [BOB]})])
      expect(keepingPrototypes(() => parseUserList(odd, QUESTION))).to.equal(undefined);
  });

  it('takes whatever comes, and gives what it promises', () => {
    const user = objectWith(
      ['alias', 'username', 'name'],
      fc.oneof(fc.constantFrom<unknown>('4711', 'bob', 'carol', 'x'), anything()),
    );
    const answers = objectWith(
      ['users', 'complete'],
      fc.oneof(fc.array(fc.oneof(user, anything())), anything()),
    );
    fc.assert(
      fc.property(fc.oneof(answers, user, anything()), (answer) => {
        const list = keepingPrototypes(() => parseUserList(answer, QUESTION));
        for (const {alias, username} of list?.users ?? []) {
          expect(alias).to.be.a('string').with.length.within(1, 256);
          expect(
            QUESTION.aliases.includes(alias) || QUESTION.usernames.includes(username),
          ).to.equal(true);
        }
      }),
      HOSTILE_RUNS,
    );
  });
});
