import {WebApp3Remote} from '../../demo/simulators/web-app3/remote.js';
import {ACTION_PREFIX} from '../../src/protocol/external-chat.js';
import {place} from './mount.js';
import {simulators} from 'test-simulators';

type Received = Readonly<Record<string, unknown>>;

let life = new AbortController();
afterEach(() => {
  life.abort();
  life = new AbortController();
});

/** A message of the documented dialect as it travels. */
export const wire = (name: string, fields: object = {}): object => ({
  action: ACTION_PREFIX + name,
  ...fields,
});

/**
 * What a page does that was written by hand from the source document alone: a frame with the meeting,
 * whose plugin is ready, and messages to and from that plugin.
 */
export const setupHandWrittenPage = async () => {
  const inbox: Received[] = [];
  const waiting = new Set<() => void>();
  let plugin: Window | undefined;
  const frame = document.createElement('iframe');
  frame.title = 'meeting';
  window.addEventListener(
    'message',
    ({data, source}) => {
      if (typeof data?.action !== 'string' || !data.action.startsWith(ACTION_PREFIX)) return;
      plugin = source as Window;
      inbox.push(data);
      waiting.forEach((check) => check());
    },
    {signal: life.signal},
  );
  /** Resolves with the first message from now on that has this name and these fields. */
  const next = (name: string, fields: object = {}): Promise<Received> => {
    const from = inbox.length;
    const wanted = Object.entries(wire(name, fields));
    return new Promise((resolve) => {
      const check = (): void => {
        const found = inbox
          .slice(from)
          .find((each) => wanted.every(([key, value]) => each[key] === value));
        if (!found) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
    });
  };
  const ready = next('ready');
  frame.src = `${simulators.webApp3}/webapp3/m/consultation`;
  place(frame);
  await ready;
  const meeting = new WebApp3Remote(frame, simulators.webApp3);
  const send = (name: string, fields: object = {}): void =>
    plugin!.postMessage(wire(name, fields), '*');
  return {inbox, next, meeting, send};
};
