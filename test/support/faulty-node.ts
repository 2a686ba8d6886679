import {simulators} from 'test-simulators';

/** How a Conferencing Node can fail to show a meeting; test/support/faulty-server.mjs does it. */
export type NodeFault = 'hang' | 'reset' | 'error' | 'deny' | 'ancestors';

/** A branding path of `simulators.faultyNode` whose requests meet a fault until it is mended. */
export const faultyNode = (fault: NodeFault) => {
  const path = `${fault}-${crypto.randomUUID()}`;
  return {
    node: simulators.faultyNode,
    path,
    /** From now on all is answered as by a node in good order. @param answer also what hangs already */
    mend: async (answer = false): Promise<void> => {
      const query = new URLSearchParams({path, ...(answer && {answer: '1'})});
      await (await fetch(`/test-mend?${query}`, {cache: 'no-store'})).text();
    },
  };
};
