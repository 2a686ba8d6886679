import {field, identifier, LIMITS, text} from '../../src/protocol/guards.js';

/** What Web App 3 made of a dial: the ids of the ringing participants, or why there are none. */
export type DialReply = {readonly uuids: readonly string[]} | {readonly refusal: string};

/**
 * Reads the reply to `conference:dialOut`, which is that of Pexip's client REST request `dial`:
 * `{status: 200, data: {status: 'success', result: ['<uuid>']}}`. A refusal has a text as `result`,
 * an empty list, or no reply worth the name.
 */
export const readDialReply = (reply: unknown): DialReply => {
  const result = field(field(reply, 'data'), 'result');
  const uuids = Array.isArray(result)
    ? result.map((each) => identifier(each)).filter((each) => each !== undefined)
    : [];
  if (uuids.length) return {uuids};
  const reason = text(result, LIMITS.message - 100);
  return {refusal: `The meeting refused the call${reason ? `: ${reason}` : '.'}`};
};
