import type {Message} from './model.js';

/** Makes the tree of a text. May throw. */
type Parse = (text: string, options: {colors: boolean; emoticons: boolean}) => readonly unknown[];

// The real server's options where nothing was set: emoticons become emoji; colours and formulas, which a
// workspace can turn on, stay text.
const OPTIONS = {colors: false, emoticons: true};

// The parser takes seconds for thousands of characters without a blank (0.31.35: 5 s for 5,000), in
// which the whole simulator stands still, and hours for a megabyte.
const LONGEST = 20_000;
const LONGEST_WORD = /\S{401}/;

/** Makes the parsed tree (`md`) that messages carry beside their text. */
export class Markdown {
  readonly #parse: Parse | undefined;

  private constructor(parse: Parse | undefined) {
    this.#parse = parse;
  }

  /**
   * Loads Rocket.Chat's own parser, an optional peer.
   *
   * @param on without it no message has a tree, as on servers before 4
   */
  static async load(on: boolean): Promise<Markdown> {
    return new Markdown(on ? (await import('@rocket.chat/message-parser')).parse : undefined);
  }

  /**
   * The `md` of a text, or nothing: of an empty one, of one that the parser cannot read, which is
   * stored without as on the real server, and of one that it would take far too long for.
   */
  of(text: string): Pick<Message, 'md'> {
    if (!this.#parse || !text || text.length > LONGEST || LONGEST_WORD.test(text)) return {};
    try {
      return {md: this.#parse(text, OPTIONS)};
    } catch {
      return {};
    }
  }
}
