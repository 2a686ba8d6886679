import {runPlan} from '../../support/run-plan.js';
import {Foreign, type Listener} from './foreign.js';
import type {Measured, Plan, Round} from './plan.js';
import {Rooms} from './rooms.js';

/** Whoever listens, by name. */
type Listeners = Readonly<Record<string, readonly Listener[]>>;

/** Bytes of a large message. */
const LARGE = 20_000_000;

/** Blocks before those that count, in which what is new is compiled. */
const WARM_UP = 10;

const nothing: Listener = () => undefined;
const reads: Listener = ({data}) => {
  if (data.action === undefined) throw new Error('The message has no action.');
};

const measureRound = async (
  foreign: Foreign,
  listeners: Listeners,
  {blocks, messages}: Pick<Plan, 'blocks' | 'messages'>,
): Promise<Round> => {
  const round: Round = Object.fromEntries(Object.keys(listeners).map((name) => [name, []]));
  const order = Object.entries(listeners);
  for (let block = 0; block < blocks; block++) {
    for (const [name, each] of order) round[name]!.push(await foreign.time(each, messages));
    // From another one each time, or backwards: nobody is always first or last.
    if (block % 2) order.reverse();
    else order.push(order.shift()!);
  }
  return round;
};

const measureRounds = async (
  foreign: Foreign,
  listeners: Listeners,
  plan: Plan,
): Promise<Round[]> => {
  await measureRound(foreign, listeners, {...plan, blocks: WARM_UP});
  const rounds: Round[] = [];
  while (rounds.length < plan.rounds) rounds.push(await measureRound(foreign, listeners, plan));
  return rounds;
};

const measureLarge = async (
  foreign: Foreign,
  listeners: Listeners,
  {large}: Plan,
): Promise<Record<string, number>> => {
  const longest: Record<string, number> = {};
  for (const [name, each] of Object.entries(listeners)) {
    longest[name] = await foreign.longest(each, large, LARGE);
  }
  return longest;
};

runPlan(async (plan: Plan): Promise<Measured> => {
  const foreign = await Foreign.load(plan.foreignOrigin);
  const rooms = new Rooms(plan.nodeOrigin);
  await rooms.fillUp(1);
  const listeners: Listeners = {nothing: [nothing], room: [...rooms.listeners], reads: [reads]};
  const before = rooms.sight();
  const rounds = await measureRounds(foreign, listeners, plan);
  const large: Record<string, number>[] = [];
  while (large.length < plan.rounds) large.push(await measureLarge(foreign, listeners, plan));
  const after = rooms.sight();
  const fired = [...rooms.fired];

  await rooms.fillUp(plan.rooms);
  const many: Listeners = {nothing: [nothing], rooms: rooms.listeners};
  const crowded = await measureRounds(foreign, many, plan);
  const blocks = WARM_UP + plan.rounds * plan.blocks;
  const sent = blocks * plan.messages + plan.rounds * plan.large;
  return {rounds, crowded, large, sent, before, after, fired};
});
