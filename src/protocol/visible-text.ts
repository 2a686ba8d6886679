/**
 * Text of others, made harmless to look at. It stays text; what goes is what nobody sees but what
 * changes how the rest is seen: see Unicode's UAX 9 (direction) and UTS 39 (what is invisible).
 */

/** The longest name that is shown, in UTF-16 code units. */
const LONGEST_NAME = 256;

// Controls but tab and line feed; embeddings and overrides of direction; what is for programs alone.
// The tags U+E00xx are letters nobody sees, but in a flag such as Scotland's.
const UNSEEN =
  /(\u{1f3f4}[\u{e0020}-\u{e007e}]{1,12}\u{e007f})|[\0-\x08\x0b-\x1f\x7f-\x9f\u180e\u202a-\u202e\u2061-\u2064\u206a-\u206f\ufeff\ufff0-\ufffb\u{e0000}-\u{e00ff}]/gu;
/** The beginning of a text, in UTF-16 code units, without half a character at its end. */
export const cutText = (text: string, most: number): string =>
  text.length > most ? text.slice(0, most).replace(/[\ud800-\udbff]$/, '') : text;

// Halves of characters first, as WebKit's expressions miss what stands after one.
const whole = (text: string): string =>
  text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

const SEPARATORS = /\r\n?|[\u2028\u2029]/g;
const ISOLATES = /[\u2066-\u2069]/;
const END_OF_ISOLATE = '\u2069';
/** Deeper ones mean nothing to people, and browsers take 125 at most. */
const DEEPEST_ISOLATE = 16;

/** Ends each isolate that was begun, and leaves out ends without a beginning. */
const balanced = (text: string): string => {
  if (!ISOLATES.test(text)) return text;
  let open = 0;
  const kept = text.replace(/[\u2066-\u2069]/g, (mark) => {
    if (mark !== END_OF_ISOLATE) return open < DEEPEST_ISOLATE ? (open++, mark) : '';
    return open > 0 ? (open--, mark) : '';
  });
  return kept + END_OF_ISOLATE.repeat(open);
};

/**
 * The text of a message, or of what stands in one, for people to read: without controls but tab and
 * line feed, halves of characters, and what turns the direction of the text around it. Joiners and variation
 * selectors stay, as emoji and some scripts need them.
 *
 * @returns as long as `text` at most, but for the ends of isolates that were left open
 */
export const visibleText = (text: string): string =>
  balanced(
    whole(text)
      .replace(SEPARATORS, '\n')
      .replace(UNSEEN, (_, flag?: string) => flag ?? ''),
  );

const visible = (name: string): string =>
  cutText(
    // So much at most is looked at, as nobody has a name of a megabyte.
    whole(cutText(name, 4 * LONGEST_NAME))
      // The empty pattern of Braille is white, but no white space.
      .replace(/[\s\u2800]+/gu, ' ')
      .replace(/[\p{Default_Ignorable_Code_Point}\p{Cc}\ufff9-\ufffb]/gu, '')
      .replace(/ {2,}/g, ' ')
      .trim(),
    LONGEST_NAME,
  ).trim();

/**
 * A name for people to read, of at most 256 code units in one line. Nothing invisible is left in it,
 * so that two names which look the same are the same.
 *
 * @param instead shown where nothing of the name can be seen: the username, or an id
 * @returns empty if nothing can be seen of either
 */
export const visibleName = (name: string, instead: string): string =>
  visible(name) || visible(instead);
