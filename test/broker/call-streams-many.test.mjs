/** Ten thousand pages wait for calls at one broker. Each end is a process of its own. */
import assert from 'node:assert/strict';
import {randomInt} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {it} from 'node:test';

import {ending} from '../support/whole-broker.mjs';
import {openStream, startCallPlace} from './support/call-place.mjs';

const STREAMS = 10_000;
const AT_ONCE = 100;
const RINGS = 100;
/** Files that a process has open beside the streams. */
const BESIDE = 500;
/** Of the broker for each stream, bytes: budget. */
const BUDGET = 64 * 1024;

const demandFiles = () => {
  const [, most] = /^Max open files\s+(\w+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
  const enough = most === 'unlimited' || Number(most) >= STREAMS + BESIDE;
  assert.ok(
    enough,
    `This machine lets a process open ${most} files; the test needs ${STREAMS + BESIDE}: ulimit -n`,
  );
};

it('ten thousand open call streams at one broker: each ring reaches its callee, and nobody else', async (t) => {
  demandFiles();
  const atEnd = ending(t);
  const {brokers, tokenFor, ask} = await startCallPlace(atEnd);
  const [broker] = brokers;
  const streams = [];
  atEnd(() => {
    for (const {close} of streams) close();
  });
  const open = async (index) => {
    const from = `127.0.0.${1 + (index % 4)}`;
    streams[index] = await openStream(broker.origin, await tokenFor(`user-${index}`), {from});
  };
  // What the first ones make it load is not theirs.
  for (let index = 0; index < AT_ONCE; index++) await open(index);
  const before = broker.memory();
  for (let first = AT_ONCE; first < STREAMS; first += AT_ONCE)
    await Promise.all(Array.from({length: AT_ONCE}, (_, index) => open(first + index)));
  const each = (broker.memory() - before) / (STREAMS - AT_ONCE);

  for (let ring = 0; ring < RINGS; ring++) {
    const caller = randomInt(STREAMS);
    const callee = (caller + 1 + randomInt(STREAMS - 1)) % STREAMS;
    const body = {users: [`user-${callee}`]};
    const made = await ask(broker, `user-${caller}`, '/v1/calls', body);
    assert.equal(made.status, 201, made.text);
    const heard = await streams[callee].heard('incoming');
    assert.deepEqual(heard.call.participants, [`user-${caller}`, `user-${callee}`]);
    const declined = await ask(broker, `user-${callee}`, `/v1/calls/${made.body.id}/decline`, {});
    assert.equal(declined.status, 200, declined.text);
    await streams[caller].heard('declined');
  }
  const rung = streams.reduce(
    (sum, {names}) => sum + names().filter((name) => name === 'incoming').length,
    0,
  );
  assert.equal(rung, 2 * RINGS);
  assert.equal(streams.filter(({socket}) => socket.destroyed).length, 0);
  t.diagnostic(
    `${STREAMS} call streams: ${(each / 1024).toFixed(1)} kB each, ${Math.round(broker.memory() / 1024 ** 2)} MB in all`,
  );
  assert.ok(each < BUDGET, `${each} bytes each`);
});
