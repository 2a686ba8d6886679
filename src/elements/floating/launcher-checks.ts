import {PexipChatError} from '../../errors.js';
import {attributeError} from '../attribute-errors.js';
import {languageTag} from '../strings/strings.js';
import {OPTION_VALUES} from './option-values.js';

/** So much of what is wrong is repeated. */
const LONGEST = 40;
/** The documented names of events. Those of calls can be listened to already. */
const EVENTS: readonly string[] =
  'typing_started,message_sent,message_received,message_read,chat_loaded,user_connected,user_disconnected,access_token_is_about_to_expire,access_token_expired,logged_out,error,incoming_call,call_dial_answered,call_dial_declined,call_dial_stopped,call_started,call_ended,force_disconnect'.split(
    ',',
  );

/** Of an option that is no text. */
const WITH_DEFAULT = {chat: ['true', 'false']} as const;
/** Attributes that nothing stands for where they are wrong. */
const WITHOUT_DEFAULT = {'virtual-background': ['blur', 'image']} as const;

const quoted = (given: string): string => JSON.stringify(given.slice(0, LONGEST));

/** Tells what pages have written wrong, once each. */
export class LauncherChecks {
  readonly #report: (error: PexipChatError) => void;
  /** What each attribute was when it was looked at. */
  readonly #seen = new Map<string, string | null>();

  constructor(report: (error: PexipChatError) => void) {
    this.#report = report;
  }

  /** Attributes that are none of what they can be: the default stands for them. */
  attributes(host: Element): void {
    const all = {...OPTION_VALUES, ...WITH_DEFAULT, ...WITHOUT_DEFAULT};
    for (const [name, allowed] of Object.entries(all)) {
      const given = this.#changed(host, name);
      if (!given || allowed.some((each) => each === given)) continue;
      const standing = name in WITHOUT_DEFAULT ? 'nothing' : allowed[0];
      const can = `It can be ${allowed.join(', ')}; ${standing} stands for it.`;
      const text = `The attribute "${name}" is ${quoted(given)}. ${can}`;
      this.#report(new PexipChatError('invalid-attribute', text));
    }
    const language = this.#changed(host, 'language');
    if (language && !languageTag(language))
      this.#report(attributeError('language', 'unknown-value'));
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

  /** Its value, if it is another than before. */
  #changed(host: Element, name: string): string | null {
    const given = host.getAttribute(name);
    const before = this.#seen.get(name) ?? null;
    this.#seen.set(name, given);
    return given === before ? null : given;
  }
}
