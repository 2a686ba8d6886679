import puppeteer from 'puppeteer-core';

import {CHROMIUM_ARGS} from '../../test/support/browsers.mjs';
import {PATHS} from '../../test/support/machine.mjs';
import {startMountSites} from './servers.mjs';
import {leaksBetween, heapOfMount} from './judge.mjs';

/** How often the garbage is collected until all is as before, as some of it goes in steps. */
const PATIENCE = 30;
/** So many times in a row the same is counted where nothing is on its way out any more. */
const SAME = 3;

/** @typedef {import('./judge.mjs').Census} Census */

const censusOf = async (page, cdp) => {
  await cdp.send('HeapProfiler.collectGarbage');
  const [{usedSize}, dom, {metrics}, wrapped] = [
    await cdp.send('Runtime.getHeapUsage'),
    await cdp.send('Memory.getDOMCounters'),
    await cdp.send('Performance.getMetrics'),
    await page.evaluate(() => globalThis.mountsBench.wrappedCounts()),
  ];
  const {documents, nodes, jsEventListeners: listeners} = dom;
  const frames = metrics.find(({name}) => name === 'Frames').value;
  return {heap: usedSize, counts: {documents, frames, listeners, nodes, ...wrapped}};
};

/** Counts until what was mounted before has gone: what goes later would be less than before. */
const settledCensusOf = async (page, cdp) => {
  const seen = [];
  for (;;) {
    const census = await censusOf(page, cdp);
    seen.push(JSON.stringify(census.counts));
    const latest = seen.slice(-SAME);
    const isSettled = latest.length === SAME && new Set(latest).size === 1;
    if (isSettled || seen.length === PATIENCE) return census;
  }
};

/** Opens a page in Chromium in which elements are mounted and removed, and what they leave counted. */
export const openMounts = async () => {
  const sites = await startMountSites();
  const browser = await puppeteer.launch({
    executablePath: PATHS.chromium,
    args: [...CHROMIUM_ARGS, '--site-per-process'],
    protocolTimeout: 600_000,
    // The frames are let alone: what is attached to them costs time and memory of its own.
    targetFilter: (target) => target.type() !== 'iframe',
  });
  const page = await browser.newPage();
  await page.goto(sites.page);
  for (const address of [`${sites.places.node}/webapp3/m/kept`, sites.places.workspace]) {
    await page.evaluate((kept) => globalThis.mountsBench.keep(kept), address);
  }
  const cdp = await page.createCDPSession();
  await cdp.send('Performance.enable');

  const mount = (name, times, leak) =>
    page.evaluate(
      (...args) => globalThis.mountsBench.mount(...args),
      name,
      times,
      sites.places,
      leak,
    );

  /**
   * @param {{name: string, warmUp: number, mounts: number, leak?: string}} plan
   * @returns what was left, as lines and figures
   */
  const measure = async ({name, warmUp, mounts, leak = 'none'}) => {
    await mount(name, warmUp, 'none');
    const before = await settledCensusOf(page, cdp);
    const start = performance.now();
    await mount(name, mounts, leak);
    const ms = (performance.now() - start) / mounts;
    for (let attempt = 1; ; attempt++) {
      const after = await censusOf(page, cdp);
      const left = leaksBetween(before, after, mounts);
      if (left.length && attempt < PATIENCE) continue;
      return {left, before, after, ms, heap: heapOfMount(before, after, mounts)};
    }
  };
  const close = async () => {
    await browser.close();
    await sites.close();
  };
  return {measure, close};
};
