import type {Credentials} from '../../../src/protocol/credentials.js';
import {leaks} from './leaks.js';
import {wrappedCounts} from './wrapped.js';

interface Places {
  readonly node: string;
  readonly workspace: string;
  readonly credentials: Credentials;
}

const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>>,
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

/** What is mounted, and the event by which it has all it will get. */
const cases = {
  /** A meeting whose plugin is ready. */
  room: ({node}: Places) => ({
    element: make('pexip-chat-room', {node, room: 'bench'}),
    done: 'pexip-ready',
  }),
  /** A meeting that goes before its frame has come. */
  'early room': ({node}: Places) => ({
    element: make('pexip-chat-room', {node, room: 'bench'}),
    done: undefined,
  }),
  /** A conversation whose user is signed in. */
  pane: ({workspace, credentials}: Places) => {
    const element = make('rc-chat-pane', {server: workspace, room: '#consultation'});
    element.auth = credentials;
    return {element, done: 'rc-ready'};
  },
} as const;

const event = (target: EventTarget, type: string): Promise<unknown> =>
  new Promise((resolve) => target.addEventListener(type, resolve, {once: true}));

/** A connection and its tokens stay for a moment when their last pane has gone. */
const LINGERING = ['listener of online on window', 'setTimeout of 5000 ms'];
const isSettled = async (): Promise<void> => {
  while (LINGERING.some((name) => wrappedCounts()[name]))
    await new Promise((resolve) => requestAnimationFrame(resolve));
};

/** What the bench calls from outside. */
export const bench = {
  /** Keeps a frame of a place for good, so that its processes need not start for each mount. */
  async keep(address: string): Promise<void> {
    const frame = make('iframe', {src: address});
    const loaded = event(frame, 'load');
    document.body.append(frame);
    await loaded;
  },

  /** Mounts and removes, one after another. */
  async mount(
    name: keyof typeof cases,
    times: number,
    places: Places,
    leak: keyof typeof leaks,
  ): Promise<void> {
    for (let time = 0; time < times; time++) {
      const {element, done} = cases[name](places);
      const isDone = done ? event(element, done) : element.updateComplete;
      document.body.append(element);
      await isDone;
      element.remove();
      leaks[leak](element);
    }
    await isSettled();
  },
  wrappedCounts,
};

declare global {
  var mountsBench: typeof bench;
}
globalThis.mountsBench = bench;
