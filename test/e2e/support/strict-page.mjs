import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';

import {noteProblems} from '../../support/e2e-in-page.mjs';

export const FIRST = 'pexip-chat-room.min.js';
/** Every file that can be loaded, with its hash. */
export const {files: FILES} = JSON.parse(readFileSync('dist/sri.json', 'utf8'));
/** The files that the first script loads. */
export const LATER = Object.keys(FILES).filter((name) => name !== FIRST);
/** Those of them that a page needs only with a broker, for a diagnosis, at sign-out, or when something is wrong. */
const RARE = ['auto', 'broker', 'findings', 'reasons', 'rest', 'tokens'];
/** Those of the other view. */
const NATIVE = [
  'ar-native',
  'composer',
  'de-native',
  'emoji',
  'files',
  'it-native',
  'lit',
  'native',
];
/** Those of the floating widget. */
const WIDGET = ['calls', 'create', 'desk', 'launcher', 'users', 'window'];
const NOT_NEEDED = [...RARE, ...NATIVE, ...WIDGET].map((part) => `pexip-chat-room.${part}.min.js`);
/** Those that the page below needs. */
export const NEEDED = LATER.filter((name) => !NOT_NEEDED.includes(name));
/** Those of them that hold a language, as the tag of that language. */
const LANGUAGES = LATER.flatMap(
  (name) => /^pexip-chat-room\.([a-z]{2})\.min\.js$/.exec(name)?.[1] ?? [],
);

/** What runs in the page before our script: it notes what goes wrong, and has policies of its own. */
const ownScript = () => {
  const {ownPolicy} = document.documentElement.dataset;
  globalThis.noted = globalThis.problems;
  globalThis.codes = [];
  globalThis.policies = {};
  if (globalThis.trustedTypes) {
    if (ownPolicy) globalThis.trustedTypes.createPolicy(ownPolicy, {createHTML: (html) => html});
    const create = globalThis.trustedTypes.createPolicy.bind(globalThis.trustedTypes);
    globalThis.trustedTypes.createPolicy = (name, rules) =>
      (globalThis.policies[name] = create(name, rules));
  }
  for (const type of ['pexip-error', 'rc-error']) {
    document.addEventListener(type, ({detail}) => globalThis.codes.push(detail.error.code));
  }
  document.addEventListener('DOMContentLoaded', () => {
    document.querySelector('rc-chat-pane').auth = async ({signal}) =>
      (await fetch('/chat-credentials', {method: 'POST', signal})).json();
  });
};

const OWN_TEXT = `(${noteProblems})();\n(${ownScript})();\n`;
const OWN_HASH = `sha384-${createHash('sha384').update(OWN_TEXT).digest('base64')}`;
/** The page's own script as a policy names it. */
export const OWN_SOURCE = `'${OWN_HASH}'`;
/** For `startOwnPage`. */
export const OWN_SCRIPTS = {'/own.js': OWN_TEXT};

/**
 * A page with one room and its pane in the first of the languages that are files, a room that waits for
 * a click, an empty room for each other language, and no inline script or style. Once somebody has
 * joined and dialled, it has needed every file but the rare ones.
 *
 * @param {{node: string, server: string}} places
 * @param {object} options
 * @param {string} [options.scripts] the origin of our scripts, if it is not the page's
 * @param {string} [options.nonce] on every script tag
 * @param {boolean} [options.defer] on every script tag
 * @param {string} [options.ownPolicy] a Trusted Types policy that the page makes before our script runs
 * @param {string} [options.room] further attributes of the room
 */
export const strictPage = (
  {node, server},
  {scripts = '', nonce, defer = false, ownPolicy = '', room = ''} = {},
) => {
  const [language, ...others] = LANGUAGES;
  const spoken = language ? `language="${language}"` : '';
  const more = `${nonce ? `nonce="${nonce}"` : ''} ${defer ? 'defer' : ''}`;
  const tag = (src, integrity) =>
    `<script src="${src}" integrity="${integrity}" crossorigin="anonymous" ${more}></script>`;
  return `<!doctype html>
<html lang="en" data-own-policy="${ownPolicy}">
<meta charset="utf-8" />
<title>A page with a strict policy</title>
${tag('/own.js', OWN_HASH)}
${tag(`${scripts}/pexip-chat-room/${FIRST}`, FILES[FIRST])}
<pexip-chat-room node="${node}" room="consultation" ${spoken} ${room}>
  <rc-chat-pane server="${server}" room="#consultation" ${spoken} debug></rc-chat-pane>
</pexip-chat-room>
<pexip-chat-room node="${node}" room="later" loading="click"></pexip-chat-room>
${others.map((name) => `<pexip-chat-room language="${name}"></pexip-chat-room>`).join('\n')}
</html>`;
};

/**
 * A page with nothing but a pane that shows the conversation by itself.
 *
 * @param {{server: string}} places
 * @param {{scripts: string, ownPolicy?: string}} options as those of {@link strictPage}
 */
export const nativePage = ({server}, {scripts, ownPolicy = ''}) => `<!doctype html>
<html lang="en" data-own-policy="${ownPolicy}">
<meta charset="utf-8" />
<title>A conversation with a strict policy</title>
<script src="/own.js" integrity="${OWN_HASH}" crossorigin="anonymous"></script>
<script src="${scripts}/pexip-chat-room/${FIRST}" integrity="${FILES[FIRST]}" crossorigin="anonymous"></script>
<rc-chat-pane view="native" server="${server}" room="#consultation"></rc-chat-pane>
</html>`;

// Browsers ask for an icon by themselves, which is no page's doing.
const isAboutIcon = (text) => /http:\/\/[\w.:]+\/favicon\.ico/.test(text);

/** What the page noted from its first script on: violations, exceptions, errors and warnings. */
export const notedBy = async (page) => {
  const noted = await page.evaluate(() => globalThis.noted);
  return noted.filter((text) => !isAboutIcon(text));
};

/** The same, and what the browser itself wrote to the console. */
export const problemsOf = async (page) => {
  const problems = await page.problems();
  return [...(await notedBy(page)), ...problems.filter((text) => !isAboutIcon(text))];
};

/** Resolves when the page has asked for all of our files that it needs. */
export const untilLoaded = (page) =>
  page.until(
    (names) =>
      names.every((name) => [...document.scripts].some(({src}) => src.endsWith(`/${name}`))),
    NEEDED,
  );

/** The names of our files that the page has loaded later. */
export const loadedLater = (page) =>
  page.evaluate((first) => {
    const names = [...document.scripts].map(({src}) => new URL(src).pathname.split('/').pop());
    return names.slice(names.indexOf(first) + 1).sort();
  }, FIRST);

/** Dials somebody who answers: their name, or the code of what went wrong. */
export const dialOut = (page) =>
  page.evaluate(async () => {
    try {
      const request = {role: 'GUEST', destination: 'carol@example.com', protocol: 'sip'};
      return (await document.querySelector('pexip-chat-room').dialOut(request)).displayName;
    } catch (error) {
      return error.code ?? String(error);
    }
  });
