import {expect} from '@open-wc/testing';

import {Observable} from '../../src/session/observable.js';

interface State {
  readonly count: number;
  readonly name: string;
}

class Counter extends Observable<State, string> {
  set(fact: string, changes?: Partial<State>): void {
    this.change(fact, changes);
  }
}

describe('Observable', () => {
  let counter: Counter;

  beforeEach(() => {
    counter = new Counter({count: 0, name: 'a'});
  });

  it('has the state it began with', () => {
    expect(counter.getState()).to.deep.equal({count: 0, name: 'a'});
  });

  it('freezes every state', () => {
    expect(Object.isFrozen(counter.getState())).to.equal(true);
    counter.set('counted', {count: 1});
    expect(Object.isFrozen(counter.getState())).to.equal(true);
  });

  it('replaces the state as a whole, so that an old one stays as it was', () => {
    const before = counter.getState();
    counter.set('counted', {count: 1});
    expect(counter.getState()).to.deep.equal({count: 1, name: 'a'});
    expect(before).to.deep.equal({count: 0, name: 'a'});
  });

  it('tells everyone the new state and the fact', () => {
    const told: unknown[] = [];
    counter.subscribe((state, fact) => told.push(['first', state, fact]));
    counter.subscribe((state, fact) => told.push(['second', state, fact]));
    counter.set('counted', {count: 1});
    const state = counter.getState();
    expect(told).to.deep.equal([
      ['first', state, 'counted'],
      ['second', state, 'counted'],
    ]);
  });

  it('tells of a fact that changes nothing', () => {
    const told: unknown[] = [];
    counter.subscribe((_, fact) => told.push(fact));
    counter.set('said');
    expect(told).to.deep.equal(['said']);
    expect(counter.getState()).to.deep.equal({count: 0, name: 'a'});
  });

  it('tells nothing when subscribed to, and nothing after the subscription has ended', () => {
    const told: unknown[] = [];
    const end = counter.subscribe((_, fact) => told.push(fact));
    expect(told).to.deep.equal([]);
    end();
    end();
    counter.set('counted', {count: 1});
    expect(told).to.deep.equal([]);
  });

  it('lets a listener end its subscription while it is told, without losing the others', () => {
    const told: string[] = [];
    const end = counter.subscribe(() => {
      told.push('first');
      end();
    });
    counter.subscribe(() => told.push('second'));
    counter.set('one');
    counter.set('two');
    expect(told).to.deep.equal(['first', 'second', 'second']);
  });

  it('has changed already when a listener asks it', () => {
    let seen = -1;
    counter.subscribe(() => (seen = counter.getState().count));
    counter.set('counted', {count: 3});
    expect(seen).to.equal(3);
  });
});
