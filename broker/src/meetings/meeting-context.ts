import {createCalls, type CallService} from '../calls/call-context.js';
import type {BrokerContext} from '../context.js';
import type {MeetingNews, Roster} from '../events/roster.js';
import {StoreRoster} from '../events/store-roster.js';
import {MeetingRecords} from './meeting-records.js';
import {Meetings} from './meetings.js';
import {Tickets} from './tickets.js';

/** What the routes of meetings work with. */
export interface MeetingContext extends BrokerContext {
  /** Conferencing Node at which meetings are joined; an origin. */
  readonly node: string;
  readonly meetings: Meetings;
  readonly tickets: Tickets;
  readonly roster: Roster;
  readonly calls: CallService;
  /** Ends what goes on by itself. */
  closeMeetings(): Promise<void>;
}

/**
 * Makes what meetings need, and begins to end them in time.
 *
 * @returns undefined where the operator has named no node and no login of Pexip Infinity: such a broker
 *   has no meetings
 */
export const createMeetings = (context: BrokerContext): MeetingContext | undefined => {
  const {settings, store, seal, audit, log} = context;
  const {node, username} = settings.pexip;
  if (node === undefined || username === undefined) return;
  const records = new MeetingRecords({store, seal});
  const roster = new StoreRoster({store});
  const tickets = new Tickets({store, seal});
  const {grace} = settings.meetings;
  const meetings = new Meetings({store, records, conferences: roster, audit, log, grace});
  // Those who want to hear of what events have changed (MeetingNews).
  const changed = new Set<(id: string) => Promise<void>>();
  const onChanged: MeetingNews['onChanged'] = (listener) => void changed.add(listener);
  const calls = createCalls({...context, meetings, roster, onChanged});
  meetings.start();
  return {
    ...context,
    node,
    meetings,
    tickets,
    roster,
    calls,
    closeMeetings: async () => {
      await calls.close();
      await meetings.close();
    },
  };
};
