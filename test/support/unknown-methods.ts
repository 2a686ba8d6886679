import {field} from '../../src/protocol/guards.js';

const {send} = WebSocket.prototype;
afterEach(() => {
  WebSocket.prototype.send = send;
});

const know = (isKnown: (method: string) => boolean): void => {
  WebSocket.prototype.send = function (data) {
    const frame: unknown = JSON.parse(String(data));
    const method = field(frame, 'method');
    const known = typeof method !== 'string' || isKnown(method);
    const renamed = JSON.stringify({...Object(frame), method: `unknown/${String(method)}`});
    send.call(this, known ? data : renamed);
  };
};

/**
 * Has no workspace know these methods until the end of the test: they arrive there under a name that
 * it has never heard of, and are refused as that is.
 */
export const withoutMethods = (...methods: readonly string[]): void =>
  know((method) => !methods.includes(method));

/** The same of all methods but the one by which a connection is signed in. */
export const withLoginAlone = (): void => know((method) => method === 'login');

/** All methods for which there is another way. */
export const ALL_BY_REST = [
  'messages/get',
  'subscriptions/get',
  'rooms/get',
  'sendMessage',
  'readMessages',
  'getRoomByTypeAndName',
  'public-settings/get',
] as const;
