import {expect} from '@open-wc/testing';

import {LatestSearch} from '../../src/session/latest-search.js';
import {deferred} from '../support/deferred.js';

const setup = () => {
  const told: (readonly string[])[] = [];
  return {told, search: new LatestSearch<string>((found) => told.push(found))};
};

const never = () => new Promise<never>(() => undefined);

describe('a search while somebody writes', () => {
  it('tells what it has found', async () => {
    const {told, search} = setup();
    await search.start(() => Promise.resolve(['a', 'b']), 0);
    expect(told).to.deep.equal([['a', 'b']]);
  });

  it('tells the latest only, even if the one before answers later', async () => {
    const {told, search} = setup();
    const first = deferred<string[]>();
    const before = search.start(() => first.promise, 0);
    await search.start(() => Promise.resolve(['new']), 0);
    first.resolve(['old']);
    await before;
    expect(told).to.deep.equal([['new']]);
  });

  it('ends the one before by its signal', async () => {
    const {search} = setup();
    const signals: AbortSignal[] = [];
    const source = (signal: AbortSignal) => {
      signals.push(signal);
      return Promise.resolve([]);
    };
    await search.start(source, 0);
    await search.start(source, 0);
    expect(signals.map(({aborted}) => aborted)).to.deep.equal([true, false]);
    search.stop();
    expect(signals[1]?.aborted).to.equal(true);
  });

  it('asks nobody for what is typed over within the delay', async () => {
    const {told, search} = setup();
    let asked = 0;
    const source = () => Promise.resolve([`${++asked}`]);
    const runs = [search.start(source, 1_000), search.start(source, 1_000)];
    await search.start(source, 1);
    await Promise.all(runs);
    expect(told).to.deep.equal([['1']]);
  });

  it('has found nothing where the search fails', async () => {
    const {told, search} = setup();
    await search.start(() => Promise.reject(new Error('offline')), 0);
    await search.start(() => {
      throw new Error('at once');
    }, 0);
    expect(told).to.deep.equal([[], []]);
  });

  it('tells nothing once it is stopped', async () => {
    const {told, search} = setup();
    const answer = deferred<string[]>();
    const run = search.start(() => answer.promise, 0);
    void search.start(never, 1_000);
    search.stop();
    answer.resolve(['late']);
    await run;
    expect(told).to.deep.equal([]);
  });
});
