import {createCalls, type CallService} from '../calls/call-context.js';
import type {BrokerContext} from '../context.js';
import {createDiscussions} from '../discussions/create-discussions.js';
import type {Discussions} from '../discussions/discussions.js';
import {EventSink} from '../events/event-sink.js';
import type {Roster} from '../events/roster.js';
import {StoreRoster} from '../events/store-roster.js';
import {Invitations} from '../invitations/invitations.js';
import {createRooms} from '../workspace/rocket-chat-rooms.js';
import type {Rooms} from '../workspace/rooms.js';
import {accessOf, type Access} from './access.js';
import {Links} from './links.js';
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
  readonly invitations: Invitations;
  /** What Pexip Infinity tells; tells of it itself. */
  readonly sink: EventSink;
  readonly rooms: Rooms;
  readonly access: Access;
  readonly links: Links;
  readonly discussions: Discussions;
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
  const roster = new StoreRoster({store, seal});
  const tickets = new Tickets({store, seal});
  const {grace} = settings.meetings;
  const meetings = new Meetings({store, records, conferences: roster, audit, log, grace});
  const rooms = createRooms(context);
  const access = accessOf({meetings, roster, tickets, log}, rooms);
  const sink = new EventSink({store, seal, log, meetings, tickets});
  sink.onChanged((id) => meetings.review(id));
  const calls = createCalls({
    ...context,
    meetings,
    roster,
    onChanged: (listener) => sink.onChanged(listener),
  });
  meetings.start();
  sink.start();
  return {
    ...context,
    node,
    meetings,
    tickets,
    roster,
    rooms,
    access,
    links: new Links({node, path: settings.pexip.path, tickets}),
    invitations: new Invitations({settings, node, seal, access}),
    discussions: createDiscussions(context, rooms),
    sink,
    calls,
    closeMeetings: async () => {
      await calls.close();
      await sink.close();
      await meetings.close();
    },
  };
};
