import {PexipChatError} from '../../errors.js';
import {kindOf} from './given-kind.js';
import {TOKEN_ALLOWED, TOKEN_TEXT, TOOLS, WHITEBOARD_TOOLS} from './option-values.js';
import type {WidgetProperties} from './widget-options.js';

const WHITEBOARD = 'tools.whiteboard';

/** Looks at what the page has given. @param host the widget */
export type PropertyChecks = (given: WidgetProperties, host?: Element) => void;

const wrong = (name: string, given: string, allowed: string): string =>
  `The option "${name}" was given ${given}. It must be ${allowed}.`;

/** What is wrong with switches, of which there is but one error. */
const wrongSwitches = (
  option: string,
  given: object,
  known: readonly string[],
): string | undefined => {
  const allowed = `an object with some of ${known.join(', ')}`;
  if (typeof given !== 'object' || Array.isArray(given))
    return wrong(option, kindOf(given), allowed);
  for (const [name, on] of Object.entries(given) as [string, unknown][]) {
    const each = `${option}.${name}`;
    if (!known.includes(name)) return wrong(option, JSON.stringify(name.slice(0, 40)), allowed);
    const isSet = each === WHITEBOARD && on !== null && typeof on === 'object';
    const text = isSet
      ? wrongSwitches(each, on, WHITEBOARD_TOOLS)
      : ![true, false, undefined].includes(on as boolean) &&
        wrong(each, kindOf(on), 'true or false');
    if (text) return text;
  }
  return;
};

const wrongTools = (tools: object): string | undefined => {
  try {
    return wrongSwitches('tools', tools, TOOLS);
  } catch {
    return wrong(
      'tools',
      'what throws when it is read',
      `an object with some of ${TOOLS.join(', ')}`,
    );
  }
};

const isToken = (value: unknown): boolean =>
  typeof value === 'function' ||
  value === '' ||
  (typeof value === 'string' && TOKEN_TEXT.test(value));

/** Tells of properties that are none of what they can be, once each: what is wrong counts for nothing. */
export const propertyChecks = (report: (error: PexipChatError) => void): PropertyChecks => {
  const tell = (text: string): void => report(new PexipChatError('invalid-option', text));
  const seen = new Map<string, unknown>();
  const isNew = (name: string, value: unknown): boolean =>
    value !== seen.get(name) && (seen.set(name, value), value !== undefined && value !== null);
  return (given, host) => {
    for (const name of ['userDetailsProvider', 'userDetailsFormatter'] as const) {
      const value: unknown = given[name];
      if (isNew(name, value) && typeof value !== 'function')
        tell(wrong(name, kindOf(value), 'a function'));
    }
    const {tools, accessToken} = given;
    const text = isNew('tools', tools) && wrongTools(tools!);
    if (text) tell(text);
    if (isNew('accessToken', accessToken) && !isToken(accessToken))
      tell(wrong('accessToken', kindOf(accessToken), TOKEN_ALLOWED));
    const both = (accessToken && host?.hasAttribute('use-cookie')) || null;
    if (isNew('both', both))
      tell(
        'The property "accessToken" and the attribute "use-cookie" both say who the user is: give one.',
      );
  };
};
