import {EventEmitter, once, setMaxListeners} from 'node:events';
import {createContext, runInContext} from 'node:vm';

const DOCUMENTED = 'pexip:plugin:external-chat/';
const VIDEOCONF = 'rocketchat:videoconf/';
const PREFIXES = [DOCUMENTED, VIDEOCONF];

// Node warns of many listeners on one signal; browsers have no such limit.
class QuietAbortController extends AbortController {
  constructor() {
    super();
    setMaxListeners(0, this.signal);
  }
}

/**
 * Runs the built plugin in a world of its own: Web App 3 as its parent, which answers as the real one
 * does, and the page that embeds it as `parent.parent`.
 */
export class PluginHost {
  /** What the plugin asked of Web App 3, in order. */
  calls = [];
  /** What the plugin told the page: `{data, target}`. */
  told = [];
  /** What the plugin wrote to the console. */
  log = [];
  #arrivals = new EventEmitter();
  #listeners = [];
  #page = {postMessage: (data, target) => this.#keep(this.told, {data, target})};
  #webApp3 = {postMessage: (data) => this.#handleCall(data)};

  constructor(script, {origins = [], dialect = '', embedded = true, answers = {}} = {}) {
    this.answers = answers;
    this.#webApp3.parent = embedded ? this.#page : this.#webApp3;
    const metas = {
      'meta[name="external-chat-origins"]': origins.join(' '),
      'meta[name="external-chat-dialect"]': dialect,
    };
    const write = (line) => this.#keep(this.log, line);
    const world = {
      parent: this.#webApp3,
      document: {querySelector: (selector) => ({content: metas[selector] ?? ''})},
      addEventListener: (type, listener, {signal} = {}) => {
        if (type !== 'message') return;
        this.#listeners.push(listener);
        signal?.addEventListener('abort', () => {
          this.#listeners = this.#listeners.filter((each) => each !== listener);
        });
      },
      removeEventListener: () => undefined,
      console: {info: write, warn: write, error: write, debug: write, log: write},
      AbortController: QuietAbortController,
      ...{crypto, setTimeout, clearTimeout, queueMicrotask, URL},
    };
    world.window = world;
    runInContext(script, createContext(world));
  }

  /** Waits until something that was told, asked or logged passes. */
  async until(passes) {
    for (;;) {
      const value = passes();
      if (value !== undefined && value !== false) return value;
      await once(this.#arrivals, 'arrival', {signal: AbortSignal.timeout(30_000)});
    }
  }

  /** The messages to the page with this action, in either dialect. */
  messages(name) {
    return this.told
      .map(({data}) => data)
      .filter(({action}) => PREFIXES.some((prefix) => action === prefix + name));
  }

  /** Waits for the page to be told this. */
  hears(name) {
    return this.until(() => this.messages(name).at(-1));
  }

  /** The page speaks to the plugin. */
  say(name, fields = {}, origin = 'https://app.example.com') {
    this.#say(DOCUMENTED + name, fields, origin);
  }

  /** The page speaks the second dialect. */
  sayVideoconf(name, fields = {}, origin = 'https://app.example.com') {
    this.#say(VIDEOCONF + name, fields, origin);
  }

  /** Web App 3 sends an event. */
  emit(event, payload) {
    this.#fromWebApp3({event, payload});
  }

  #say(action, fields, origin) {
    this.#deliver({source: this.#page, origin, data: {action, ...fields}});
  }

  #handleCall(call) {
    this.chanId = call.chanId;
    this.#keep(this.calls, call);
    const payload = this.answers[call.rpc]?.(call) ?? {status: 'ok', id: call.id};
    const reply = call.rpc === 'syn' ? {ack: true, ...payload} : payload;
    if (reply !== 'silence') {
      this.#fromWebApp3({rpc: call.rpc, replyTo: call.id, payload: reply});
    }
  }

  #fromWebApp3(data) {
    const message = {...data, chanId: this.chanId};
    this.#deliver({source: this.#webApp3, origin: 'https://node.example.com', data: message});
  }

  #deliver(event) {
    queueMicrotask(() => {
      let stopped = false;
      const stopImmediatePropagation = () => (stopped = true);
      for (const listener of [...this.#listeners]) {
        if (!stopped) listener({...event, stopImmediatePropagation});
      }
    });
  }

  #keep(list, value) {
    list.push(value);
    this.#arrivals.emit('arrival');
  }
}
