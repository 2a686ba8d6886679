import type {Scene} from './scene.js';

/** What a diagnosis is given: by an option of the command, or by a setting of the broker that asks. */
const NAMES = {
  node: {option: '--node', setting: 'pexip.node'},
  path: {option: '--path', setting: 'pexip.path'},
  server: {option: '--server', setting: 'rocketChat.server'},
  account: {
    option: '--user-id and --auth-token-file',
    setting: 'rocketChat.userId and rocketChat.authToken',
  },
} as const;

/** See {@link nameOf}. */
export type Given = keyof typeof NAMES;

/** What the operator calls it, such as `--node`. */
export const nameOf = ({brokerUse}: Scene, what: Given): string =>
  brokerUse ? `${NAMES[what].setting} in the broker's configuration` : NAMES[what].option;

/** How to have something else looked at, as the beginning of a sentence; the reader of a page cannot call the command. */
export const giveInstead = ({brokerUse}: Scene, what: Given, value: string): string =>
  brokerUse
    ? `Set ${NAMES[what].setting} in the broker's configuration to ${value}.`
    : `Run the doctor with ${NAMES[what].option} and ${value}.`;
