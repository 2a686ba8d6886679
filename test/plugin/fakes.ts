import type {InfinityParticipant, Plugin, ToolbarButtonPayload} from '@pexip/plugin-api';

import {readAction} from '../../src/protocol/dialects.js';

type Events = Plugin['events'];
type Payload<N extends keyof Events> = Parameters<Parameters<Events[N]['add']>[0]>[0];

/** A signal as @pexip/signal makes it: what is emitted while nobody observes is lost. */
class FakeSignal {
  readonly #observers = new Set<(subject: unknown) => void>();

  add(observer: (subject: unknown) => void, options?: {signal?: AbortSignal}): () => void {
    this.#observers.add(observer);
    const detach = (): void => void this.#observers.delete(observer);
    options?.signal?.addEventListener('abort', detach);
    return detach;
  }

  emit(subject: unknown): void {
    this.#observers.forEach((observer) => observer(subject));
  }
}

/** The `events` of a plugin, and the means to emit one as Web App 3 does, whatever its payload. */
export const fakeEvents = () => {
  const signals = new Map<string, FakeSignal>();
  const signalOf = (name: string): FakeSignal => {
    const signal = signals.get(name) ?? new FakeSignal();
    signals.set(name, signal);
    return signal;
  };
  return {
    events: new Proxy({}, {get: (_, name) => signalOf(String(name))}) as Events,
    emit: <N extends keyof Events>(name: N, payload?: unknown): void =>
      signalOf(name).emit(payload as Payload<N>),
  };
};

const yes = (flag: boolean): string => (flag ? 'YES' : 'NO');

/** A participant as Pexip's REST API, and so the reply to `requestParticipants`, has it. */
export const fromReply = (participant: InfinityParticipant): Record<string, unknown> => ({
  uuid: participant.uuid,
  display_name: participant.displayName,
  uri: participant.uri,
  role: participant.role,
  service_type: participant.serviceType,
  is_muted: yes(participant.isMuted),
  is_client_muted: participant.isClientMuted,
  is_video_muted: participant.isCameraMuted,
  is_presenting: yes(participant.isPresenting),
  spotlight: participant.isSpotlight ? 1_700_000_000 : 0,
  buzz_time: participant.raisedHand ? 1_700_000_000 : 0,
  mute_supported: yes(participant.canMute),
  disconnect_supported: yes(participant.canDisconnect),
  transfer_supported: yes(participant.canTransfer),
  fecc_supported: yes(participant.canFecc),
});

/** A toolbar that adds buttons at once, and answers an update when the test says so. */
export const slowToolbar = () => {
  const onClick = new FakeSignal();
  const added: ToolbarButtonPayload[] = [];
  const updates: {payload: ToolbarButtonPayload; answer: () => void; refuse: () => void}[] = [];
  const update = (payload: ToolbarButtonPayload): Promise<void> =>
    new Promise((resolve, reject) => {
      updates.push({payload, answer: resolve, refuse: () => reject({reason: 'no'})});
    });
  const addButton = (payload: ToolbarButtonPayload) => {
    added.push(payload);
    return Promise.resolve({onClick, update});
  };
  return {added, updates, addButton, click: () => onClick.emit(undefined)};
};

/** A message to the page: what, and for which origin. */
export interface Posted {
  readonly data: Record<string, unknown>;
  readonly target: string;
}

/** A window that keeps what it is sent. */
export class FakeWindow extends EventTarget {
  readonly posted: Posted[] = [];
  parent: FakeWindow = this;

  constructor(parent?: FakeWindow) {
    super();
    if (parent) this.parent = parent;
  }

  postMessage(data: Record<string, unknown>, target: string): void {
    this.posted.push({data, target});
  }

  asWindow(): Window {
    return this as unknown as Window;
  }

  /** The actions it was sent, without their prefix. */
  get actions(): string[] {
    return this.posted.map(({data}) => readAction(data)?.name ?? '');
  }

  /** Receives a message. `data` may be a function, to tell when it is read. */
  receive(source: FakeWindow | null, origin: string, data: unknown): void {
    const event = Object.defineProperties(new Event('message'), {
      source: {value: source},
      origin: {value: origin},
      data: {get: () => (typeof data === 'function' ? (data as () => unknown)() : data)},
    });
    this.dispatchEvent(event);
  }
}

/** A page of the documented protocol that embeds Web App 3, which holds the plugin. */
export const fakeWindows = () => {
  const page = new FakeWindow();
  const webApp3 = new FakeWindow(page);
  return {page, webApp3, self: new FakeWindow(webApp3)};
};

/** Keeps what is written to the console from now on; `restore` gives the console back. */
export const captureConsole = () => {
  const {info, warn} = console;
  const lines: string[] = [];
  console.info = console.warn = (line: unknown): void => void lines.push(String(line));
  return {lines, restore: (): void => void Object.assign(console, {info, warn})};
};

/** Keeps the timers that are set from now on; `restore` gives the clock back, `run` runs the kept ones. */
export const fakeTimers = () => {
  const {setTimeout, clearTimeout} = window;
  const timers = new Map<number, {run: () => void; ms: number}>();
  const waits: number[] = [];
  const set = (run: () => void, ms = 0): number => {
    timers.set(waits.push(ms), {run, ms});
    return waits.length;
  };
  const clear = (id: number): void => void timers.delete(id);
  Object.assign(window, {setTimeout: set, clearTimeout: clear});
  return {
    /** How long each timer was to wait, in their order. */
    waits,
    /** How many are still to run. */
    get size(): number {
      return timers.size;
    },
    run: (): void => {
      const due = [...timers.values()];
      timers.clear();
      due.forEach(({run}) => run());
    },
    restore: (): void => void Object.assign(window, {setTimeout, clearTimeout}),
  };
};
