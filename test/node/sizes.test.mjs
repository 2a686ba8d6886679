import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {
  describeSize,
  figuresText,
  limitProblem,
  readFigures,
  sizeProblems,
} from '../../bench/sizes/figures.mjs';

const FILE = 'pexip-chat-room.min.js';
const figures = {[FILE]: {size: 10_000, limit: 10_500, goal: 9_000}};
const problems = (size) => sizeProblems({[FILE]: size}, figures);

describe('the build', () => {
  it('takes a file at its limit', () => {
    assert.equal(limitProblem(FILE, 10_500, figures), undefined);
  });

  it('refuses a file above its limit, and names file, figure, limit and remedy', () => {
    assert.equal(
      limitProblem(FILE, 10_501, figures),
      'pexip-chat-room.min.js is 10501 bytes brotli, 1 above its limit of 10500. Make it smaller, ' +
        'or move what is not needed at once into a file that is loaded later.',
    );
  });

  it('refuses a file that has no figures', () => {
    assert.match(limitProblem('pexip-chat-room.new.min.js', 1, figures), /has no figures in/);
  });
});

describe('the check of the committed sizes', () => {
  it('takes a file that has grown by 1 %, or shrunk', () => {
    assert.deepEqual(problems(10_100), []);
    assert.deepEqual(problems(5_000), []);
  });

  it('refuses a file that has grown by more, and names file, figure, limit and remedy', () => {
    assert.deepEqual(problems(10_151), [
      'pexip-chat-room.min.js is 10151 bytes brotli, 1.5 % above the committed 10000 (limit 10500). ' +
        'Make it smaller; or, if the commit adds a promised feature, write the new figure by ' +
        '"npm run sizes" and say why in the commit.',
    ]);
  });

  it('refuses a file above its limit as the build does', () => {
    assert.deepEqual(problems(10_501), [limitProblem(FILE, 10_501, figures)]);
  });

  it('refuses a new file that has a limit only', () => {
    assert.match(sizeProblems({[FILE]: 1}, {[FILE]: {limit: 10_500}})[0], /no committed size/);
  });

  it('refuses figures of a file that was not built', () => {
    assert.match(sizeProblems({}, figures)[0], /was not built/);
  });
});

describe('npm run sizes', () => {
  it('writes the new size and keeps limit and goal', () => {
    assert.equal(
      figuresText({[FILE]: 10_151}, figures),
      `{\n  "${FILE}": {"size": 10151, "limit": 10500, "goal": 9000}\n}\n`,
    );
  });

  it('says what each file is and may be', () => {
    assert.equal(
      describeSize(FILE, 10_151, figures),
      `${FILE}: 10151 bytes brotli (committed 10000, goal 9000, limit 10500)`,
    );
  });
});

describe('bench/sizes.json', () => {
  it('holds a size and a limit of each file, and the size is below the limit', () => {
    for (const [name, {size, limit}] of Object.entries(readFigures())) {
      assert.ok(size <= limit, `${name}: ${size} > ${limit}`);
    }
  });
});
