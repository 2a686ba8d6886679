import type {SVGTemplateResult} from 'lit';

import type {ChatEntry} from '../floating/desk-types.js';
import type {Language} from '../strings/strings.js';
import type {WindowPlace} from './window-types.js';
import type {WindowWords} from './window-words.js';

/** The views of the window, each an entry of the table in views.ts. */
export type ViewName = 'list' | 'chat' | 'settings';

/** What stands in the header of a view. */
export interface Heading {
  readonly text: string;
  /** Shown as who it is about, with a picture. */
  readonly chat?: ChatEntry | undefined;
}

/** The language of now, and its texts. */
export interface Speech {
  readonly language: Language;
  readonly words: WindowWords;
}

/** What a view can do with the window it is in. */
export interface ViewHands {
  /** Shows another view, and puts the focus there. */
  go(view: ViewName): void;
  /** A person has chosen a chat. */
  openChat(path: string): void;
  /** Says something to screen readers. */
  say(text: string): void;
  /** Asks a person. @param yes the word on the button that agrees */
  confirm(question: string, yes: string): Promise<boolean>;
}

export interface ViewPlace {
  readonly window: WindowPlace;
  readonly hands: ViewHands;
}

/** A view of the window. Its element stays there, unseen while another one is shown. */
export interface WindowView {
  readonly element: HTMLElement;
  /** Where its Back button goes; left out, it has none. */
  readonly back?: ViewName;
  /** Views that its header has buttons for. */
  readonly actions: readonly ViewName[];
  heading(speech: Speech): Heading;
  /** Something may be another. Called while it is shown. */
  show(speech: Speech): void;
  /** Puts the focus where one begins. @returns whether there was such a place */
  focus(): boolean;
  /** The window is taken away. */
  remove?(): void;
}

/** How a button to a view looks and is called. */
export interface ViewEntry {
  make(place: ViewPlace): WindowView;
  readonly title: (words: WindowWords) => string;
  readonly sign?: SVGTemplateResult;
}
