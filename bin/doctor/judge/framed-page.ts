import type {Answer} from '../net/answer.js';
import {shown} from '../shown.js';
import {ok, unchecked, wrong, type Verdict} from '../verdict.js';
import {framingForbidden, limitsFraming} from './framing.js';

/** An origin that is nobody's: what forbids it, and no page was named, may still allow the right ones. */
const NOBODY = 'https://page.invalid';

/** Whose page is to be framed, and how that is allowed. */
export interface FramingWords {
  readonly who: string;
  /** What to change; gets the origins, with spaces between. */
  readonly remedy: (origins: string) => string;
  /** Origins of further windows between the page and what is framed. */
  readonly between?: readonly string[];
}

/** Judges whether pages may frame what was answered. */
export const judgeFraming = (
  answers: readonly Answer[],
  origins: readonly string[],
  {who, remedy, between = []}: FramingWords,
): Verdict => {
  const wanted = origins.join(' ') || 'https://<your page>';
  for (const {headers, url} of answers) {
    const at = url.pathname;
    if (origins.length === 0) {
      const forbidden = framingForbidden(headers, url, [NOBODY, ...between]);
      if (forbidden && /^(?:deny|sameorigin|'none'|'self')$/i.test(forbidden.value)) {
        return wrong(
          `${who} lets no other page frame it: ${forbidden.header} of ${at} is ${shown(forbidden.value)}.`,
          remedy(wanted),
        );
      }
      if (forbidden) {
        return unchecked(
          `${who} limits who may frame it (${forbidden.header} of ${at} is ${shown(forbidden.value)}); no page was given to compare with.`,
          'Run the doctor with --page, or look for the origin of your page in that header.',
        );
      }
    }
    for (const origin of origins) {
      const forbidden = framingForbidden(headers, url, [origin, ...between]);
      if (forbidden) {
        return wrong(
          `${who} forbids ${origin} to frame it: ${forbidden.header} of ${at} is ${shown(forbidden.value)}.`,
          remedy(wanted),
        );
      }
    }
  }
  return answers.some(({headers}) => limitsFraming(headers))
    ? ok(`${who} lets the pages frame it, and not everybody.`)
    : ok(
        `${who} may be framed: it sends neither X-Frame-Options nor frame-ancestors.`,
        `Any site may frame it. To allow only yours: Content-Security-Policy: frame-ancestors 'self' ${wanted}`,
      );
};
