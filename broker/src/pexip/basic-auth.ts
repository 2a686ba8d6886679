import {hash, timingSafeEqual} from 'node:crypto';
import type {IncomingMessage} from 'node:http';

import type {FastifyPluginAsync} from 'fastify';
import plugin from 'fastify-plugin';

import {BrokerError} from '../errors.js';
import {tooMany} from '../http/limits.js';
import type {Refusals} from '../http/refusals.js';

/** Longest header that is read, in characters; Pexip's own fields take 100 characters each. */
const LONGEST = 4_096;
const CHALLENGE = {'www-authenticate': 'Basic realm="pexip-chat-room", charset="UTF-8"'};
/** RFC 7617 2; the scheme's case does not count (RFC 9110 11.1). */
const BASIC = /^basic +([A-Za-z\d+/]+={0,2})$/i;

/** The name and password by which Pexip Infinity signs in. */
export interface PexipLogin {
  readonly username: string;
  readonly password: string;
}

/** Only the operator is told why: a guesser learns nothing from the answer. */
const refusedFor = (reason: string): BrokerError =>
  new BrokerError(
    401,
    'pexip-login-invalid',
    'This address is for Pexip Infinity, by Basic authentication. Compare the user name and password of its policy profile and event sink with pexip.username and pexip.password of the broker.',
    {headers: CHALLENGE, cause: new Error(`Refused: ${reason}.`)},
  );

/** Accents are written in two ways, as one letter or as two (RFC 8265 4.2.2). */
const digest = (text: string): Buffer => hash('sha256', text.normalize('NFC'), 'buffer');

const NAME = 'authorization';

/** Node keeps the first of two such headers, while a proxy before it may have looked at the other. */
const isDoubled = ({rawHeaders}: IncomingMessage): boolean => {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]?.length === NAME.length && rawHeaders[at].toLowerCase() === NAME) count++;
  return count > 1;
};

/**
 * Makes the test of a request's `Authorization`. Name and password are compared as one text, which
 * needs no search for the colon between them, as digests of one length and to their end: the time
 * tells neither how much of them is right, nor how long they are.
 *
 * @returns why the request is refused; `undefined` if it is not
 */
export const loginTest = ({
  username,
  password,
}: PexipLogin): ((request: IncomingMessage) => string | undefined) => {
  const wanted = digest(`${username}:${password}`);
  return (request) => {
    const {authorization: given} = request.headers;
    if (given === undefined) return 'it has no Authorization';
    if (given.length > LONGEST) return 'its Authorization is too long';
    if (isDoubled(request)) return 'it has two Authorizations';
    const [, encoded] = BASIC.exec(given) ?? [];
    if (encoded === undefined) return 'its Authorization is not Basic with base64';
    const own = digest(Buffer.from(encoded, 'base64').toString());
    return timingSafeEqual(own, wanted) ? undefined : 'the user name or password is wrong';
  };
};

/**
 * Lets only Pexip Infinity on to the routes of the app it is registered in, and of those below.
 *
 * Wrong logins are counted by address: past the limit the answer is 429 in the place of 401 for the
 * rest of the minute. A right one always passes, whatever came from its address before. All of Pexip's
 * nodes may share one address with others (a proxy, a NAT), and a policy server that refuses it leaves
 * every meeting unjoinable. Nothing is lost by it: the password has 16 characters at least, and to
 * compare one more costs less than to count it. Who sends none is no guesser and is not counted: he may
 * be one who waits to be asked, by a 401, before he sends his (RFC 9110 11.6.1).
 */
export const basicAuth = (
  login: PexipLogin,
  refusals: Pick<Refusals, 'note'>,
): FastifyPluginAsync =>
  plugin(
    async (app) => {
      const reasonAgainst = loginTest(login);
      app.addHook('onRequest', (request, _reply, done) => {
        const reason = reasonAgainst(request.raw);
        if (reason === undefined) return done();
        if (request.headers.authorization === undefined) return done(refusedFor(reason));
        void refusals
          .note(request.ip)
          .then((wait) =>
            done(
              wait
                ? tooMany(wait, 'Too many wrong logins came from your network address.')
                : refusedFor(reason),
            ),
          );
      });
    },
    {name: 'pexip-chat-room-basic-auth', fastify: '5.x'},
  );
