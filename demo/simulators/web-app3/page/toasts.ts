import {field, LIMITS, text} from '../../../../src/protocol/guards.js';
import type {RpcHandler} from './rpc.js';

/** How long a toast stays when the plugin does not say, in milliseconds. */
const DEFAULT_TIMEOUT = 5000;

/** The short messages that plugins show. */
export class Toasts {
  readonly #messages = new Set<{readonly message: string}>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The messages on show, oldest first. */
  get messages(): string[] {
    return [...this.#messages].map(({message}) => message);
  }

  /** Serves `ui:toast:show`. */
  readonly show: RpcHandler = ({id, payload, reply}) => {
    const toast = {message: text(field(payload, 'message'), LIMITS.message) ?? ''};
    const timeout = field(payload, 'timeout');
    this.#messages.add(toast);
    // A timeout of 0 means that the toast stays.
    if (timeout !== 0) {
      const remove = (): void => {
        this.#messages.delete(toast);
        this.#changed();
      };
      setTimeout(remove, typeof timeout === 'number' ? timeout : DEFAULT_TIMEOUT);
    }
    reply({status: 'ok', id, data: undefined});
    this.#changed();
  };
}
