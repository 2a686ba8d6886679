import {expect} from '@open-wc/testing';

import {PeoplePresence, widgetStatus} from '../../../src/elements/floating/people-presence.js';

describe('who can be reached', () => {
  let told: string[];
  let people: PeoplePresence;
  beforeEach(() => {
    told = [];
    people = new PeoplePresence((fact, username, status) =>
      told.push(`${username} ${fact} ${status}`),
    );
  });
  const bob = (status: 'away' | 'busy' | 'offline' | 'online') => ({username: 'bob', status});

  it('is told in three words: who is away from the keyboard can be reached', () => {
    expect((['online', 'away', 'busy', 'offline'] as const).map(widgetStatus)).to.deep.equal([
      'online',
      'online',
      'busy',
      'offline',
    ]);
  });

  it('is known once the server was asked, and that is no news', () => {
    expect(people.status('bob')).to.equal(undefined);
    expect(people.answered([bob('online'), {username: 'carol', status: 'offline'}])).to.equal(true);
    expect(told).to.deep.equal([]);
    expect(people.status('bob')).to.equal('online');
  });

  it('is told when somebody comes, and when somebody goes', () => {
    people.answered([bob('offline')]);
    expect(people.told(bob('online'))).to.equal(true);
    people.told(bob('offline'));
    expect(told).to.deep.equal(['bob connected online', 'bob disconnected offline']);
    expect(people.status('bob')).to.equal('offline');
  });

  it('has the status with which somebody comes', () => {
    people.answered([bob('offline')]);
    people.told(bob('busy'));
    people.told(bob('offline'));
    people.told(bob('away'));
    expect(told).to.deep.equal([
      'bob connected busy',
      'bob disconnected offline',
      'bob connected online',
    ]);
  });

  it('is no news where somebody is otherwise, but still there', () => {
    people.answered([bob('online')]);
    for (const status of ['away', 'busy', 'online'] as const)
      expect(people.told(bob(status))).to.equal(true);
    expect(told).to.deep.equal([]);
    expect(people.status('bob')).to.equal('online');
  });

  it('is told once, however often the server tells it', () => {
    people.answered([bob('offline')]);
    people.told(bob('online'));
    expect(people.told(bob('online'))).to.equal(false);
    expect(people.answered([bob('online'), bob('online')])).to.equal(false);
    expect(told).to.deep.equal(['bob connected online']);
  });

  it('is not told again after a connection that broke', () => {
    const all = [bob('online'), {username: 'carol', status: 'offline'} as const];
    people.answered(all);
    people.answered(all);
    people.answered([...all].reverse());
    expect(told).to.deep.equal([]);
  });

  it('is told of what has changed while nobody listened', () => {
    people.answered([bob('online'), {username: 'carol', status: 'offline'}]);
    people.answered([bob('offline'), {username: 'carol', status: 'busy'}]);
    expect(told).to.deep.equal(['bob disconnected offline', 'carol connected busy']);
  });

  it('is told of who was not known, where the server says by itself that something is another', () => {
    people.told(bob('online'));
    people.told({username: 'carol', status: 'offline'});
    expect(told).to.deep.equal(['bob connected online', 'carol disconnected offline']);
    // What was asked for comes late.
    expect(people.answered([bob('online')])).to.equal(false);
    expect(told).to.have.length(2);
  });

  it('is forgotten of whose chat is gone', () => {
    people.answered([bob('online'), {username: 'carol', status: 'online'}]);
    people.keep(new Set(['carol']));
    expect([people.status('bob'), people.status('carol')]).to.deep.equal([undefined, 'online']);
    people.answered([bob('offline')]);
    expect(told).to.deep.equal([]);
  });

  it('does not grow without end', () => {
    for (let n = 0; n < 6_000; n += 1) people.told({username: `u${n}`, status: 'online'});
    expect([people.status('u4999'), people.status('u5000')]).to.deep.equal(['online', undefined]);
    expect(told).to.have.length(5_000);
    expect(people.told({username: 'u0', status: 'offline'})).to.equal(true);
  });
});
