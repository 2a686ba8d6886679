import {WebApp3Remote} from '../../demo/simulators/web-app3/remote.js';
import {place} from './mount.js';
import {simulators} from 'test-simulators';

/** What the probe was told, in its order. */
export interface ProbeEvent {
  /** The name in plugin-api's `events`. */
  readonly name: string;
  readonly payload: unknown;
}

let life = new AbortController();
afterEach(() => {
  life.abort();
  life = new AbortController();
});

let lastId = 0;

/** A meeting whose plugin does what the test says. */
export const setupProbe = async (query = '') => {
  const events: ProbeEvent[] = [];
  const answers = new Map<number, unknown>();
  const waiting = new Map<number, (value: unknown) => void>();
  const frame = document.createElement('iframe');
  frame.title = 'meeting';
  let plugin: Window | undefined;
  const {signal} = life;
  const ready = new Promise<void>((resolve) => {
    const receive = ({data, source}: MessageEvent): void => {
      if (data?.probe === 'ready') {
        plugin = source as Window;
        resolve();
      } else if (data?.probe === 'event') events.push({name: data.name, payload: data.payload});
      else if (data?.probe === 'answer') {
        answers.set(data.id, data.value);
        waiting.get(data.id)?.(data.value);
      }
    };
    window.addEventListener('message', receive, {signal});
  });
  frame.src = `${simulators.probeWebApp3}/webapp3/m/consultation?name=Alice${query}`;
  place(frame);
  await ready;
  const meeting = new WebApp3Remote(frame, simulators.probeWebApp3);
  signal.addEventListener('abort', () => meeting.close());

  const post = (message: object): number => {
    const id = ++lastId;
    plugin!.postMessage({...message, id}, '*');
    return id;
  };
  const answerTo = (id: number): Promise<unknown> =>
    new Promise((resolve) => waiting.set(id, resolve));

  /** Calls a method of `conference` and resolves with its answer. */
  const call = (method: string, payload: object = {}): Promise<unknown> =>
    answerTo(post({probe: 'call', method, payload}));

  /**
   * Resolves when all has come that the meeting has told so far: messages keep their order, and this
   * call is always answered, if only by saying that it is not simulated.
   */
  const settled = (): Promise<unknown> => call('getCurrentRoomId');

  /**
   * Calls a method of `conference`, and tells whether it is answered: before a call that was made
   * after it, or never.
   */
  const isAnswered = async (method: string, payload: object = {}): Promise<boolean> => {
    const id = post({probe: 'call', method, payload});
    await settled();
    return answers.has(id);
  };

  /** Resolves with the events that an action brings. */
  const eventsOf = async (action: () => Promise<unknown>): Promise<ProbeEvent[]> => {
    await settled();
    const from = events.length;
    await action();
    await settled();
    return events.slice(from);
  };

  /** Adds a toolbar button. */
  const addButton = (payload: object): Promise<unknown> =>
    answerTo(post({probe: 'button', payload}));

  return {meeting, call, isAnswered, eventsOf, addButton};
};
