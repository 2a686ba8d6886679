import {contenders, type ContenderName} from './contenders.js';
import {Nested} from './nested.js';
import type {Outcome, Plan, Round} from './plan.js';
import {measureWholeWay} from './whole-way.js';

const names = Object.keys(contenders) as ContenderName[];

const clockStep = (): number => {
  const steps = Array.from({length: 50}, () => {
    const start = performance.now();
    let now = start;
    while (now === start) now = performance.now();
    return now - start;
  });
  return Math.min(...steps);
};

/** Forwards and backwards in turn, each time from another one: nobody is always first or last. */
const orderOf = (block: number): ContenderName[] => {
  const start = (block >> 1) % names.length;
  const order = [...names.slice(start), ...names.slice(0, start)];
  return block % 2 ? order.reverse() : order;
};

const measureRound = async (
  nested: Nested,
  nodeOrigin: string,
  {blocks, trips, wholeTrips}: Plan,
): Promise<Round> => {
  const round: Round = Object.fromEntries(names.map((name) => [name, []]));
  for (let block = 0; block < blocks; block++) {
    for (const name of orderOf(block)) {
      round[name]!.push(...(await nested.measure(name, trips)));
    }
  }
  round['whole way'] = [...(await measureWholeWay(nodeOrigin, wholeTrips))];
  return round;
};

const measure = async (): Promise<Outcome> => {
  const {plan, nodeOrigin} = (await (await fetch('/plan')).json()) as {
    plan: Plan;
    nodeOrigin: string;
  };
  const nested = await Nested.load(nodeOrigin);
  // What the first round would have to compile is compiled before it.
  await measureRound(nested, nodeOrigin, {...plan, blocks: 2});
  const rounds: Round[] = [];
  while (rounds.length < plan.rounds) rounds.push(await measureRound(nested, nodeOrigin, plan));
  return {isolated: crossOriginIsolated, clockStep: clockStep(), rounds};
};

const tell = (outcome: Outcome): void =>
  void fetch('/outcome', {method: 'POST', body: JSON.stringify(outcome)});

addEventListener('error', ({message}) => tell({error: message}));
measure().then(tell, (error: unknown) => tell({error: String(error)}));
