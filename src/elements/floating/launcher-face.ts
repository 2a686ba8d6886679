import type {PexipChatError} from '../../errors.js';
import {make} from '../dom.js';
import {launcherFaceEnglish} from '../strings/launcher-face-en.js';
import {loadPart} from '../../parts/load-part.js';
import {plural} from '../strings/plural.js';
import type {Language} from '../strings/strings.js';
import type {DeskState} from './desk-types.js';
import {LauncherChecks} from './launcher-checks.js';
import {launcherFaceStyles} from './launcher-face.styles.js';
import {LauncherNews} from './launcher-news.js';
import {LayoutSheet} from './layout.js';
import type {PropertyChecks} from './property-checks.js';
import type {WidgetProperties} from './widget-options.js';
import type {LauncherLook} from './launcher-button.js';

/** The greatest number on the badge. */
const MOST = 99;
/** What is drawn into the bubble: dots, a line through it, a sign of exclamation. */
const SIGNS = {
  connecting: 'M9 10h.01M12 10h.01M15 10h.01',
  offline: 'M4 3l16 16',
  signed_out: 'M12 7v3m0 2.5h.01',
} as const;

export interface FaceContent {
  readonly state: DeskState;
  readonly opening: boolean;
  readonly open: boolean;
  readonly language: Language;
  /** What was listened to meanwhile, and whether by a function. */
  readonly asked: Map<string, boolean>;
}

/** Where the button stands. */
export interface FacePlace {
  readonly host: HTMLElement;
  readonly given: WidgetProperties;
  readonly root: ShadowRoot;
  readonly button: HTMLButtonElement;
  report(error: PexipChatError): void;
  /** A person closes the window. */
  close(): void;
}

/** What the button says once there is something to say, and what is wrong with what the page has written. */
export class LauncherFace {
  readonly #place: FacePlace;
  readonly #checks: LauncherChecks;
  #properties: PropertyChecks | undefined;
  readonly #before: readonly CSSStyleSheet[];
  readonly #badge = make('span', {part: 'badge', 'aria-hidden': 'true'});
  readonly #news: LauncherNews;
  readonly #layout: LayoutSheet;
  readonly #life = new AbortController();

  constructor(place: FacePlace) {
    const {root, button, report, close} = (this.#place = place);
    this.#checks = new LauncherChecks(report);
    loadPart('users').then(
      ({propertyChecks}) => {
        this.#properties = propertyChecks(report);
        if (!this.#life.signal.aborted) this.#properties(place.given, place.host);
      },
      // The desk needs it, too, and tells.
      () => undefined,
    );
    this.#news = new LauncherNews(root);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(launcherFaceStyles);
    this.#before = [...root.adoptedStyleSheets];
    root.adoptedStyleSheets = [...this.#before, sheet];
    this.#layout = new LayoutSheet(root, report);
    button.append(this.#badge);
    const {signal} = this.#life;
    button.addEventListener('keydown', ({key}) => key === 'Escape' && close(), {signal});
  }

  /** What is to be seen; with each change, of what the page has set, too. */
  look({state, opening, open, language, asked}: FaceContent): LauncherLook {
    const {host, given} = this.#place;
    this.#checks.attributes(host);
    this.#properties?.(given, host);
    this.#checks.listeners(asked);
    this.#layout.show(given.layout);
    const {tag, strings} = language;
    const {known, unread} = state;
    const words = {...launcherFaceEnglish, ...strings};
    const {count, alert} = unread;
    this.#news.follow(known ? count : undefined, open, language);
    const most = count > MOST ? words.launcherMost : {other: '#'};
    // No text of the button, whose name has it in full. Without a number it is a dot.
    this.#badge.dataset['count'] = count ? plural(tag, most, Math.min(count, MOST)) : '';
    this.#badge.hidden = open || !(count || alert);
    const sign = signOf(state, opening);
    return {
      ...(count
        ? {name: plural(tag, words.launcherUnread, count)}
        : alert && {name: words.launcherAlert}),
      ...(sign && {sign: SIGNS[sign], state: sign, title: words[`launcher_${sign}`]}),
    };
  }

  stop(): void {
    this.#news.stop();
    this.#badge.remove();
    this.#life.abort();
    this.#place.root.adoptedStyleSheets = [...this.#before];
  }
}

const signOf = ({signIn, status}: DeskState, opening: boolean): keyof typeof SIGNS | undefined => {
  if (signIn.signedOut) return 'signed_out';
  if (status === 'offline') return 'offline';
  return opening || status !== 'live' ? 'connecting' : undefined;
};

/** For a file that is loaded before it is first needed. */
export const face = (place: FacePlace): LauncherFace => new LauncherFace(place);
