import {existsSync, statSync} from 'node:fs';
import {dirname} from 'node:path';

import {at} from './places.js';
import type {Problems} from './problems.js';
import {KEY_PAIR_ALGORITHMS, SHARED_ALGORITHMS} from './settings-of-sign-in.js';
import type {BrokerSettings, JwtIssuer} from './settings.js';

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

const checkIssuer = (issuer: JwtIssuer, path: string, problems: Problems): void => {
  const {secret, jwksUrl} = issuer;
  // One that is there but was refused has a problem of its own.
  const given = [secret, jwksUrl].filter(Boolean).length;
  const refused = [path, `${path}.secret`, `${path}.secretFile`, `${path}.jwksUrl`].some((each) =>
    problems.has(each),
  );
  if (given === 2) problems.add(path, 'has both secret and jwksUrl; keep the one that signs');
  else if (!given && !refused) problems.add(path, 'has neither secret nor jwksUrl; set one');
  const suitable: readonly string[] = secret ? SHARED_ALGORITHMS : KEY_PAIR_ALGORITHMS;
  if (given === 1 && issuer.algorithms.some((each) => !suitable.includes(each)))
    problems.add(
      `${path}.algorithms`,
      `has one that is not for ${secret ? 'a shared secret' : 'public keys'}; choose from ${suitable.join(', ')}`,
    );
};

const checkSignIn = ({jwt, cookie, apiKeys}: BrokerSettings, problems: Problems): void => {
  jwt.forEach((issuer, index) => {
    checkIssuer(issuer, `jwt[${index}]`, problems);
    if (jwt.findIndex((other) => other.issuer === issuer.issuer) < index)
      problems.add(`jwt[${index}].issuer`, 'is there twice; each issuer has one entry');
  });
  const refused = problems.has('cookie.url') || problems.has('cookie.hook');
  if (cookie && Boolean(cookie.url) === Boolean(cookie.hook) && !refused)
    problems.add('cookie', 'needs one of url and hook, which tell for whom the cookie is');
  const none = !jwt.length && !cookie && !apiKeys.length;
  if (none && !['jwt', 'apiKeys', 'apiKeysFile'].some((each) => problems.has(each)))
    problems.add(
      'jwt, cookie, apiKeys',
      'are all missing: nobody could prove who he is. Set one (docs/broker.md, "Who asks")',
    );
};

/** Whoever could ask without a password could learn who meets. */
const checkPexip = ({pexip}: BrokerSettings, problems: Problems): void => {
  const missing = ['node', 'username', 'password'].filter(
    (name) => at(pexip, name) === undefined && !problems.has(`pexip.${name}`),
  );
  const wanted = pexip.username !== undefined || pexip.password !== undefined;
  for (const name of wanted ? missing : [])
    problems.add(
      `pexip.${name}`,
      'is missing; meetings need pexip.node, pexip.username and pexip.password (docs/meetings.md)',
    );
};

/** One secret that is known in two places is known to whoever has either. */
const checkReuse = (settings: BrokerSettings, problems: Problems): void => {
  const places = new Map<string, string>();
  const secrets: readonly (readonly [string, string | undefined])[] = [
    ['secret', settings.secret],
    ['rocketChat.authToken', settings.rocketChat.authToken],
    ['rocketChat.createTokenSecret', settings.rocketChat.createTokenSecret],
    ['pexip.password', settings.pexip.password],
    ...settings.jwt.map(({secret}, index) => [`jwt[${index}].secret`, secret] as const),
    ...settings.apiKeys.map((key, index) => [`apiKeys[${index}]`, key] as const),
  ];
  for (const [path, value] of secrets) {
    if (!value) continue;
    const first = places.get(value);
    if (first) problems.add(path, `is the same as ${first}; make another`);
    else places.set(value, path);
  }
};

/**
 * What settings must be to each other. Those that are wrong by themselves are missing here, whatever
 * the type says.
 */
export const checkAgreement = (
  settings: BrokerSettings,
  input: unknown,
  problems: Problems,
): void => {
  checkSignIn(settings, problems);
  checkReuse(settings, problems);
  checkPexip(settings, problems);
  const {sessions, rocketChat, store} = settings;
  if (sessions.tokenLifetime < sessions.leaseTime)
    problems.add('sessions.tokenLifetime', 'is shorter than sessions.leaseTime; make it longer');
  if (rocketChat.mint === 'create-token' && !at(input, 'rocketChat.createTokenSecret'))
    problems.add(
      'rocketChat.createTokenSecret',
      'is missing, and rocketChat.mint is "create-token". Write the CREATE_TOKENS_FOR_USERS_SECRET of the workspace',
    );
  const folder = store.sqlite && dirname(store.sqlite);
  if (folder && at(input, 'store.redis') === undefined && !isFolder(folder))
    problems.add('store.sqlite', 'is in a folder that is not there; make it, or write another');
};
