import type {MeetingNews} from '../events/roster.js';
import type {MeetingContext} from '../meetings/meeting-context.js';
import {demandUser} from '../routes/user-routes.js';
import {SignOuts} from '../sessions/sign-outs.js';
import {CallClaims} from './call-claims.js';
import {CallHistory} from './call-history.js';
import {CallLinks} from './call-links.js';
import {CallNews} from './call-news.js';
import {CallRecords} from './call-records.js';
import {CallStreams} from './call-streams.js';
import {CallWatch} from './call-watch.js';
import {Calls} from './calls.js';
import {Presence} from './presence.js';

/** What the routes of calls work with. */
export interface CallService {
  readonly calls: Calls;
  readonly links: CallLinks;
  readonly history: CallHistory;
  readonly streams: CallStreams;
  /** Ends all streams, and takes no more: their pages go to other brokers. */
  drain(): void;
  close(): Promise<void>;
}

/** What calls need of the broker. */
export interface CallParts extends Pick<
  MeetingContext,
  'log' | 'meetings' | 'roster' | 'seal' | 'sessions' | 'settings' | 'store' | 'workspace'
> {
  /** Has the listener called with the id of each meeting about which events have changed something. */
  readonly onChanged: MeetingNews['onChanged'];
}

/** Makes what calls need, and begins to look after them. */
export const createCalls = (parts: CallParts): CallService => {
  const {store, seal, log, meetings, roster, sessions, settings, workspace, onChanged} = parts;
  const records = new CallRecords({store, seal});
  const news = new CallNews({store, records, seal});
  const presence = new Presence({store, log});
  const history = new CallHistory({store, records});
  const claims = new CallClaims({store, records});
  const calls = new Calls({
    store,
    records,
    claims,
    history,
    news,
    presence,
    meetings,
    demandUser: (sub) => demandUser(workspace, sub),
    log,
  });
  const signOuts = new SignOuts(store);
  const streams = new CallStreams({news, records, calls, presence, signOuts, log});
  const watch = new CallWatch({store, records, calls, claims, news, roster, presence, log});
  meetings.atEnd((meeting) => calls.meetingEnded(meeting));
  onChanged((id) => watch.meetingChanged(id));
  sessions.onGone((sub, what) => news.tellUser({sub, what}));
  presence.start();
  streams.start();
  watch.start();
  return {
    calls,
    links: new CallLinks(seal, settings.calls.page),
    history,
    streams,
    drain: () => streams.drain(),
    close: async () => {
      streams.close();
      await watch.close();
      await presence.close();
    },
  };
};
