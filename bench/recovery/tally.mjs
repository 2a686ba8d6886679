/**
 * A fault that is over.
 *
 * @typedef {object} Ended
 * @property {string} kind
 * @property {number} at epoch ms
 * @property {number} from the number of the first message that was written after it
 * @property {number} until when nobody waited any more for such a message, epoch ms
 */

/**
 * What a page was told, in its order.
 *
 * @typedef {import('./page/told.ts').Told} Told
 */

/** What a page shows that has believed all it was told: the text of each message by its id. */
const shownAfter = (told) => {
  const shown = new Map();
  for (const {type, id, text} of told) {
    if (type === 'deleted') shown.delete(id);
    else shown.set(id, text);
  }
  return shown;
};

/** How many were told after one that was written later. Of one millisecond either may be first. */
const disorderOf = (fresh, timeOf) => {
  let [latest, count] = [0, 0];
  for (const {id} of fresh) {
    const time = timeOf.get(id) ?? 0;
    if (time < latest) count++;
    else latest = time;
  }
  return count;
};

/** How long it took from the end of each fault to the first message of after it; undefined: for ever. */
const waitsOf = (fresh, numberOf, ended) =>
  ended.map(({kind, at, from, until}) => {
    const first = fresh.find((each) => numberOf.get(each.id) >= from && each.at <= until);
    return {kind, wait: first && Math.max(0, first.at - at)};
  });

/**
 * Holds what a page was told against what was written and what is there in the end.
 *
 * @param {object} record
 * @param {readonly {id: string, time: number}[]} record.posted in its order
 * @param {readonly {id: string, text: string}[]} record.messages what is there in the end
 * @param {readonly Told[]} record.told
 * @param {readonly Ended[]} record.ended
 */
export const tallyOf = ({posted, messages, told, ended}) => {
  const fresh = told.filter(({type}) => type === 'new');
  const shown = shownAfter(told);
  const there = new Set(messages.map(({id}) => id));
  const heard = new Set(told.filter(({type}) => type !== 'deleted').map(({id}) => id));
  const waits = waitsOf(fresh, new Map(posted.map(({id}, number) => [id, number])), ended);
  return {
    posted: posted.length,
    told: new Set(fresh.map(({id}) => id)).size,
    lost: messages.filter(({id}) => !heard.has(id)).length,
    doubled: fresh.length - new Set(fresh.map(({id}) => id)).size,
    disordered: disorderOf(fresh, new Map(posted.map(({id, time}) => [id, time]))),
    editsMissed: messages.filter(({id, text}) => heard.has(id) && shown.get(id) !== text).length,
    removalsMissed: [...shown.keys()].filter((id) => !there.has(id)).length,
    faults: ended.length,
    back: waits.filter(({wait}) => wait !== undefined).length,
    waits,
  };
};
