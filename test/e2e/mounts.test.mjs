import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';

import {openMounts} from '../../bench/mounts/open.mjs';

describe('elements that are mounted and removed in Chromium', () => {
  let opened;
  before(async () => {
    opened = await openMounts();
  });
  after(() => opened?.close());

  test('leave listeners, frames, documents, nodes and timers as before, and under 64 bytes of heap a mount', async () => {
    const {left} = await opened.measure({name: 'early room', warmUp: 500, mounts: 300});
    assert.deepEqual(left, []);
  });

  // Fewer, as each loads a meeting or a conversation; too few for a figure of the heap.
  for (const [name, event] of [
    ['room', 'the meeting is ready'],
    ['pane', 'the conversation is ready'],
  ]) {
    test(`leave all of it as before when ${event}`, async () => {
      const {before: was, after: is} = await opened.measure({name, warmUp: 5, mounts: 10});
      assert.deepEqual(is.counts, was.counts);
    });
  }

  for (const [leak, pattern] of [
    ['listener', /^listener of bench on document: 0 before, 10 after/],
    ['timer', /^setTimeout of 1000000 ms: 0 before, 10 after/],
    ['node', /^nodes: /],
  ]) {
    test(`would be caught leaking a ${leak}`, async () => {
      const {left} = await opened.measure({name: 'early room', warmUp: 1, mounts: 10, leak});
      assert.ok(
        left.some((line) => pattern.test(line)),
        left.join('\n'),
      );
    });
  }

  test('would be caught leaking a kilobyte of heap a mount, and the figure tells how much', async () => {
    const plan = {name: 'early room', warmUp: 1, mounts: 100, leak: 'heap'};
    const {left, heap} = await opened.measure(plan);
    assert.match(left.join(), /^heap: /);
    assert.ok(heap > 900 && heap < 1_300, `${heap} bytes a mount`);
  });
});
