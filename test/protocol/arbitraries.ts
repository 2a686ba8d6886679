import fc from 'fast-check';

import type {Control} from '../../src/protocol/controls.js';
import type {DialRequest} from '../../src/protocol/dial-request.js';
import type {Dialect} from '../../src/protocol/dialects.js';
import {
  HELLO_VERSION,
  type PageMessage,
  type PluginMessage,
} from '../../src/protocol/external-chat.js';
import {LIMITS} from '../../src/protocol/guards.js';
import type {Participant, RosterMessage, SelfState} from '../../src/protocol/roster.js';

const text = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(fc.string({maxLength}), fc.constantFrom('', 'Zoë ✆', '<b>', 'x'.repeat(maxLength)));
const id = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(fc.string({minLength: 1, maxLength}), fc.constant('x'.repeat(maxLength)));
const line = (maxLength: number): fc.Arbitrary<string> =>
  id(maxLength).filter((value) => /\S/.test(value));

const rtmp = fc.stringMatching(/^rtmps?:\/\/[\w.-]{1,60}(?:\/[\w?=&-]{0,60})?$/);
const address = fc.oneof(
  fc.stringMatching(/^[a-z\d][\w.+*#~!$&'=-]{0,60}@[a-z\d][\w.-]{0,60}(?::\d{1,5})?$/),
  fc.stringMatching(/^\+?\d{1,20}$/),
  fc.constantFrom(
    'consultation',
    '192.0.2.1',
    '192.0.2.1##17',
    'pexip.example.com:5061',
    'al@[::1]',
  ),
);

const DIAL_FIELDS = {
  role: fc.constantFrom('HOST', 'GUEST'),
  destination: address,
  protocol: fc.constantFrom('sip', 'h323', 'mssip', 'auto'),
  call_type: fc.constantFrom('video', 'video-only', 'audio'),
  presentation_url: rtmp,
  streaming: fc.constantFrom('yes', 'no'),
  dtmf_sequence: fc.stringMatching(/^[0-9*#A-D,]{1,64}$/),
  source: line(255),
  source_display_name: line(255),
  remote_display_name: line(255),
  text: line(255),
  keep_conference_alive: fc.constantFrom(
    'keep_conference_alive',
    'keep_conference_alive_if_multiple',
    'keep_conference_alive_never',
  ),
} as const;

/** Both sets of wire names. */
export const DIALECTS: readonly Dialect[] = ['external-chat', 'videoconf'];

/** Either set of wire names. */
export const anyDialect = (): fc.Arbitrary<Dialect> => fc.constantFrom(...DIALECTS);

const flags = <Name extends string>(
  ...names: readonly Name[]
): {readonly [Each in Name]: fc.Arbitrary<boolean>} =>
  Object.fromEntries(names.map((name) => [name, fc.boolean()])) as {
    [Each in Name]: fc.Arbitrary<boolean>;
  };

/** Every entry that a roster may have. */
export const participant = (): fc.Arbitrary<Participant> =>
  fc.record(
    {
      uuid: id(LIMITS.id),
      displayName: text(LIMITS.name),
      uri: id(LIMITS.name),
      ...flags('isWaiting', 'isHost', 'isMuted', 'isClientMuted', 'isCameraMuted'),
      ...flags('isPresenting', 'isSpotlight', 'raisedHand'),
      can: fc.record({
        ...flags('control', 'mute', 'disconnect', 'transfer', 'spotlight', 'fecc'),
        ...flags('raiseHand', 'changeLayout'),
      }),
    },
    {
      requiredKeys: [
        ...(['uuid', 'displayName', 'isWaiting', 'isHost', 'isMuted', 'isClientMuted'] as const),
        ...(['isCameraMuted', 'isPresenting', 'isSpotlight', 'raisedHand', 'can'] as const),
      ],
    },
  ) as fc.Arbitrary<Participant>;

/** Every roster of up to 20, each uuid once. */
export const roster = (): fc.Arbitrary<readonly Participant[]> =>
  fc.uniqueArray(participant(), {maxLength: 20, selector: ({uuid}) => uuid});

/** Everything that a plugin may tell of its own person. */
export const selfState = (): fc.Arbitrary<SelfState> =>
  fc.record({
    participantUuid: id(LIMITS.id),
    ...flags('micMuted', 'camMuted', 'clientMuted', 'isHost', 'canControl'),
  });

/** Every message about people that a plugin may send. */
export const rosterMessage = (): fc.Arbitrary<RosterMessage> =>
  fc.oneof(
    fc.record({type: fc.constant('roster' as const), participants: roster()}),
    selfState().map((self) => ({type: 'self' as const, ...self})),
    fc.record({type: fc.constant('toggle-participants' as const), active: fc.boolean()}),
  );

/** Every control that a page may send, by its name. */
export const CONTROLS: {readonly [Type in Control['type']]: fc.Arbitrary<Control>} = (() => {
  const participantUuid = id(LIMITS.id);
  const role = fc.constantFrom('host' as const, 'guest' as const);
  const make = <Fields extends Record<string, fc.Arbitrary<unknown>>>(
    type: Control['type'],
    fields: Fields,
    ...optional: readonly string[]
  ): fc.Arbitrary<Control> => {
    const requiredKeys = ['type', ...Object.keys(fields).filter((key) => !optional.includes(key))];
    const model: Record<string, fc.Arbitrary<unknown>> = {type: fc.constant(type), ...fields};
    return fc.record(model, {requiredKeys}) as unknown as fc.Arbitrary<Control>;
  };
  return {
    mute: make('mute', {participantUuid, muted: fc.boolean()}),
    'mute-video': make('mute-video', {participantUuid, muted: fc.boolean()}),
    'mute-all-guests': make('mute-all-guests', {muted: fc.boolean()}),
    admit: make('admit', {participantUuid}),
    disconnect: make('disconnect', {participantUuid}),
    spotlight: make('spotlight', {participantUuid, active: fc.boolean()}),
    'raise-hand': make('raise-hand', {participantUuid, raised: fc.boolean()}),
    'set-role': make('set-role', {participantUuid, role}),
    transfer: make(
      'transfer',
      {
        participantUuid,
        alias: fc.oneof(
          fc.stringMatching(/^[\w.@:+-]{1,60}$/),
          fc.constantFrom('Sprechstunde-Zoë', 'x'.repeat(255)),
        ),
        role,
        pin: fc.stringMatching(/^\d{0,20}#?$/),
      },
      'role',
      'pin',
    ),
    dtmf: make('dtmf', {participantUuid, digits: fc.stringMatching(/^[0-9*#A-D,]{1,64}$/)}),
    'participants-state': make('participants-state', {active: fc.boolean()}),
  };
})();

/** Every control that a page may send. */
export const control = (): fc.Arbitrary<Control> => fc.oneof(...Object.values(CONTROLS));

/** The names of the 12 documented fields. */
export const DIAL_NAMES = Object.keys(DIAL_FIELDS) as (keyof DialRequest)[];

/** Every request that the documentation allows. */
export const dialRequest = (): fc.Arbitrary<DialRequest> => {
  const requiredKeys = ['role', 'destination', 'protocol'] as const;
  const ofRtmp = {...DIAL_FIELDS, destination: rtmp, protocol: fc.constant('rtmp')};
  return fc.oneof(
    fc.record(DIAL_FIELDS, {requiredKeys: [...requiredKeys]}),
    fc.record(ofRtmp, {requiredKeys: [...requiredKeys]}),
  ) as fc.Arbitrary<DialRequest>;
};

/** Every message a plugin may send. */
export const pluginMessage = (): fc.Arbitrary<PluginMessage> => {
  const requestId = id(LIMITS.id);
  return fc.oneof(
    fc.record(
      {
        type: fc.constant('ready'),
        version: fc.oneof(fc.maxSafeInteger(), id(LIMITS.code)),
        features: fc.array(id(LIMITS.code), {maxLength: 64}),
      },
      {requiredKeys: ['type']},
    ),
    fc.record(
      {type: fc.constant('connected'), conferenceAlias: text(LIMITS.name)},
      {requiredKeys: ['type']},
    ),
    fc.record(
      {
        type: fc.constant('disconnected'),
        userInitiated: fc.boolean(),
        error: text(LIMITS.message),
        errorCode: text(LIMITS.code),
      },
      {requiredKeys: ['type', 'userInitiated']},
    ),
    fc.record({type: fc.constant('toggle-chat'), active: fc.boolean()}),
    fc.record(
      {
        type: fc.constant('dial-out-success'),
        uuid: id(LIMITS.id),
        displayName: text(LIMITS.name),
        requestId,
      },
      {requiredKeys: ['type', 'uuid']},
    ),
    fc.record(
      {
        type: fc.constant('dial-out-error'),
        message: text(LIMITS.message),
        code: id(LIMITS.code),
        field: id(LIMITS.code),
        requestId,
      },
      {requiredKeys: ['type', 'message']},
    ),
  ) as fc.Arbitrary<PluginMessage>;
};

/** Every message a page may send, but dial-outs. */
export const pageMessage = (): fc.Arbitrary<Exclude<PageMessage, {type: 'dial-out'}>> =>
  fc.oneof(
    fc.record({
      type: fc.constant('toggle-chat-button-state' as const),
      active: fc.boolean(),
    }),
    fc.record({type: fc.constant('toggle-chat-badge' as const), visible: fc.boolean()}),
    fc.record({type: fc.constant('dial-out-cancel' as const), requestId: id(LIMITS.id)}),
    fc.record({type: fc.constant('hello' as const), version: fc.constant(HELLO_VERSION)}),
  );

/** What may stand beside the request of a dial-out. */
export const dialOutExtras = (): fc.Arbitrary<{requestId?: string; timeout?: number}> =>
  fc.record(
    {requestId: id(LIMITS.id), timeout: fc.integer({min: 1, max: 600_000})},
    {requiredKeys: []},
  );

/** The names of the messages about people. */
export const ROSTER_MESSAGES: readonly RosterMessage['type'][] = [
  'roster',
  'self',
  'toggle-participants',
];
