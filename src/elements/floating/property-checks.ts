import {PexipChatError} from '../../errors.js';
import {kindOf} from './given-kind.js';
import {TOOLS} from './option-values.js';
import type {WidgetProperties} from './widget-options.js';

/** Looks at what the page has given. */
export type PropertyChecks = (given: WidgetProperties) => void;

const wrong = (name: string, given: string, allowed: string): string =>
  `The option "${name}" was given ${given}. It must be ${allowed}.`;

/** What is wrong with the tools that a page has given, of which there is but one error. */
const wrongTool = (tools: object): string | undefined => {
  const allowed = `an object with some of ${TOOLS.join(', ')}`;
  try {
    if (typeof tools !== 'object' || Array.isArray(tools))
      return wrong('tools', kindOf(tools), allowed);
    for (const [name, on] of Object.entries(tools) as [string, unknown][]) {
      if (!TOOLS.some((each) => each === name))
        return wrong('tools', JSON.stringify(name.slice(0, 40)), allowed);
      const isSet = name === 'whiteboard' && on !== null && typeof on === 'object';
      if (!isSet && ![true, false, undefined].includes(on as boolean))
        return wrong(`tools.${name}`, kindOf(on), 'true or false');
    }
  } catch {
    return wrong('tools', 'what throws when it is read', allowed);
  }
  return;
};

/** Tells of properties that are none of what they can be, once each: what is wrong counts for nothing. */
export const propertyChecks = (report: (error: PexipChatError) => void): PropertyChecks => {
  const seen = new Map<string, unknown>();
  return (given) => {
    for (const name of ['tools', 'userDetailsProvider', 'userDetailsFormatter'] as const) {
      const value: unknown = given[name];
      if (value === seen.get(name)) continue;
      seen.set(name, value);
      if (value === undefined || value === null) continue;
      const text =
        name === 'tools'
          ? wrongTool(value)
          : typeof value !== 'function' && wrong(name, kindOf(value), 'a function');
      if (text) report(new PexipChatError('invalid-option', text));
    }
  };
};
