import {
  OPTION_VALUES,
  TOKEN_ALLOWED,
  TOKEN_TEXT,
  TOOLS,
  WHITEBOARD_TOOLS,
} from '../elements/floating/option-values.js';
import type {
  UserDetailsFormatter,
  UserDetailsProvider,
  WidgetOptions,
} from '../elements/floating/widget-options.js';
import {languageTag} from '../elements/strings/strings.js';
import type {AccessToken} from '../transport/broker-client.js';
import {invalidOption, refuse} from './option-error.js';
import {
  address,
  callback,
  flag,
  oneOf,
  options,
  orNull,
  textOf,
  type Read,
  type ReadBy,
} from './option-kinds.js';

const NAME_LENGTH = 256;

const name = textOf(NAME_LENGTH);

const accessToken: Read<AccessToken | undefined> = (value, option) => {
  if (value === '' || typeof value === 'function') return (value as AccessToken) || undefined;
  return typeof value === 'string' && TOKEN_TEXT.test(value)
    ? value
    : refuse(option, value, TOKEN_ALLOWED);
};

const language: Read<string> = (value, option) =>
  typeof value === 'string' && languageTag(value)
    ? value
    : refuse(option, value, '"it", "en", "de" or "ar"', true);

const background = {background: name};
const both = options({...background, color: name});

const layout = options({
  header: both,
  headerButton: both,
  body: both,
  launcher: options(background),
  messageSent: both,
  messageReceived: both,
  dial: both,
  call: both,
  feedback: options({body: both, buttons: both}),
  fontFamily: textOf(1024),
});

const flags = <Name extends string>(...names: readonly Name[]): Record<Name, typeof flag> =>
  Object.fromEntries(names.map((each) => [each, flag])) as Record<Name, typeof flag>;

const whiteboard = options(flags(...WHITEBOARD_TOOLS));

const tools = options({
  ...flags(...TOOLS),
  whiteboard: (value: unknown, option: string) =>
    value !== null && typeof value === 'object' ? whiteboard(value, option) : flag(value, option),
});

/** The empty text is Bandyer's default. */
export const readExtensionUrl: Read<string> = (value, option) =>
  value === '' ? '' : address(true)(value, option);

const callType = oneOf(...OPTION_VALUES['call-type']);

/** Every option of `create()`. */
const OPTIONS = {
  accessToken: orNull(accessToken),
  environment: oneOf('sandbox', 'production'),
  broker: address(),
  useCookie: flag,
  hidden: flag,
  chat: flag,
  view: oneOf(...OPTION_VALUES.view),
  language,
  layout: orNull(layout),
  tools: orNull(tools),
  userDetailsProvider: orNull(callback<UserDetailsProvider>()),
  userDetailsFormatter: orNull(callback<UserDetailsFormatter>()),
  callType,
  call_type: callType,
  record: flag,
  recording: flag,
  recordingType: oneOf(...OPTION_VALUES['recording-type']),
  isAdmin: flag,
  mode: oneOf(...OPTION_VALUES.mode),
  feedback: flag,
  virtualBackground: oneOf(false, 'blur', 'image'),
  screenSharingExtensionId: textOf(NAME_LENGTH, 0),
  screenSharingExtensionURL: readExtensionUrl,
  userAlias: name,
  appId: name,
} satisfies {readonly [Name in keyof Required<WidgetOptions>]: Read<unknown>};

/** What a page may give, read. */
export type CreateOptions = ReadBy<typeof OPTIONS>;

const read = options(OPTIONS);

/** Two names for one thing. */
const SAME = [
  ['record', 'recording'],
  ['callType', 'call_type'],
] as const;
/**
 * Reads the options of `create()`.
 *
 * @returns those that were given, copied; of two names for one thing the first has the value
 * @throws {PexipChatError} `invalid-option`: one is wrong, unknown, or at odds with another one
 */
export const readOptions = (given: unknown): CreateOptions => {
  const found: CreateOptions = read(given, 'create()');
  for (const [one, other] of SAME) {
    const {[one]: first, [other]: second} = found;
    if (second === undefined) continue;
    if ((first ?? second) !== second)
      throw invalidOption(
        `The options "${one}" and "${other}" are one and must not differ: give one of them.`,
      );
    Object.assign(found, {[one]: second});
    delete found[other];
  }
  if (found.accessToken && found.useCookie)
    throw invalidOption(
      'The options "accessToken" and "useCookie" both say who the user is: give one.',
    );
  return found;
};
