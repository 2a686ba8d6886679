import type {Setting} from './setting.js';
import {MINUTE} from './units.js';

/** Meetings at Pexip Infinity, their discussions, calls, and what pages may do in chats. */
export const MEETINGS: readonly Setting[] = [
  {path: 'pexip.node', kind: 'origin', about: 'Conferencing Node at which pages join meetings.'},
  {path: 'pexip.path', kind: 'branding-path', about: 'Branding path of Web App 3 there.'},
  {
    path: 'pexip.username',
    kind: 'text',
    about:
      'By which Pexip Infinity asks policy and tells events; without it there are no meetings.',
  },
  {
    path: 'pexip.password',
    kind: 'secret',
    secret: true,
    least: 16,
    about: 'The password with it, as in the policy profile and the event sink.',
  },
  {
    path: 'pexip.theme',
    kind: 'text',
    default: 'rocket.chat',
    about: "Theme (`ivr_theme_name`) of the broker's meetings.",
  },
  {
    path: 'meetings.grace',
    kind: 'time',
    default: '60s',
    least: 0,
    most: 60 * MINUTE,
    about: 'How long an instant meeting that everybody has left can be joined again.',
  },
  {
    path: 'meetings.admins',
    kind: 'text',
    list: true,
    default: [],
    about: 'Users (claim `sub`) who are given the dial-out for a recording by hand.',
  },
  {
    path: 'recording.destination',
    kind: 'text',
    about: 'Address of the recorder that meetings dial; without it nothing is recorded.',
  },
  {
    path: 'recording.protocol',
    kind: 'choice',
    choices: ['h323', 'rtmp', 'sip'],
    default: 'rtmp',
    about: 'How it is dialled.',
  },
  {
    path: 'recording.name',
    kind: 'text',
    default: 'Recording',
    about: 'Its name in the list of participants.',
  },
  {
    path: 'discussions.room',
    kind: 'text',
    about:
      'Id of the room in which discussions of scheduled and external meetings are made; without it they have none.',
  },
  {
    path: 'discussions.timeZone',
    kind: 'time-zone',
    default: 'UTC',
    about: 'Time zone of the date in the name of a discussion, as Europe/Berlin.',
  },
  {
    path: 'calls.page',
    kind: 'url',
    about: 'Page of the application that call links open; without it there are none.',
  },
  {
    path: 'chats.delete',
    kind: 'flag',
    default: false,
    about:
      "Whether pages may delete a chat with its messages (`removeChat()`), if Rocket.Chat's `delete-d` lets them.",
  },
  {
    path: 'limits.meetingsPerUser',
    kind: 'number',
    default: 30,
    least: 1,
    most: 10_000,
    about: 'Meetings and calls that one user makes in a minute; in a day 20 times as many.',
  },
  {
    path: 'limits.events',
    kind: 'number',
    default: 32 * 1024 * 1024,
    least: 1024,
    most: 1024 * 1024 * 1024,
    about: 'Largest body of events from Pexip Infinity, in bytes.',
  },
];
