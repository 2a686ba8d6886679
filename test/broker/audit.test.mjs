import assert from 'node:assert/strict';
import {describe, it, mock} from 'node:test';

import {createAudit} from '../../broker/dist/audit-log.js';
import {printAudit} from '../../broker/dist/command/print-audit.js';

/** The methods of a store that an audit log uses, in memory. */
const memoryLog = () => {
  const entries = [];
  return {
    entries,
    append: async (log, entry) => void entries.push({log, ...entry}),
    prune: async (log, before) => {
      const kept = entries.filter((each) => each.log !== log || each.at >= before);
      entries.splice(0, Infinity, ...kept);
    },
    read: async (log, since, limit) =>
      entries
        .filter((each) => each.log === log && each.at >= since)
        .slice(0, limit)
        .map(({at, value}) => ({at, value})),
  };
};
const brokenLog = () => {
  const fail = () => Promise.reject(new Error('The disk is full.'));
  return {append: fail, prune: fail};
};
const linesOf = () => {
  const lines = [];
  const to = (level) => (fields, text) => lines.push({level, ...fields, text});
  return {lines, info: to('info'), error: to('error')};
};
const RETENTION = 90 * 86_400_000;
const HOUR = 3_600_000;
const event = {what: 'token-made', alias: 'alice', detail: {surface: 'live', place: 3, new: true}};

describe('the audit log', () => {
  it('keeps an event in the store, and has a line for it', async () => {
    const store = memoryLog();
    const log = linesOf();
    const audit = createAudit({store, log, retention: RETENTION});
    await audit.note(event);
    await audit.close();
    assert.deepEqual(log.lines, [{level: 'info', audit: event, text: 'audit'}]);
    const [{log: name, at, value}] = store.entries;
    assert.equal(name, 'audit');
    assert.ok(Math.abs(at - Date.now()) < 60_000);
    assert.deepEqual(JSON.parse(value), event);
  });

  it('never rejects: what cannot be kept is a line of its own, with the event', async () => {
    const log = linesOf();
    const audit = createAudit({store: brokenLog(), log, retention: RETENTION});
    await audit.note(event);
    await audit.close();
    const lost = log.lines.filter(({level}) => level === 'error');
    assert.equal(lost.length, 2);
    assert.deepEqual(lost.find((each) => each.audit)?.audit, event);
    assert.equal(lost[0].err.message, 'The disk is full.');
  });

  it('keeps long texts short', async () => {
    const store = memoryLog();
    const audit = createAudit({store, log: linesOf(), retention: RETENTION});
    await audit.note({...event, detail: {reason: 'x'.repeat(5000)}});
    assert.equal(JSON.parse(store.entries[0].value).detail.reason.length, 200);
    await audit.close();
  });

  it('forgets what is older than the time of retention, at once and every hour', async () => {
    mock.timers.enable({apis: ['setInterval', 'Date'], now: Date.UTC(2026, 10, 1)});
    try {
      const store = memoryLog();
      const old = {log: 'audit', at: Date.now() - RETENTION - 1, value: '"old"'};
      const other = {log: 'other', at: 0, value: '"other"'};
      const young = {log: 'audit', at: Date.now() - RETENTION + HOUR, value: '"young"'};
      store.entries.push(old, other, young);
      const audit = createAudit({store, log: linesOf(), retention: RETENTION});
      assert.deepEqual(store.entries, [other, young]);
      mock.timers.tick(HOUR);
      assert.deepEqual(store.entries, [other, young]);
      mock.timers.tick(HOUR);
      assert.deepEqual(store.entries, [other]);
      await audit.close();
      store.entries.push(old);
      mock.timers.tick(2 * HOUR);
      assert.deepEqual(store.entries, [other, old]);
    } finally {
      mock.timers.reset();
    }
  });

  it('is closed once what was noted is kept', async () => {
    const store = memoryLog();
    const {append} = store;
    let release;
    store.append = async (...given) => {
      await new Promise((resolve) => (release = resolve));
      return append(...given);
    };
    const audit = createAudit({store, log: linesOf(), retention: RETENTION});
    const noted = audit.note(event);
    let closed = false;
    const closing = audit.close().then(() => (closed = true));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(closed, false);
    release();
    await Promise.all([noted, closing]);
    assert.equal(store.entries.length, 1);
  });
});

describe('the audit log on paper', () => {
  const printed = async (store, query) => {
    const lines = [];
    await printAudit(store, {since: 0, write: (line) => lines.push(line), ...query});
    return lines.map((line) => JSON.parse(line));
  };
  const at = Date.UTC(2026, 10, 1);
  const add = (store, more) => store.append('audit', {at, value: JSON.stringify(event), ...more});

  it('is a line of JSON for each event, with its time', async () => {
    const store = memoryLog();
    await add(store);
    assert.deepEqual(await printed(store), [{at: '2026-11-01T00:00:00.000Z', ...event}]);
  });

  it('is of one user, or of a time on', async () => {
    const store = memoryLog();
    await add(store);
    await add(store, {at: at + 1, value: JSON.stringify({what: 'sign-out', alias: 'bob'})});
    assert.deepEqual(
      (await printed(store, {alias: 'bob'})).map(({what}) => what),
      ['sign-out'],
    );
    assert.deepEqual(await printed(store, {alias: 'nobody'}), []);
    assert.equal((await printed(store, {since: at + 1})).length, 1);
    assert.equal((await printed(store, {since: at})).length, 2);
  });

  it('has each event once, however many there are at the same ms', async () => {
    const store = memoryLog();
    for (let index = 0; index < 5500; index += 1)
      await add(store, {
        at: at + (index < 2500 ? 0 : index),
        value: JSON.stringify({what: 'sign-out', alias: `user-${index}`}),
      });
    const aliases = (await printed(store)).map(({alias}) => alias);
    assert.equal(aliases.length, 5500);
    assert.equal(new Set(aliases).size, 5500);
  });

  it('leaves out what is no event', async () => {
    const store = memoryLog();
    for (const value of ['{', '7', 'null', '"x"']) await add(store, {value});
    await add(store);
    assert.equal((await printed(store)).length, 1);
  });
});
