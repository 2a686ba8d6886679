import type {PexipChatError} from '../../errors.js';
import {launcherFaceEnglish} from '../strings/launcher-face-en.js';
import {plural} from '../strings/plural.js';
import type {Language} from '../strings/strings.js';
import type {DeskState} from './desk-types.js';
import {LauncherChecks} from './launcher-checks.js';
import {LauncherNews} from './launcher-news.js';
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
}

/** What the button says once there is something to say, and what is wrong with what the page has written. */
export class LauncherFace extends LauncherChecks {
  readonly #news: LauncherNews;

  constructor(root: ShadowRoot, report: (error: PexipChatError) => void) {
    super(report);
    this.#news = new LauncherNews(root);
  }

  look({state, opening, open, language}: FaceContent): LauncherLook {
    const {tag, strings} = language;
    const {known, unread} = state;
    const words = {...launcherFaceEnglish, ...strings};
    const {count, alert} = unread;
    this.#news.follow(known ? count : undefined, open, language);
    const sign = signOf(state, opening);
    return {
      ...(count
        ? {name: plural(tag, words.launcherUnread, count)}
        : alert && {name: words.launcherAlert}),
      ...(sign && {sign: SIGNS[sign], state: sign, title: words[`launcher_${sign}`]}),
      ...(count
        ? {
            badge: plural(
              tag,
              count > MOST ? words.launcherMost : {other: '#'},
              Math.min(count, MOST),
            ),
          }
        : alert && {badge: ''}),
    };
  }

  stop(): void {
    this.#news.stop();
  }
}

const signOf = ({signIn, status}: DeskState, opening: boolean): keyof typeof SIGNS | undefined => {
  if (signIn.signedOut) return 'signed_out';
  if (status === 'offline') return 'offline';
  return opening || status !== 'live' ? 'connecting' : undefined;
};

/** For a file that is loaded before it is first needed. */
export const face = ({
  root,
  report,
}: {
  readonly root: ShadowRoot;
  report(error: PexipChatError): void;
}): LauncherFace => new LauncherFace(root, report);
