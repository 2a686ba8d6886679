/**
 * Lets tests hold back the branding of a Web App 3 simulator. It goes by branding path, so that tests
 * in other browsers are not held: from `hold` to `release` of a path, its manifest or its plugin waits.
 */
export const brandingGates = () => {
  const held = new Map();
  const waitIn = (list) => new Promise((go) => list.push(go));
  return {
    /** What a request waits for, if it has to. */
    pass: (path, part) => {
      const gate = held.get(`${path} ${part}`);
      if (!gate) return undefined;
      gate.reached = true;
      gate.watching.splice(0).forEach((tell) => tell());
      return waitIn(gate.waiting);
    },
    hold: (path, part) => {
      const key = `${path} ${part}`;
      const {waiting = []} = held.get(key) ?? {};
      held.set(key, {waiting, watching: [], reached: false});
    },
    /** Resolves when a request has come to wait since the last `hold`. */
    reached: (path, part) => {
      const gate = held.get(`${path} ${part}`);
      return gate && !gate.reached ? waitIn(gate.watching) : undefined;
    },
    release: (path) => {
      for (const part of ['manifest', 'plugin']) {
        const key = `${path} ${part}`;
        const gate = held.get(key);
        held.delete(key);
        [...(gate?.waiting ?? []), ...(gate?.watching ?? [])].forEach((go) => go());
      }
    },
  };
};
