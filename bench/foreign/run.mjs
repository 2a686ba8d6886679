import {bundle} from '../support/bundle.mjs';
import {measureInField, startField} from '../support/field.mjs';
import {html, script, serve} from '../support/serve.mjs';
import {RATIO_COLUMNS, tableOf} from '../support/table.mjs';
import {foreignFigures, judgeForeign} from './figures.mjs';

/** 100,000 messages for each listener. */
const PLAN = {rounds: 5, blocks: 100, messages: 200, rooms: 20, large: 4};

const LABELS = {
  nothing: 'a listener that does nothing',
  room: 'one room',
  reads: 'a listener that reads event.data',
  rooms: `${PLAN.rooms} rooms`,
};

/**
 * Another origin on the page's own site: browsers have both in one process, where messages come
 * fastest. From elsewhere the way is most of the cost, and would hide what a listener adds.
 */
const startForeign = async () => {
  const sender = await bundle('bench/foreign/page/sender.ts');
  return serve(
    'page.localhost',
    {
      '/sender.html': () => html('<script src="/sender.js"></script>'),
      '/sender.js': () => script(sender),
    },
    {isolated: true},
  );
};

const measureIn = async (browser) => {
  const foreign = await startForeign();
  const field = await startField({
    script: 'bench/foreign/page/page.ts',
    plan: (nodeOrigin) => ({...PLAN, nodeOrigin, foreignOrigin: foreign.origin}),
  });
  try {
    return foreignFigures(browser, await measureInField(browser, field));
  } finally {
    await Promise.all([field.close(), foreign.close()]);
  }
};

const foreignTable = ({browser, clockStep, lines, crowded}) => [
  `${browser}: median of ${PLAN.rounds} rounds, ratio by the lower quartile of ${PLAN.blocks} blocks, clock step ${(clockStep * 1000).toFixed(0)} us`,
  ...tableOf(
    RATIO_COLUMNS,
    [...lines, ...crowded.slice(1)].map((line) => ({...line, label: LABELS[line.name]})),
  ),
];

/** Measures what foreign messages cost in each browser. Returns whether the budgets hold. */
export const benchForeign = async (browsers) => {
  const {rounds, blocks, messages} = PLAN;
  const count = (rounds * blocks * messages).toLocaleString('en');
  console.log(`Foreign: what ${count} messages of a frame of another origin cost the page`);
  let allHold = true;
  for (const browser of browsers) {
    const figures = await measureIn(browser);
    for (const line of foreignTable(figures)) console.log(line);
    for (const {holds, text} of judgeForeign(figures)) {
      console.log(`  one room: ${text}`);
      allHold &&= holds;
    }
  }
  return allHold;
};
