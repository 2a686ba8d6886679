import fc from 'fast-check';

import type {DialRequest} from '../../src/protocol/dial-request.js';
import {
  HELLO_VERSION,
  type PageMessage,
  type PluginMessage,
} from '../../src/protocol/external-chat.js';
import {LIMITS} from '../../src/protocol/guards.js';

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
