import {PexipChatError} from '../../errors.js';
import {attributeError} from '../attribute-errors.js';
import {languageTag} from '../strings/strings.js';
import {OPTION_VALUES, TOOLS} from './option-values.js';
import type {WidgetProperties} from './widget-options.js';

/** So much of what is wrong is repeated. */
const LONGEST = 40;
/** The documented names of events. Those of calls can be listened to already. */
const EVENTS: readonly string[] =
  'typing_started,message_sent,message_received,message_read,chat_loaded,user_connected,user_disconnected,access_token_is_about_to_expire,access_token_expired,error,incoming_call,call_dial_answered,call_dial_declined,call_dial_stopped,call_started,call_ended,force_disconnect'.split(
    ',',
  );

/** Attributes that nothing stands for where they are wrong. */
const WITHOUT_DEFAULT = {'virtual-background': ['blur', 'image']} as const;
const FUNCTIONS = ['userDetailsProvider', 'userDetailsFormatter'] as const;

const quoted = (given: string): string => JSON.stringify(given.slice(0, LONGEST));

/** What was given, without what it holds: a text may be a token. */
const kindOf = (given: unknown): string =>
  given === null ? 'null' : Array.isArray(given) ? 'an array' : `a ${typeof given}`;

/** What is wrong with the tools that a page has given, of which there is but one error. */
const wrongTool = (tools: unknown): string | undefined => {
  if (tools === undefined || tools === null) return;
  const known = `There are: ${TOOLS.join(', ')}.`;
  if (typeof tools !== 'object' || Array.isArray(tools))
    return `The option "tools" was given ${kindOf(tools)}. It must be an object. ${known}`;
  try {
    for (const [name, on] of Object.entries(tools) as [string, unknown][]) {
      const isKnown = TOOLS.some((each) => each === name);
      if (!isKnown) return `The option "tools" has no ${quoted(name)}. ${known}`;
      if (on === undefined || typeof on === 'boolean') continue;
      if (name === 'whiteboard' && on && typeof on === 'object') continue;
      return `The option "tools.${name}" was given ${kindOf(on)}. It must be true or false, and is off.`;
    }
  } catch {
    return 'The option "tools" throws an error when it is read. It must be a plain object.';
  }
  return;
};

/** Tells what pages have written wrong, once each. */
export class LauncherChecks {
  readonly #report: (error: PexipChatError) => void;
  /** What each attribute was when it was looked at. */
  readonly #seen = new Map<string, string | null>();
  /** What each property was. */
  readonly #given = new Map<string, unknown>();

  constructor(report: (error: PexipChatError) => void) {
    this.#report = report;
  }

  /** Attributes that are none of what they can be: the default stands for them. */
  attributes(host: Element): void {
    const all = {...OPTION_VALUES, ...WITHOUT_DEFAULT};
    for (const [name, allowed] of Object.entries(all)) {
      const given = this.#changed(host, name);
      if (!given || allowed.some((each) => each === given)) continue;
      const standing = name in OPTION_VALUES ? allowed[0] : 'nothing';
      const can = `It can be ${allowed.join(', ')}; ${standing} stands for it.`;
      const text = `The attribute "${name}" is ${quoted(given)}. ${can}`;
      this.#report(new PexipChatError('invalid-attribute', text));
    }
    const language = this.#changed(host, 'language');
    if (language && !languageTag(language))
      this.#report(attributeError('language', 'unknown-value'));
  }

  /** Properties that are none of what they can be: what is wrong of them counts for nothing. */
  properties(given: WidgetProperties): void {
    const {tools} = given;
    if (this.#isNew('tools', tools)) this.#refuse(wrongTool(tools));
    for (const name of FUNCTIONS) {
      const value: unknown = given[name];
      if (!this.#isNew(name, value) || typeof value === 'function') continue;
      if (value === undefined || value === null) continue;
      this.#refuse(`The option "${name}" was given ${kindOf(value)}. It must be a function.`);
    }
  }

  /** Names of no event, and listeners that are none. @param asked emptied */
  listeners(asked: Map<string, boolean>): void {
    for (const [name, isFunction] of asked) {
      const text = !EVENTS.includes(name)
        ? `There is no event ${quoted(name)}. There are: ${EVENTS.join(', ')}.`
        : !isFunction && `The listener of the event "${name}" is no function.`;
      if (text) this.#report(new PexipChatError('invalid-argument', text));
    }
    asked.clear();
  }

  #refuse(text: string | undefined): void {
    if (text) this.#report(new PexipChatError('invalid-option', text));
  }

  #isNew(name: string, value: unknown): boolean {
    const before = this.#given.get(name);
    this.#given.set(name, value);
    return value !== before;
  }

  /** Its value, if it is another than before. */
  #changed(host: Element, name: string): string | null {
    const given = host.getAttribute(name);
    const before = this.#seen.get(name) ?? null;
    this.#seen.set(name, given);
    return given === before ? null : given;
  }
}
