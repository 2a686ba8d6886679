/** An id of a meeting, and what Pexip Infinity adds to it for a breakout room. */
const NAME = /^([\w-]{22}[\da-f]{16})(?:_breakout_([\da-fA-F-]{36}))?$/;

/** What a conference's name at Pexip Infinity says. */
export interface ServiceName {
  /** The meeting's id, which was given as the name. */
  readonly id: string;
  /** The breakout room's UUID, if it is one. */
  readonly breakout?: string;
}

/**
 * Reads the name of a conference: Pexip Infinity calls the breakout rooms of one
 * `<name>_breakout_<uuid>`.
 *
 * @returns `undefined` for one that is no meeting of a broker's
 */
export const readServiceName = (name: string | undefined): ServiceName | undefined => {
  const [, id, breakout] = NAME.exec(name ?? '') ?? [];
  if (id === undefined) return;
  return breakout === undefined ? {id} : {id, breakout: breakout.toLowerCase()};
};
