const META = /(<meta\s+name="external-chat-origins"\s+content=")[^"]*(")/;
// Loopback: localhost and names below it, 127.0.0.0/8, [::1].
const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;

const refuse = (origin, why) => {
  throw new Error(`${JSON.stringify(origin)} cannot be the origin of a page: ${why}`);
};

const checkOrigin = (origin) => {
  if (origin.includes('*')) {
    refuse(origin, 'wildcards are not supported. List each origin, as in https://app.example.com.');
  }
  if (!/^https?:\/\//i.test(origin) || !URL.canParse(origin)) {
    refuse(origin, 'it is no address. Write scheme and host, as in https://app.example.com.');
  }
  const url = new URL(origin);
  if (url.username || url.password) {
    // Named without them, as this may end up in the log of a build.
    refuse(url.origin, 'it is written with a user name or password. Leave them out.');
  }
  if (url.protocol !== 'https:' && !LOOPBACK.test(url.hostname)) {
    refuse(origin, `http is for loopback only. Write https://${url.host}.`);
  }
  if (origin === `${url.origin}/`) {
    refuse(origin, `an origin has no slash at its end. Write ${url.origin}.`);
  }
  if (url.pathname !== '/' || url.search || url.hash) {
    refuse(origin, `it has a path, query or fragment. Write ${url.origin}.`);
  }
  // Browsers compare letter by letter with this spelling: lower case, no default port, Punycode.
  if (origin !== url.origin) refuse(origin, `browsers spell it ${url.origin}. Write it so.`);
};

/**
 * Writes the origins of the pages that may use the plugin into the plugin's index.html.
 *
 * @param {string} html the built index.html
 * @param {readonly string[]} origins exact origins: https, or http on loopback; may be empty
 * @returns {string} the page with the origins in its meta element `external-chat-origins`
 * @throws {Error} which says what is wrong with which origin, and what to write
 */
export const writeOrigins = (html, origins) => {
  origins.forEach(checkOrigin);
  if (!META.test(html)) {
    throw new Error(
      'The page of the plugin has no <meta name="external-chat-origins" content="">. ' +
        'Take plugin/index.html as it is in the repository, and build again.',
    );
  }
  return html.replace(META, (_, before, after) => before + [...new Set(origins)].join(' ') + after);
};

/**
 * The origins that a command was given.
 *
 * @param {readonly string[]} args its arguments; without any, those of ORIGINS in the environment
 * @returns {string[]} as written; may be empty
 */
export const originsOf = (args) =>
  (args.length ? args.join(' ') : (process.env.ORIGINS ?? '')).split(/\s+/).filter(Boolean);
