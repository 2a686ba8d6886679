import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {changeBetween, indexAfter, type ListChange} from '../../src/elements/native/list-model.js';
import {offsetOf, pinAfter, pinAt, pinAsShown, pinTo} from '../../src/elements/native/pin.js';
import {around, isMeasured, reachOf} from '../../src/elements/native/reach.js';
import {RowSizes} from '../../src/elements/native/row-sizes.js';
import {keys, model} from '../support/list-scene.js';

const ESTIMATE = 40;

/** So many rows come, none of them measured. */
const filled = (count: number, sizes: readonly number[] = []): RowSizes => {
  const all = new RowSizes(ESTIMATE);
  all.change({start: 0, removed: 0, added: count, moved: new Map()});
  for (const [index, size] of sizes.entries()) all.measure(index, size);
  return all;
};

const everyIndex = ({length}: {readonly length: number}): number[] => [...Array(length).keys()];

/** Rows by keys that are there once each. */
const someRows = fc.uniqueArray(
  fc.integer({min: 0, max: 30}).map((number) => `k${number}`),
  {maxLength: 25},
);

describe('RowSizes', () => {
  it('takes every row for the estimate until it is measured', () => {
    const sizes = filled(100_000);
    expect(sizes.total).to.equal(100_000 * ESTIMATE);
    expect(sizes.measure(7, 100)).to.equal(true);
    expect(sizes.measure(7, 100)).to.equal(false);
    expect(sizes.measured).to.deep.equal([7]);
    expect([sizes.isMeasured(7), sizes.isMeasured(8)]).to.deep.equal([true, false]);
    expect([sizes.size(6), sizes.size(7), sizes.size(8)]).to.deep.equal([40, 100, 40]);
    expect([sizes.offset(7), sizes.offset(8)]).to.deep.equal([280, 380]);
    expect(sizes.total).to.equal(100_000 * ESTIMATE + 60);
  });

  it('finds the row at an offset, the first above all and the last below all', () => {
    const sizes = filled(5, [10, 0, 20]);
    const found = [-5, 0, 9, 10, 29, 30, 69, 70, 1e9].map((offset) => sizes.indexAt(offset));
    expect(found).to.deep.equal([0, 0, 0, 2, 2, 3, 3, 4, 4]);
    expect(filled(0).indexAt(10)).to.equal(0);
    expect(filled(0).total).to.equal(0);
  });

  it('tells what adding the heights up tells, whatever was measured and has changed', () => {
    const step = fc.oneof(
      fc.record({rows: someRows}),
      fc.record({row: fc.nat(), size: fc.integer({min: 0, max: 300})}),
    );
    fc.assert(
      fc.property(fc.array(step, {maxLength: 40}), (steps) => {
        const sizes = new RowSizes(ESTIMATE);
        const known = new Map<string, number>();
        let rows: readonly string[] = [];
        for (const each of steps) {
          if ('rows' in each) {
            sizes.change(changeBetween(model(rows), model(each.rows), sizes.measured));
            ({rows} = each);
            for (const key of known.keys()) if (!rows.includes(key)) known.delete(key);
          } else if (rows.length) {
            const index = each.row % rows.length;
            sizes.measure(index, each.size);
            known.set(rows[index]!, each.size);
          }
          let offset = 0;
          for (const [index, key] of rows.entries()) {
            expect(sizes.offset(index)).to.equal(offset);
            expect(sizes.size(index)).to.equal(known.get(key) ?? ESTIMATE);
            expect(sizes.isMeasured(index)).to.equal(known.has(key));
            offset += known.get(key) ?? ESTIMATE;
          }
          expect(sizes.total).to.equal(offset);
          expect(sizes.count).to.equal(rows.length);
        }
      }),
    );
  });
});

describe('RowSizes of keys that are there twice', () => {
  it('still adds up', () => {
    const twice = fc.array(
      fc.integer({min: 0, max: 6}).map((number) => `k${number}`),
      {maxLength: 20},
    );
    fc.assert(
      fc.property(fc.array(twice, {maxLength: 6}), (models) => {
        const sizes = new RowSizes(ESTIMATE);
        let rows: readonly string[] = [];
        for (const next of models) {
          sizes.change(changeBetween(model(rows), model(next), sizes.measured));
          rows = next;
          expect(new Set(sizes.measured).size).to.equal(sizes.measured.length);
          for (const index of rows.keys()) if (index % 3) sizes.measure(index, index * 7);
          const total = everyIndex(rows).reduce((sum, index) => sum + sizes.size(index), 0);
          expect([sizes.count, sizes.total]).to.deep.equal([rows.length, total]);
        }
      }),
    );
  });
});

describe('changeBetween', () => {
  const between = (before: readonly string[], after: readonly string[]): ListChange =>
    changeBetween(model(before), model(after), everyIndex(before));

  it('tells what was appended, prepended, and removed from one stretch', () => {
    const rows = keys(0, 10);
    const plain = ({start, removed, added}: ListChange): number[] => [start, removed, added];
    expect(plain(between(rows, rows))).to.deep.equal([10, 0, 0]);
    expect(plain(between(rows, [...rows, 'x', 'y']))).to.deep.equal([10, 0, 2]);
    expect(plain(between(rows, ['x', ...rows]))).to.deep.equal([0, 0, 1]);
    expect(plain(between(rows, rows.slice(3)))).to.deep.equal([0, 3, 0]);
    expect(plain(between(rows, rows.slice(0, 3)))).to.deep.equal([3, 7, 0]);
    expect(plain(between(rows, rows.toSpliced(4, 2, 'x')))).to.deep.equal([4, 2, 1]);
    expect(plain(between(['a', 'a'], ['a', 'a', 'a']))).to.deep.equal([2, 0, 1]);
  });

  it('asks for no key twice of rows that only came at the end, nor looks for any', () => {
    let asked = 0;
    const rows = keys(0, 101);
    const counting = (count: number) => ({
      count,
      key: (index: number): string => (asked++, rows[index]!),
    });
    changeBetween(counting(100), counting(101), [1, 2, 3]);
    expect(asked).to.equal(200);
  });

  it('tells where each row is now that was asked for', () => {
    fc.assert(
      fc.property(someRows, someRows, (before, after) => {
        const change = between(before, after);
        for (const [index, key] of before.entries()) {
          const now = after.indexOf(key);
          expect(indexAfter(change, index)).to.equal(now < 0 ? undefined : now);
        }
      }),
    );
  });
});

describe('a pin', () => {
  const sizes = filled(20, Array<number>(20).fill(50));
  const sight = {offset: 120, height: 200};

  it('keeps the first row below the upper edge, or the one that fills the box', () => {
    expect(pinAt(sight, sizes)).to.deep.equal({index: 3, at: 30});
    expect(pinAt({...sight, offset: 100}, sizes)).to.deep.equal({index: 3, at: 50});
    const high = filled(3, [10, 1_000, 10]);
    expect(pinAt({...sight, offset: 300}, high)).to.deep.equal({index: 1, at: -290});
    expect(pinAt({...sight, offset: 0}, filled(1, [20]))).to.deep.equal({index: 0, at: 0});
    expect(pinAt(sight, filled(0))).to.equal('end');
  });

  it('puts a row where it is aligned to, and a high one to its beginning', () => {
    const offset = (align: 'start' | 'center' | 'end', all = sizes): number =>
      offsetOf(pinTo(10, align, 'end', sight, all), all, 200);
    expect([offset('start'), offset('center'), offset('end')]).to.deep.equal([500, 425, 350]);
    const high = filled(20, Array<number>(20).fill(50));
    high.measure(10, 600);
    expect([offset('center', high), offset('end', high)]).to.deep.equal([500, 500]);
  });

  it('leaves what is pinned where the row is in sight already', () => {
    const former = {index: 3, at: 30};
    const near = (index: number) => pinTo(index, 'nearest', former, sight, sizes);
    expect([3, 4, 5].map(near)).to.deep.equal([former, former, former]);
    expect(near(2)).to.deep.equal({index: 2, at: 'start'});
    expect(near(6)).to.deep.equal({index: 6, at: 'end'});
    expect(near(19)).to.equal('end');
  });

  it('goes no further than there are rows', () => {
    expect(offsetOf({index: 19, at: 'start'}, sizes, 200)).to.equal(800);
    expect(offsetOf({index: 0, at: 'end'}, sizes, 200)).to.equal(0);
    expect(offsetOf('end', sizes, 200)).to.equal(800);
    expect(offsetOf('end', filled(1), 200)).to.equal(0);
  });

  it('goes over to the nearest row that is left', () => {
    const pin = {index: 5, at: 130};
    const without = (...gone: number[]) =>
      pinAfter(pin, (index) => (gone.includes(index) ? undefined : index), sight, sizes);
    expect(without(4)).to.deep.equal(pin);
    expect(without(5, 6)).to.deep.equal({index: 7, at: 230});
    expect(without(...everyIndex({length: 20}).slice(5))).to.deep.equal({index: 4, at: 80});
    expect(without(...everyIndex({length: 20}))).to.equal('end');
    expect(pinAfter('end', () => undefined, sight, sizes)).to.equal('end');
  });

  it('is made anew where it cannot be shown, unless it is wanted at the upper edge', () => {
    const end = {offset: 800, height: 200};
    expect(pinAsShown({index: 18, at: 20}, end, sizes)).to.equal('end');
    expect(pinAsShown({index: 19, at: 'center'}, end, sizes)).to.equal('end');
    expect(pinAsShown({index: 19, at: 'start'}, end, sizes)).to.deep.equal({
      index: 19,
      at: 'start',
    });
    const start = {offset: 0, height: 200};
    expect(pinAsShown({index: 1, at: 90}, start, sizes)).to.deep.equal({index: 1, at: 50});
    expect(pinAsShown({index: 3, at: 30.4}, sight, sizes)).to.deep.equal({index: 3, at: 30.4});
  });
});

describe('the reach of a list', () => {
  it('is what is in sight and somewhat around, and stays as long as that does', () => {
    const sizes = filled(1_000);
    const sight = {offset: 4_000, height: 400};
    expect(around(sight, sizes, 0)).to.deep.equal([100, 109]);
    const drawn = reachOf(sight, sizes, [0, -1]);
    expect(drawn).to.deep.equal([90, 119]);
    expect(reachOf({...sight, offset: 4_200}, sizes, drawn)).to.equal(drawn);
    expect(reachOf({...sight, offset: 4_300}, sizes, drawn)).to.deep.equal([97, 127]);
    expect(reachOf({offset: 0, height: 400}, filled(0), [0, -1])).to.deep.equal([0, -1]);
  });

  it('has a limit, which keeps the rows at the lower edge', () => {
    const [first, last] = reachOf(
      {offset: 0, height: 400},
      filled(2_000, Array<number>(1_000).fill(0)),
      [0, -1],
    );
    expect(last - first).to.be.below(200);
    expect([first <= 1_000, last >= 1_009]).to.deep.equal([true, true]);
  });

  it('knows whether all in sight is measured', () => {
    const sizes = filled(100, Array<number>(10).fill(ESTIMATE));
    expect(isMeasured({offset: 0, height: 400}, sizes)).to.equal(true);
    expect(isMeasured({offset: 1, height: 400}, sizes)).to.equal(false);
    expect(isMeasured({offset: 0, height: 400}, filled(0))).to.equal(true);
  });
});
