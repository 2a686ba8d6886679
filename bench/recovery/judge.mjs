/** The longest that a page may wait until it tries to connect again, in ms. */
export const FIRST_ATTEMPT = 1000;
/** Round trips that a new connection may take from its opening until nothing is missing. */
export const MOST_TRIPS = 4;

/**
 * What one contender has made of the faults: its tally, and what its sockets did.
 *
 * @typedef {ReturnType<typeof import('./tally.mjs').tallyOf> & import('./page/sockets.ts').SocketFigures} Figures
 */

/** Whether the budget holds, line by line. @param {Figures} ours */
export const judgeRecovery = (ours) => {
  const {lost, doubled, disordered, editsMissed, removalsMissed, faults, back, broken} = ours;
  const verdict = (text, holds) => ({holds, text: `${text}: ${holds ? 'held' : 'EXCEEDED'}`});
  const changes = editsMissed + removalsMissed;
  const late = ours.attempts.filter((wait) => !(wait <= FIRST_ATTEMPT)).length;
  const trips = Math.max(...ours.trips);
  return [
    verdict(
      `lost ${lost}, doubled ${doubled}, out of order ${disordered}; budget 0`,
      !(lost || doubled || disordered),
    ),
    verdict(`edits and deletions missed ${changes}; budget 0`, !changes),
    verdict(
      `came back after ${back} of ${faults} faults; budget all`,
      faults > 0 && back === faults,
    ),
    // A fault that nobody has noticed has proved nothing.
    verdict(`${broken} connections broken by ${faults} faults; budget one each`, broken >= faults),
    verdict(
      `${late} of ${ours.attempts.length} first attempts later than ${FIRST_ATTEMPT / 1000} s; budget 0`,
      !late && ours.attempts.length >= broken,
    ),
    verdict(
      `${trips} round trips from open to complete at most; budget ${MOST_TRIPS}`,
      ours.trips.length > faults && trips <= MOST_TRIPS,
    ),
  ];
};
