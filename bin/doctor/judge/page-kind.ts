import {wordsOf} from '../net/failures.js';
import type {Answer, Asked} from '../net/answer.js';
import {shown} from '../shown.js';

/** What an answer is that should have been something else. */
export type PageKind =
  'elsewhere' | 'sign-in' | 'missing' | 'refused' | 'too-many' | 'server-error' | 'html' | 'other';

const isHtml = ({headers, body}: Answer): boolean =>
  /^text\/html\b/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype html|html)/i.test(body);

/** What kind of page an answer is: an error page, a sign-in wall, a page of HTML. */
export const pageKind = (answer: Answer): PageKind => {
  const {status, elsewhere, body} = answer;
  if (elsewhere) return 'elsewhere';
  if (status === 401 || status === 407) return 'sign-in';
  if (status === 403) return 'refused';
  if (status === 404 || status === 410) return 'missing';
  if (status === 429) return 'too-many';
  if (status >= 500) return 'server-error';
  if (status >= 200 && status < 300 && isHtml(answer)) {
    return /<input\b[^<>]{0,500}type=["']?password/i.test(body) ? 'sign-in' : 'html';
  }
  return 'other';
};

const titleOf = ({body}: Answer): string => {
  const [, title] = /<title>([^<]{1,200})<\/title>/i.exec(body.slice(0, 10_000)) ?? [];
  return title?.trim() ? `, titled ${shown(title)}` : '';
};

/** What came, as half a sentence such as "an error page (502)". */
export const whatCame = (answer: Asked): string => {
  if (answer.kind === 'failure') return `no answer: ${wordsOf(answer)}`;
  const {status, elsewhere = ''} = answer;
  const texts: Readonly<Record<PageKind, string>> = {
    elsewhere: `a redirect to ${shown(elsewhere)} (${status}), which is not followed`,
    'sign-in': `a page to sign in (${status})`,
    missing: `an error page: nothing there (${status})`,
    refused: `a refusal (${status})`,
    'too-many': `a refusal, as it was asked too often (${status})`,
    'server-error': `an error page of the server or of a proxy before it (${status})`,
    html: `a page of HTML (${status}${titleOf(answer)})`,
    other: `an answer with status ${status} and type ${shown(answer.headers['content-type'] ?? 'none')}`,
  };
  return texts[pageKind(answer)];
};
