import type {NewRoom} from './rooms.js';
import type {NewUser} from './users.js';

const MINUTE = 60_000;

/** A room and what was said in it before the simulator started. */
export interface RoomWithHistory extends NewRoom {
  readonly messages?: readonly EarlierMessage[];
}

/** A message of the past. */
export interface EarlierMessage {
  readonly username: string;
  readonly text: string;
  /** ms before the start. */
  readonly age: number;
}

const earlier = (username: string, minutes: number, text: string): EarlierMessage => ({
  username,
  text,
  age: minutes * MINUTE,
});

/** Three people and an administrator; their passwords are made at random. */
export const DEFAULT_USERS: readonly NewUser[] = [
  {username: 'alice', name: 'Alice Martin'},
  {username: 'bob', name: 'Bob Keller'},
  {username: 'carol', name: 'Carol Nowak'},
  {username: 'admin', name: 'Admin', roles: ['admin', 'user']},
];

/** A clinic's rooms; alice is in all of them but `case-5820`. */
export const DEFAULT_ROOMS: readonly RoomWithHistory[] = [
  {
    type: 'c',
    name: 'general',
    members: ['admin', 'alice', 'bob', 'carol'],
    topic: 'News for everybody',
    messages: [
      earlier('admin', 1510, 'Welcome! This is the place for news that concerns everybody.'),
      earlier('carol', 190, 'The interpreters for French and Turkish are booked for this week.'),
    ],
  },
  {
    type: 'c',
    name: 'consultation',
    members: ['bob', 'alice'],
    topic: 'Video consultation, today at 10',
    messages: [
      earlier('bob', 38, 'Good morning! Your results from Tuesday are here.'),
      earlier('bob', 37, 'We can go through them together on video at ten, if that suits you.'),
      earlier('alice', 24, 'Good morning, ten is fine. Shall I have my medication list ready?'),
      earlier('bob', 22, 'Yes, please. A photo of it here in the chat will do, too.'),
      earlier('alice', 6, 'All set. I’ll join from the tablet, its camera is better.'),
    ],
  },
  {
    type: 'discussion',
    name: 'Follow-up appointments',
    parent: 'consultation',
    members: ['bob', 'alice'],
    messages: [earlier('bob', 4, 'Thursday at nine or Friday at four would be free.')],
  },
  {
    type: 'p',
    name: 'case-4711',
    members: ['bob', 'alice'],
    topic: 'Only the two of us can see this room',
    messages: [earlier('bob', 95, 'I have put the referral into your file.')],
  },
  {
    type: 'd',
    members: ['alice', 'bob'],
    messages: [earlier('bob', 52, 'Is the new phone number the right one to reach you?')],
  },
  {
    type: 'p',
    name: 'case-5820',
    members: ['bob', 'carol'],
    messages: [earlier('carol', 70, 'The second opinion has come in.')],
  },
];
