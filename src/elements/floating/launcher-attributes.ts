import {PexipChatError} from '../../errors.js';
import {attributeError} from '../attribute-errors.js';
import {languageTag} from '../strings/strings.js';
import {OPTION_VALUES} from './option-values.js';

/** So much of a wrong value is repeated. */
const LONGEST = 40;

/** Tells of attributes that are none of what they can be, once each value; the default stands for it. */
export class AttributeCheck {
  readonly #host: Element;
  readonly #report: (error: PexipChatError) => void;
  readonly #told = new Map<string, string | null>();

  constructor(host: Element, report: (error: PexipChatError) => void) {
    this.#host = host;
    this.#report = report;
  }

  check(): void {
    for (const [name, allowed] of Object.entries(OPTION_VALUES))
      this.#look(
        name,
        (given) => allowed.some((each) => each === given),
        (given) =>
          new PexipChatError(
            'invalid-attribute',
            `The attribute "${name}" is ${JSON.stringify(given.slice(0, LONGEST))}. It can be ` +
              `${allowed.join(', ')}; ${allowed[0]} stands for it.`,
          ),
      );
    this.#look('language', languageTag, () => attributeError('language', 'unknown-value'));
  }

  #look(
    name: string,
    isRight: (given: string) => unknown,
    errorOf: (given: string) => PexipChatError,
  ): void {
    const given = this.#host.getAttribute(name);
    if (given === (this.#told.get(name) ?? null)) return;
    this.#told.set(name, given);
    if (given && !isRight(given)) this.#report(errorOf(given));
  }
}
