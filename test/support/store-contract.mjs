import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {eventually} from './eventually.mjs';

const LONG = 60_000;
const ODD = [
  ['an empty text', ''],
  ['lines', 'first\nsecond\r\n\tthird'],
  ['an emoji', '😀 👩‍👩‍👧'],
  ['NUL', 'before\0after'],
  ['NUL first', '\0'],
  ['the mark of its own form', '\u0001"x"'],
  ['half of a pair', '\ud800'],
  ['the other half', '\udfff.'],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['a star', '*'],
  ['a colon', 'a:b'],
  ['a number', '0001'],
  ['a quote', `'; DROP TABLE pairs; --`],
  ['10 kB', 'k'.repeat(10_000)],
];

const many = (length, make) => Array.from({length}, (_, index) => make(index));

/**
 * What every store does.
 *
 * @param {string} name
 * @param {{one(): import('../../broker/src/store/store.js').Store, other(): unknown}} stores two that have the same data
 */
export const storeContract = (name, stores) => {
  let last = 0;
  /** A name that no other test has. */
  const fresh = () => `place ${(last += 1)}`;
  const store = new Proxy(
    {},
    {
      get:
        (_, call) =>
        (...values) =>
          stores.one()[call](...values),
    },
  );

  describe(`${name}: pairs`, () => {
    it('are nothing until they are set', async () => {
      assert.equal(await store.get(fresh()), undefined);
    });

    it('have the value that was set last', async () => {
      const key = fresh();
      await store.set(key, 'old');
      await store.set(key, 'new');
      assert.equal(await store.get(key), 'new');
    });

    it('are read by another broker', async () => {
      const key = fresh();
      await store.set(key, 'shared');
      assert.equal(await stores.other().get(key), 'shared');
    });

    it('are nothing after they were deleted, which may be done twice', async () => {
      const key = fresh();
      await store.set(key, 'x');
      await store.delete(key);
      await store.delete(key);
      assert.equal(await store.get(key), undefined);
    });

    it('end after their ttl, and no other with them', async () => {
      const [short, long, endless] = [fresh(), fresh(), fresh()];
      await store.set(long, 'x', LONG);
      await store.set(endless, 'x');
      await store.set(short, 'x', 40);
      await eventually(async () => assert.equal(await store.get(short), undefined));
      assert.equal(await store.get(long), 'x');
      assert.equal(await store.get(endless), 'x');
    });

    it('live by the ttl that was given last', async () => {
      const [kept, shortened] = [fresh(), fresh()];
      await Promise.all([store.set(kept, 'x', 40), store.set(shortened, 'x')]);
      await Promise.all([store.set(kept, 'y'), store.set(shortened, 'y', 80)]);
      await eventually(async () => assert.equal(await store.get(shortened), undefined));
      assert.equal(await store.get(kept), 'y');
    });

    it('take a ttl of no time, of parts of a ms, and without end', async () => {
      for (const ttl of [0, -5, 0.4]) {
        const key = fresh();
        await store.set(key, 'x', ttl);
        await eventually(async () => assert.equal(await store.get(key), undefined));
      }
      const key = fresh();
      await store.set(key, 'x', Infinity);
      assert.equal(await store.get(key), 'x');
    });

    it('are set if absent, once', async () => {
      const key = fresh();
      assert.equal(await store.setIfAbsent(key, 'first'), true);
      assert.equal(await store.setIfAbsent(key, 'second'), false);
      assert.equal(await store.get(key), 'first');
      await store.delete(key);
      assert.equal(await store.setIfAbsent(key, 'third', LONG), true);
    });

    it('are absent again after their ttl', async () => {
      const key = fresh();
      await store.setIfAbsent(key, 'first', 40);
      await eventually(async () => assert.ok(await store.setIfAbsent(key, 'second', LONG)));
      assert.equal(await store.get(key), 'second');
    });

    it('are deleted by their value only', async () => {
      const key = fresh();
      await store.set(key, 'mine');
      assert.equal(await store.compareAndDelete(key, 'yours'), false);
      assert.equal(await store.get(key), 'mine');
      assert.equal(await store.compareAndDelete(key, 'mine'), true);
      assert.equal(await store.compareAndDelete(key, 'mine'), false);
      assert.equal(await store.get(key), undefined);
    });

    it('are not there to be deleted by their value after their ttl', async () => {
      const [key, probe] = [fresh(), fresh()];
      await Promise.all([store.set(key, 'x', 40), store.set(probe, 'x', 60)]);
      await eventually(async () => assert.equal(await store.get(probe), undefined));
      assert.equal(await store.compareAndDelete(key, 'x'), false);
    });

    it('are set by their value only, and with it get the ttl that is given', async () => {
      const key = fresh();
      assert.equal(await store.compareAndSet(key, '', 'new'), false);
      assert.equal(await store.get(key), undefined);
      await store.set(key, 'old', 40);
      assert.equal(await store.compareAndSet(key, 'other', 'new'), false);
      assert.equal(await store.compareAndSet(key, 'old', 'new'), true);
      assert.equal(await store.compareAndSet(key, 'old', 'newer'), false);
      const probe = fresh();
      await store.set(probe, 'x', 60);
      await eventually(async () => assert.equal(await store.get(probe), undefined));
      assert.equal(await stores.other().get(key), 'new');
      assert.equal(await store.compareAndSet(key, 'new', 'short', 40), true);
      await eventually(async () => assert.equal(await store.get(key), undefined));
      assert.equal(await store.compareAndSet(key, 'short', 'x'), false);
    });

    it('are set by one of 50 who have read the same value', async () => {
      const key = fresh();
      await store.set(key, 'old');
      const won = await Promise.all(
        many(50, (index) =>
          (index % 2 ? store : stores.other()).compareAndSet(key, 'old', `${index}`, LONG),
        ),
      );
      assert.equal(won.filter(Boolean).length, 1);
      assert.equal(await store.get(key), `${won.indexOf(true)}`);
    });

    it('do not take a ttl that is no number', async () => {
      await assert.rejects(store.set(fresh(), 'x', NaN));
    });
  });

  describe(`${name}: groups`, () => {
    const fieldsOf = async (group) => Object.fromEntries(await store.entries(group));

    it('have their fields, and no other', async () => {
      const [group, other] = [fresh(), fresh()];
      assert.deepEqual(await fieldsOf(group), {});
      await store.put(group, 'a', '1', LONG);
      await store.put(group, 'b', '2', LONG);
      await store.put(group, 'a', '3', LONG);
      await store.put(other, 'c', '4', LONG);
      assert.deepEqual(await fieldsOf(group), {a: '3', b: '2'});
    });

    it('have what is held at once, and no more than so many, of which those that end first make room', async () => {
      const group = fresh();
      for (let i = 0; i < 20; i += 1) await store.hold(group, `f${i}`, String(i), 60_000 + i, 8);
      const fields = await fieldsOf(group);
      assert.equal(fields.f19, '19');
      assert.ok(Object.keys(fields).length <= 10, Object.keys(fields).join());
      await store.hold(group, 'f19', 'again', 60_000, 8);
      assert.equal((await fieldsOf(group)).f19, 'again');
      assert.equal(await store.remove(group, 'f19'), true);
      assert.equal(await store.remove(group, 'f19'), false);
      assert.equal((await fieldsOf(group)).f19, undefined);
      await store.hold(group, 'short', '1', 1, 8);
      await eventually(async () => assert.equal((await fieldsOf(group)).short, undefined));
      await store.put(group, 'f18', 'put', 60_000);
      assert.equal((await fieldsOf(group)).f18, 'put');
      await store.deleteGroup(group);
      assert.deepEqual(await fieldsOf(group), {});
    });

    it('tell whether a field was there that is removed', async () => {
      const group = fresh();
      await store.put(group, 'a', '1', LONG);
      assert.equal(await store.remove(group, 'b'), false);
      assert.equal(await store.remove(group, 'a'), true);
      assert.equal(await store.remove(group, 'a'), false);
      assert.deepEqual(await fieldsOf(group), {});
    });

    it('lose each field after its own ttl, whichever was put first', async () => {
      const group = fresh();
      await store.put(group, 'first', '1', 60);
      await store.put(group, 'long', '2', LONG);
      await store.put(group, 'last', '3', 60);
      await eventually(async () => assert.deepEqual(await fieldsOf(group), {long: '2'}));
      assert.equal(await store.remove(group, 'last'), false);
    });

    it('keep a field that was put anew for longer, and not one that was put anew for less', async () => {
      const group = fresh();
      await store.put(group, 'longer', '1', 40);
      await store.put(group, 'less', '1', LONG);
      await store.put(group, 'longer', '2', LONG);
      await store.put(group, 'less', '2', 40);
      await eventually(async () => assert.deepEqual(await fieldsOf(group), {longer: '2'}));
    });

    it('tell of a field that has ended that it was not there', async () => {
      const [group, probe] = [fresh(), fresh()];
      await Promise.all([store.put(group, 'a', '1', 40), store.put(group, 'b', '1', LONG)]);
      await store.set(probe, 'x', 60);
      await eventually(async () => assert.equal(await store.get(probe), undefined));
      assert.equal(await store.remove(group, 'a'), false);
      assert.equal(await store.remove(group, 'b'), true);
    });

    it('have one field by its name', async () => {
      const group = fresh();
      assert.equal(await store.field(group, 'a'), undefined);
      await store.put(group, 'a', '1', LONG);
      await store.put(group, 'b', '', 40);
      await store.hold(group, 'c', '3', LONG, 9);
      assert.equal(await stores.other().field(group, 'a'), '1');
      assert.equal(await store.field(group, 'c'), '3');
      await eventually(async () => assert.equal(await store.field(group, 'b'), undefined));
      await store.remove(group, 'a');
      assert.equal(await store.field(group, 'a'), undefined);
    });

    it('have a field swapped by its value, or where there is none', async () => {
      const group = fresh();
      assert.equal(await store.swap(group, 'a', '', 'x', LONG), false);
      assert.equal(await store.swap(group, 'a', undefined, '', LONG), true);
      assert.equal(await store.swap(group, 'a', undefined, 'x', LONG), false);
      assert.equal(await store.swap(group, 'a', 'x', 'y', LONG), false);
      assert.equal(await store.swap(group, 'a', '', 'y', LONG), true);
      await store.hold(group, 'b', 'held', LONG, 9);
      assert.equal(await store.swap(group, 'b', 'held', 'z', LONG), true);
      assert.deepEqual(await fieldsOf(group), {a: 'y', b: 'z'});
      assert.equal(await store.swap(group, 'b', 'z', 'short', 40), true);
      await eventually(async () => assert.equal(await store.field(group, 'b'), undefined));
      assert.equal(await store.swap(group, 'b', 'short', 'x', LONG), false);
      assert.equal(await store.swap(group, 'b', undefined, 'x', LONG), true);
    });

    it('have a field swapped by one of 50 who have read the same value', async () => {
      const group = fresh();
      for (const old of [undefined, 'old']) {
        const won = await Promise.all(
          many(50, (index) =>
            (index % 2 ? store : stores.other()).swap(group, 'a', old, 'old', LONG),
          ),
        );
        assert.equal(won.filter(Boolean).length, old === undefined ? 1 : 50);
      }
    });

    it('are deleted whole', async () => {
      const group = fresh();
      await store.put(group, 'a', '1', LONG);
      await store.deleteGroup(group);
      assert.deepEqual(await fieldsOf(group), {});
    });
  });

  describe(`${name}: lists`, () => {
    it('give what is due, in its order, the time itself included', async () => {
      const list = fresh();
      await store.schedule(list, 'c', 30);
      await store.schedule(list, 'a', 10);
      await store.schedule(list, 'b', 20.5);
      assert.deepEqual(await store.due(list, 9, 10), []);
      assert.deepEqual(await store.due(list, 20.5, 10), ['a', 'b']);
      assert.deepEqual(await store.due(list, Infinity, 2), ['a', 'b']);
      assert.deepEqual(await store.due(list, 40, 0), []);
      assert.deepEqual(await store.due(fresh(), 40, 10), []);
    });

    it('have what is due at one time in the order of arrival', async () => {
      const list = fresh();
      const items = many(30, (index) => `item ${(index * 7) % 30}`);
      for (const item of items) await store.schedule(list, item, Date.now() + LONG - LONG);
      const order = await store.due(list, Infinity, 100);
      assert.deepEqual(order, items);
      const tied = fresh();
      for (const item of items) await store.schedule(tied, item, 5);
      assert.deepEqual(await store.due(tied, 5, 100), items);
    });

    it('move an item that is scheduled anew', async () => {
      const list = fresh();
      await store.schedule(list, 'a', 10);
      await store.schedule(list, 'b', 20);
      await store.schedule(list, 'a', 30);
      assert.deepEqual(await store.due(list, 100, 10), ['b', 'a']);
    });

    it('tell one of several that an item was there', async () => {
      const list = fresh();
      await store.schedule(list, 'a', 10);
      const told = many(10, (index) => (index % 2 ? store : stores.other()).unschedule(list, 'a'));
      assert.equal((await Promise.all(told)).filter(Boolean).length, 1);
      assert.deepEqual(await store.due(list, 100, 10), []);
    });

    it('put an item in a queue once, and tell how many are before it', async () => {
      const list = fresh();
      assert.equal(await store.enqueue(list, 'a', 10), 0);
      assert.equal(await store.enqueue(list, 'b', 10), 1);
      assert.equal(await store.enqueue(list, 'c', 10), 2);
      assert.equal(await store.enqueue(list, 'b', 99), 1);
      assert.equal(await store.enqueue(list, 'first', 5), 0);
      assert.deepEqual(await store.due(list, 100, 10), ['first', 'a', 'b', 'c']);
      assert.equal(await store.unschedule(list, 'a'), true);
      assert.equal(await store.enqueue(list, 'c', 10), 2);
      assert.equal(await store.enqueue(list, 'a', 10), 3);
    });

    it('give every one in a queue a place of its own, also between brokers', async () => {
      const list = fresh();
      const places = await Promise.all(
        many(100, (index) => (index % 2 ? store : stores.other()).enqueue(list, `${index}`, 1)),
      );
      assert.deepEqual(
        places.sort((a, b) => a - b),
        many(100, (index) => index),
      );
    });
  });

  describe(`${name}: counts, logs`, () => {
    it('count within a window, which ends', async () => {
      const key = fresh();
      const first = await store.count(key, LONG);
      assert.equal(first.count, 1);
      assert.ok(first.resetIn > LONG / 2 && first.resetIn <= LONG);
      const second = await store.count(key, LONG);
      assert.equal(second.count, 2);
      assert.ok(second.resetIn <= first.resetIn);
      const short = fresh();
      await store.count(short, 500);
      await eventually(async () => assert.equal((await store.count(short, 500)).count, 1));
    });

    it('read a log in its order, from a time on', async () => {
      const log = fresh();
      await store.append(log, {at: 20, value: 'b'});
      await store.append(log, {at: 10.5, value: 'a'});
      await store.append(log, {at: 20, value: 'b'});
      await store.append(log, {at: 30, value: 'c'});
      const [a, b, c] = [
        {at: 10.5, value: 'a'},
        {at: 20, value: 'b'},
        {at: 30, value: 'c'},
      ];
      assert.deepEqual(await store.read(log, 0, 10), [a, b, b, c]);
      assert.deepEqual(await store.read(log, 20, 2), [b, b]);
      assert.deepEqual(await store.read(log, 31, 10), []);
      await store.prune(log, 20);
      assert.deepEqual(await store.read(log, 0, 10), [b, b, c]);
    });
  });

  describe(`${name}: news`, () => {
    /** Listens, and resolves once that is in force. */
    const attend = async (channel, own = store) => {
      const heard = [];
      const end = own.listen(channel, {heard: (message) => heard.push(message)});
      await eventually(async () => {
        await store.publish(channel, 'probe');
        assert.ok(heard.includes('probe'));
      });
      const told = () => heard.filter((message) => message !== 'probe');
      return {told, end};
    };

    it('reach whoever listens to their channel, on every broker, in their order', async () => {
      const [channel, other] = [fresh(), fresh()];
      const here = await attend(channel);
      const elsewhere = await attend(other);
      for (const message of ['1', '', 'ü 😀 "\n']) await store.publish(channel, message);
      await eventually(() => assert.deepEqual(here.told(), ['1', '', 'ü 😀 "\n']));
      assert.deepEqual(elsewhere.told(), []);
      here.end();
      elsewhere.end();
    });

    it('reach nobody any more who has ended it, and others of the same channel still', async () => {
      const channel = fresh();
      const [one, other] = [await attend(channel), await attend(channel)];
      one.end();
      one.end();
      await store.publish(channel, 'x');
      await eventually(() => assert.deepEqual(other.told(), ['x']));
      assert.deepEqual(one.told(), []);
      other.end();
    });
  });

  describe(`${name}: texts`, () => {
    for (const [what, text] of ODD) {
      it(`keeps ${what} as it is, as key, value, field and item`, async () => {
        const place = fresh();
        await store.set(text, place, LONG);
        await store.set(place, text);
        await store.put(text, text, text, LONG);
        await store.schedule(text, text, 1);
        await store.append(text, {at: 1, value: text});
        assert.equal(await store.get(text), place);
        assert.equal(await store.get(place), text);
        assert.deepEqual([...(await store.entries(text))], [[text, text]]);
        assert.deepEqual(await store.due(text, 1, 9), [text]);
        assert.deepEqual(await store.read(text, 1, 9), [{at: 1, value: text}]);
        assert.equal(await store.compareAndDelete(place, text), true);
        assert.equal(await store.remove(text, text), true);
        assert.equal(await store.unschedule(text, text), true);
      });
    }

    it('keeps texts apart that UTF-8 or C would take for one', async () => {
      const keys = ['\ud800', '\ud801', '\ufffd', 'k', 'k\0', 'k\0x', '\u0001"k"'];
      await Promise.all(keys.map((key, index) => store.set(key, `${index}`)));
      const values = await Promise.all(keys.map((key) => store.get(key)));
      assert.deepEqual(values, many(keys.length, String));
    });
  });

  describe(`${name}: many at once`, () => {
    it('gives a claim to one of 200 who ask at the same moment, of two brokers', async () => {
      const key = fresh();
      const won = await Promise.all(
        many(200, (index) =>
          (index % 2 ? store : stores.other()).setIfAbsent(key, `${index}`, LONG),
        ),
      );
      assert.equal(won.filter(Boolean).length, 1);
      assert.equal(await store.get(key), String(won.indexOf(true)));
    });

    it('carries out 10,000 calls of one turn, in their order', async () => {
      const [counter, group, list] = [fresh(), fresh(), fresh()];
      const calls = many(2_500, (index) => [
        store.set(counter, `${index}`),
        store.get(counter),
        store.put(group, `${index}`, 'x', LONG),
        store.schedule(list, `${index}`, index),
      ]);
      const answers = await Promise.all(calls.map((four) => Promise.all(four)));
      answers.forEach(([, value], index) => assert.equal(value, `${index}`));
      assert.equal((await store.entries(group)).size, 2_500);
      assert.equal((await store.due(list, Infinity, 5_000)).length, 2_500);
    });
  });
};
