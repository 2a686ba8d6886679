import {runPlan} from '../../support/run-plan.js';
import {contenders, orderOf} from './contenders.js';
import {Nested} from './nested.js';
import type {Plan, Round} from './plan.js';
import {measureWholeWay} from './whole-way.js';

const measureRound = async (
  nested: Nested,
  nodeOrigin: string,
  {blocks, trips, wholeTrips}: Plan,
): Promise<Round> => {
  const round: Round = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let block = 0; block < blocks; block++) {
    for (const name of orderOf(block)) {
      round[name]!.push(...(await nested.measure(name, trips)));
    }
  }
  round['whole way'] = [...(await measureWholeWay(nodeOrigin, wholeTrips))];
  return round;
};

runPlan(async ({plan, nodeOrigin}: {plan: Plan; nodeOrigin: string}) => {
  const nested = await Nested.load(nodeOrigin);
  // What the first round would have to compile is compiled before it.
  await measureRound(nested, nodeOrigin, plan);
  const rounds: Round[] = [];
  while (rounds.length < plan.rounds) rounds.push(await measureRound(nested, nodeOrigin, plan));
  return {rounds};
});
