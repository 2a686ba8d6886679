import {readFile} from 'node:fs/promises';

import {startRocketChat} from '../../dist/testing/index.js';
import {openBrowser} from '../../test/support/e2e-browser.mjs';
import {html, script, serve} from '../support/serve.mjs';
import {judgeOpening, MOST_RATIO, MOST_ROWS} from './judge.mjs';

const SIZES = {small: 100, large: 100_000};
/** Each room is opened so often; the first times do not count. */
const WARM_UP = 3;
const ROUNDS = 15;

const startWorkspace = async () => {
  const chat = await startRocketChat({settings: {API_Enable_Rate_Limiter: false}});
  const entries = {};
  for (const [name, count] of Object.entries(SIZES)) {
    const room = chat.createRoom({type: 'p', name, members: ['alice', 'bob']});
    chat.fill(room._id, count);
    entries[name] = {
      server: chat.origin,
      room: `group/${room._id}`,
      newest: `Message ${count}.`,
      ...chat.issueToken('alice'),
    };
  }
  return {chat, entries};
};

const startPage = () =>
  serve('page.localhost', {
    '/': () =>
      html(
        '<link rel="icon" href="data:," /><style>rc-chat-pane{block-size:30rem}</style>' +
          '<script src="/dist/pexip-chat-room.min.js"></script><script src="/bench.js"></script>',
      ),
    '/bench.js': async () => script(await readFile('bench/native/page/page.js')),
    '*': async ({url = ''}) => script(await readFile(`.${new URL(url, 'http://x').pathname}`)),
  });

const measureIn = async (name, entries) => {
  const site = await startPage();
  const browser = await openBrowser(name);
  try {
    const page = await browser.open(site.origin);
    const opened = {small: [], large: []};
    for (let round = 0; round < WARM_UP + ROUNDS; round++)
      for (const size of Object.keys(opened)) {
        const one = await page.evaluate(
          (entry) => globalThis.nativeBench.open(entry),
          entries[size],
        );
        if (round >= WARM_UP) opened[size].push(one);
      }
    return judgeOpening(opened);
  } finally {
    await browser.close();
    await site.close();
  }
};

/** Opens a small and a large room in turn in each browser. Returns whether the budget holds. */
export const benchNative = async (browsers) => {
  console.log(
    `Native view: a room of ${SIZES.large} messages beside one of ${SIZES.small}, medians of ${ROUNDS}; ` +
      `at most ${MOST_RATIO} times as long, at most ${MOST_ROWS} rows`,
  );
  const {chat, entries} = await startWorkspace();
  let allHold = true;
  try {
    for (const browser of browsers) {
      const {ratio, rows, small, large, holds} = await measureIn(browser, entries);
      const times = `${large.toFixed(0)} ms beside ${small.toFixed(0)} ms`;
      console.log(
        `  ${browser}: ${ratio.toFixed(2)} (${times}), ${rows} rows${holds ? '' : ' ABOVE THE BUDGET'}`,
      );
      allHold &&= holds;
    }
  } finally {
    await chat.close();
  }
  return allHold;
};
