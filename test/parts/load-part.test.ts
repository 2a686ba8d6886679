import {expect} from '@open-wc/testing';

import {loadPart} from '../../src/parts/load-part.js';
import type {Parts} from '../../src/parts/parts.js';

/** Parts with modules of their own below them, which take a while. */
const NAMES: readonly (keyof Parts)[] = ['create', 'launcher', 'users', 'desk', 'window', 'broker'];

describe('a part of the modules', () => {
  for (const name of NAMES)
    it(`comes to whoever asks in the order in which they ask: ${name}`, async () => {
      const order: number[] = [];
      const parts = await Promise.all(
        [1, 2, 3, 4].map(async (each) => {
          const part = await loadPart(name);
          order.push(each);
          return part;
        }),
      );
      expect(order).to.deep.equal([1, 2, 3, 4]);
      expect(new Set(parts).size).to.equal(1);
    });
});
