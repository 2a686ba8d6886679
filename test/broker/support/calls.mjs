import {createCalls} from '../../../broker/dist/calls/call-context.js';
import {CallStream} from '../../../broker/dist/calls/call-stream.js';
import {MeetingRecords} from '../../../broker/dist/meetings/meeting-records.js';
import {Meetings} from '../../../broker/dist/meetings/meetings.js';
import {BrokerError} from '../../../broker/dist/errors.js';
import {fakeAudit, noLog} from '../../support/broker-fakes.mjs';
import {fakeSeal} from '../../support/fake-seal.mjs';

/** The events in the text of a stream, and its comments. */
export const eventsIn = (text) =>
  text
    .split('\n\n')
    .slice(0, -1)
    .flatMap((block) => {
      const lines = block.split('\n').map((line) => line.split(/: ?(.*)/s));
      const {event, data} = Object.fromEntries(lines);
      return event ? [{event, ...JSON.parse(data)}] : [];
    });

/** A server's response that keeps what is written; `reads` false: by nobody who reads. */
export const fakeResponse = () => {
  const response = {
    text: '',
    reads: true,
    writableLength: 0,
    destroyed: false,
    writableEnded: false,
    writeHead: (status, headers) => Object.assign(response, {status, headers}),
    write: (text) => {
      response.text += text;
      if (!response.reads) response.writableLength += text.length;
    },
    end: () => (response.writableEnded = true),
    destroy: () => (response.destroyed = true),
  };
  return response;
};

/** Those whom Pexip Infinity has, as a test says. */
export const fakeRoster = () => {
  const seen = new Set();
  return {
    see: (meeting, sub) => seen.add(`${meeting} ${sub}`),
    hasSeen: async (meeting, sub) => seen.has(`${meeting} ${sub}`),
    emptySince: async () => undefined,
    participants: async () => [],
    isLive: async () => false,
  };
};

let count = 0;

/** The calls of one broker. Several may have one store; a broker ends with the test, or by `close()`. */
export const callsAt = (t, store, {roster = fakeRoster(), people = [], page} = {}) => {
  const seal = fakeSeal();
  const records = new MeetingRecords({store, seal});
  const log = noLog;
  const meetings = new Meetings({
    ...{store, records, conferences: roster, audit: fakeAudit(), log, grace: 60_000},
  });
  const gone = [];
  const changed = [];
  const service = createCalls({
    ...{store, seal, log, meetings, roster},
    settings: {calls: {page}},
    sessions: {onGone: (listener) => void gone.push(listener)},
    onChanged: (listener) => void changed.push(listener),
    workspace: {
      find: async (alias) => {
        if (alias === 'admin') throw new BrokerError(403, 'account-refused', 'An admin.');
        return people.includes(alias) ? {alias} : undefined;
      },
    },
  });
  let closing;
  const close = () => (closing ??= service.close());
  t.after(close);

  return {
    ...service,
    meetings,
    roster,
    seal,
    close,
    ring: (caller, callee, more = {}) =>
      service.calls.make(
        {sub: caller, by: 'jwt'},
        {callee, callType: 'video', record: 'none', ...more},
      ),
    /** Events of Pexip Infinity about a meeting have been taken in. */
    tellChanged: (id) => Promise.all(changed.map((listener) => listener(id))),
    tellGone: (sub, reason) => Promise.all(gone.map((listener) => listener(sub, reason))),
    /** A tab of a user. */
    tab: async (sub, {until = Date.now() + 3_600_000} = {}) => {
      const response = fakeResponse();
      const stream = new CallStream({id: `${sub}-${++count}`, sub, response, until});
      await service.streams.add(stream);
      return {
        id: stream.id,
        response,
        events: () => eventsIn(response.text),
        names: () => eventsIn(response.text).map(({event}) => event),
        last: () => eventsIn(response.text).at(-1),
        leave: () => {
          response.destroy();
          service.streams.remove(stream);
        },
      };
    },
  };
};

/** The code of what a promise is rejected with. */
export const codeOf = async (promise) => {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return [error.status, error.code];
  }
  return 'not refused';
};
