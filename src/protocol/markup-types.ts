/**
 * What the text of a message is made of, in our own words. Texts in it have been through
 * `visibleText`, addresses through `messageLink`; both come from somebody else all the same.
 */

/** A run of text. Line feeds in it are lines. */
export interface Text {
  readonly type: 'text';
  readonly text: string;
}

/** An emoji, or a custom one of the workspace. */
export interface Emoji {
  readonly type: 'emoji';
  /** Its name without colons; `undefined` where it was written as a character. */
  readonly shortcode?: string;
  /** What is shown where there is no picture for the name: the character, `:name:`, or as written. */
  readonly text: string;
}

/** How a point in time is to be shown: `t` `T` times, `d` `D` dates, `f` `F` both, `R` from now. */
export type TimeFormat = 't' | 'T' | 'd' | 'D' | 'f' | 'F' | 'R';

/** A part of a line. */
export type Inline =
  | Text
  | Emoji
  | {
      readonly type: 'bold' | 'italic' | 'strike' | 'spoiler';
      readonly children: readonly Inline[];
    }
  | {readonly type: 'code' | 'math'; readonly text: string}
  /** `href` is absolute; `children` are never empty, and no links. */
  | {readonly type: 'link'; readonly href: string; readonly children: readonly Inline[]}
  /** Somebody by username, or `all` or `here`, without the `@`. */
  | {readonly type: 'user'; readonly username: string}
  /** A room by its name, without the `#`. */
  | {readonly type: 'channel'; readonly name: string}
  /** A picture from elsewhere; `label` may be empty. */
  | {readonly type: 'image'; readonly href: string; readonly label: string}
  /** Each of 0 to 255. */
  | {
      readonly type: 'color';
      readonly red: number;
      readonly green: number;
      readonly blue: number;
      readonly alpha: number;
    }
  /** `time` in epoch ms. */
  | {readonly type: 'timestamp'; readonly time: number; readonly format: TimeFormat};

/** An entry of a list; `number` in those that are numbered. */
export interface ListItem {
  readonly number?: number;
  readonly children: readonly Inline[];
}

/** An entry of a list of tasks. */
export interface Task {
  readonly done: boolean;
  readonly children: readonly Inline[];
}

/** A part of a message. */
export type Block =
  | {readonly type: 'paragraph'; readonly children: readonly Inline[]}
  | {
      readonly type: 'heading';
      readonly level: 1 | 2 | 3 | 4;
      readonly children: readonly Inline[];
    }
  /** One to three emoji and nothing else, shown large. */
  | {readonly type: 'big-emoji'; readonly children: readonly Emoji[]}
  | {readonly type: 'code'; readonly language?: string; readonly text: string}
  | {readonly type: 'quote' | 'spoiler'; readonly blocks: readonly Block[]}
  | {readonly type: 'list'; readonly ordered: boolean; readonly items: readonly ListItem[]}
  | {readonly type: 'tasks'; readonly items: readonly Task[]}
  | {readonly type: 'math'; readonly text: string}
  /** An empty line. */
  | {readonly type: 'line-break'}
  /** Always last: there is more than is shown. */
  | {readonly type: 'cut'};

/**
 * How much of one message is read: nodes of its tree, its lists and texts among them, characters
 * (UTF-16 code units), and levels, of which a text in bold has five.
 */
export const MARKUP_LIMITS = {nodes: 10_000, characters: 20_000, depth: 32} as const;
