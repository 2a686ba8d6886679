import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import type {ChatMessage} from '../../src/protocol/chat-message.js';
import {inOrder, Timeline} from '../../src/session/timeline.js';

const ALICE = {userId: 'u-a', username: 'alice', name: 'Alice'};

const message = (id: string, time: number, fields: Partial<ChatMessage> = {}): ChatMessage => ({
  id,
  roomId: 'r',
  text: `${id} as written`,
  time,
  updated: time,
  sender: ALICE,
  ...fields,
});
const ids = ({messages}: Timeline): string[] => messages.map(({id}) => id);

/** What may come to a room's list, from wherever. */
type Step =
  | {readonly type: 'put'; readonly message: ChatMessage}
  | {readonly type: 'remove'; readonly id: string};

const anyId = (): fc.Arbitrary<string> => fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const few = (): fc.Arbitrary<number> => fc.nat(4);

const state = (): fc.Arbitrary<ChatMessage> =>
  fc
    .record({id: anyId(), time: few(), updated: few(), edited: fc.option(few()), rare: fc.nat(9)})
    .map(({id, time, updated, edited, rare}) =>
      message(id, time, {
        updated,
        text: rare % 2 ? 'one' : 'another',
        ...(edited !== null && {edited}),
        ...(rare === 0 && {kind: 'rm'}),
        ...(rare === 1 && {kind: 'uj'}),
      }),
    );

const step = (): fc.Arbitrary<Step> =>
  fc.oneof(
    {weight: 6, arbitrary: state().map((put) => ({type: 'put' as const, message: put}))},
    {weight: 1, arbitrary: anyId().map((id) => ({type: 'remove' as const, id}))},
  );

const idOf = (each: Step): string => (each.type === 'put' ? each.message.id : each.id);
const isRemoval = (each: Step): boolean =>
  each.type === 'remove' || (each.type === 'put' && each.message.kind === 'rm');

const apply = (timeline: Timeline, each: Step): unknown =>
  each.type === 'put' ? timeline.put(each.message) : timeline.remove(each.id) || undefined;
const applied = (steps: readonly Step[]): Timeline => {
  const timeline = new Timeline();
  for (const each of steps) apply(timeline, each);
  return timeline;
};

/** The later of two states, whichever is named first. */
const later = (one: ChatMessage, other: ChatMessage): ChatMessage => {
  const rank = (each: ChatMessage): [number, number, string] => [
    each.updated,
    each.edited ?? 0,
    JSON.stringify(each),
  ];
  const [a, b] = [rank(one), rank(other)];
  for (let place = 0; place < 3; place++)
    if (a[place]! !== b[place]!) return a[place]! > b[place]! ? one : other;
  return one;
};

/** What the list is to be: it looks at what came, never at when. */
const expected = (steps: readonly Step[]): ChatMessage[] => {
  const gone = new Set(steps.filter(isRemoval).map(idOf));
  const best = new Map<string, ChatMessage>();
  for (const each of steps) {
    if (each.type !== 'put' || gone.has(idOf(each))) continue;
    const before = best.get(idOf(each));
    best.set(idOf(each), before ? later(each.message, before) : each.message);
  }
  return [...best.values()].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
};

describe('Timeline', () => {
  it('ends in the same list in whatever order live events, pages and syncs come', () => {
    fc.assert(
      fc.property(fc.array(step(), {maxLength: 40}), (steps) => {
        expect(applied(steps).messages).to.deep.equal(expected(steps));
      }),
      {numRuns: 3000},
    );
  });

  it('is the same whichever way the same steps are shuffled', () => {
    const shuffled = fc
      .array(step(), {minLength: 2, maxLength: 25})
      .chain((steps) =>
        fc.tuple(
          fc.constant(steps),
          fc.shuffledSubarray(steps, {minLength: steps.length, maxLength: steps.length}),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(applied(one).messages).to.deep.equal(applied(other).messages);
      }),
      {numRuns: 1000},
    );
  });

  it('tells each change once, and what it was', () => {
    fc.assert(
      fc.property(fc.array(step(), {maxLength: 40}), (steps) => {
        const timeline = new Timeline();
        const gone = new Set<string>();
        for (const each of steps) {
          const id = idOf(each);
          const before = timeline.get(id);
          const told = apply(timeline, each);
          const after = timeline.get(id);
          if (isRemoval(each)) {
            expect(told).to.equal(
              gone.has(id) ? undefined : each.type === 'put' ? 'removed' : true,
            );
            expect(after).to.equal(undefined);
            gone.add(id);
          } else if (after === before) expect(told).to.equal(undefined);
          else {
            expect(after).to.equal((each as {message: ChatMessage}).message);
            expect(told).to.equal(before ? 'changed' : 'added');
          }
        }
        for (const each of steps) expect(apply(timeline, each)).to.equal(undefined);
      }),
      {numRuns: 1000},
    );
  });

  it('orders by the time of the server, and by id what was sent in one moment', () => {
    const timeline = applied(
      [message('b', 2), message('c', 1), message('a', 2), message('B', 2)].map((each) => ({
        type: 'put',
        message: each,
      })),
    );
    expect(ids(timeline)).to.deep.equal(['c', 'B', 'a', 'b']);
    expect(inOrder(message('a', 1), message('a', 1))).to.equal(0);
  });

  it('takes the later edit, also where it comes first', () => {
    const first = message('a', 1, {updated: 5, edited: 5, text: 'first'});
    const second = message('a', 1, {updated: 6, edited: 6, text: 'second'});
    const timeline = new Timeline();
    expect(timeline.put(second)).to.equal('added');
    expect(timeline.put(first)).to.equal(undefined);
    expect(timeline.put(message('a', 1))).to.equal(undefined);
    expect(timeline.get('a')?.text).to.equal('second');
  });

  it('lets a deletion stand that comes before its message, and before an edit of it', () => {
    const timeline = new Timeline();
    expect(timeline.remove('a')).to.equal(true);
    expect(timeline.remove('a')).to.equal(false);
    expect(timeline.put(message('a', 1))).to.equal(undefined);
    expect(timeline.put(message('a', 1, {updated: 99, edited: 99}))).to.equal(undefined);
    expect(timeline.messages).to.deep.equal([]);
    expect(timeline.has('a')).to.equal(true);
  });

  it('takes what is left of a deleted message for its deletion, once', () => {
    const timeline = new Timeline();
    timeline.put(message('a', 1));
    const left = message('a', 1, {updated: 3, kind: 'rm', text: ''});
    expect(timeline.put(left)).to.equal('removed');
    expect(timeline.put(left)).to.equal(undefined);
    expect(timeline.remove('a')).to.equal(false);
    expect(timeline.messages).to.deep.equal([]);
  });

  it('moves a message whose time the server has changed', () => {
    const timeline = new Timeline();
    for (const each of [message('a', 1), message('b', 2), message('c', 3)]) timeline.put(each);
    expect(timeline.put(message('a', 4, {updated: 9}))).to.equal('changed');
    expect(ids(timeline)).to.deep.equal(['b', 'c', 'a']);
    timeline.remove('a');
    expect(ids(timeline)).to.deep.equal(['b', 'c']);
  });

  it('keeps 10,000 messages in order that come in any order', () => {
    const timeline = new Timeline();
    // 7,919 is a prime, so that each of them comes once.
    for (let at = 0; at < 10_000; at++)
      timeline.put(message(`m${(at * 7919) % 10_000}`, (at * 7919) % 10_000));
    expect(timeline.messages).to.have.length(10_000);
    expect(timeline.messages.every(({time}, place) => time === place)).to.equal(true);
  });

  describe('that keeps the latest', () => {
    it('forgets the oldest by the time of the server, not by when they came', () => {
      const timeline = new Timeline();
      for (const time of [5, 1, 4, 2, 3]) timeline.put(message(`m${time}`, time));
      timeline.keepLatest(2);
      expect(ids(timeline)).to.deep.equal(['m4', 'm5']);
      expect(timeline.get('m1')).to.equal(undefined);
      timeline.keepLatest(2);
      timeline.keepLatest(10);
      expect(ids(timeline)).to.deep.equal(['m4', 'm5']);
    });

    it('forgets nothing that has changed since a time, however old it is', () => {
      const timeline = new Timeline();
      for (const time of [1, 2, 3, 4, 5])
        timeline.put(message(`m${time}`, time, {updated: time === 2 ? 90 : time}));
      timeline.keepLatest(2, 50);
      expect(ids(timeline)).to.deep.equal(['m2', 'm4', 'm5']);
      expect(timeline.put(message('m2', 2))).to.equal(undefined);
      expect(timeline.put(message('m3', 3))).to.equal('added');
      expect(ids(timeline)).to.deep.equal(['m2', 'm3', 'm4', 'm5']);
    });

    it('does not forget what was deleted', () => {
      const timeline = new Timeline();
      timeline.put(message('a', 1));
      timeline.remove('a');
      timeline.keepLatest(0);
      expect(timeline.put(message('a', 1))).to.equal(undefined);
    });
  });
});
