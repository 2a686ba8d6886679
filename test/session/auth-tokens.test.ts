import {expect} from '@open-wc/testing';

import {PexipChatError} from '../../src/errors.js';
import type {Auth, Credentials, CredentialsAsk} from '../../src/protocol/credentials.js';
import {askAuth, AuthTokens} from '../../src/session/auth-tokens.js';
import {isDefinite} from '../../src/session/refusal.js';
import {rejectionOf} from './recorders.js';

const ALICE: Credentials = {userId: 'u-alice', authToken: 'a'.repeat(43)};
const ASK: CredentialsAsk = {
  surface: 'live',
  reason: 'initial',
  signal: new AbortController().signal,
};

const refusal = async (promise: Promise<unknown>): Promise<PexipChatError> => {
  const error = await rejectionOf(promise);
  expect(error).to.be.instanceOf(PexipChatError).and.include({code: 'credentials-failed'});
  return error as PexipChatError;
};

describe('askAuth', () => {
  it('gives what an object says, and what a function answers that is told why it is asked', async () => {
    expect(await askAuth(ALICE, ASK)).to.deep.equal(ALICE);
    const asks: CredentialsAsk[] = [];
    const auth: Auth = async (ask) => {
      asks.push(ask);
      return {...ALICE, username: 'alice', status: 'success'};
    };
    expect(await askAuth(auth, ASK)).to.deep.equal({...ALICE, username: 'alice'});
    expect(asks).to.deep.equal([ASK]);
  });

  it('names the cause where the function fails, be it at once', async () => {
    const cause = new Error('away');
    const failing: readonly Auth[] = [
      () => Promise.reject(cause),
      () => {
        throw cause;
      },
    ];
    for (const auth of failing) expect((await refusal(askAuth(auth, ASK))).cause).to.equal(cause);
  });

  it('fails where what it gets are no credentials; for good only where it gets nothing at all', async () => {
    for (const odd of [undefined, null, 7, 'x', {}, {userId: 'u'}, {...ALICE, authToken: ''}]) {
      const auth = (async () => odd) as unknown as Auth;
      const error = await refusal(askAuth(auth, ASK));
      expect(error.message).to.include('{userId, authToken}');
      expect(isDefinite(error)).to.equal(odd === undefined || odd === null);
      expect(String((error.cause as Error | undefined)?.message)).not.to.include(ALICE.userId);
    }
  });

  it('leaves an error alone that says itself what is wrong', async () => {
    const own = new PexipChatError('sign-in-required', 'Sign in first.');
    expect(await rejectionOf(askAuth(() => Promise.reject(own), ASK))).to.equal(own);
  });

  it('puts no token into an error', async () => {
    const auth = (async () => ({authToken: 'CANARY'})) as unknown as Auth;
    const error = await refusal(askAuth(auth, ASK));
    expect(error.message + JSON.stringify(error)).not.to.include('CANARY');
  });
});

describe('AuthTokens', () => {
  it('gives a fixed object once, as it cannot be refreshed', async () => {
    const tokens = new AuthTokens(ALICE);
    expect(await tokens.ask(ASK)).to.deep.equal(ALICE);
    for (const reason of ['expiring', 'rejected'] as const)
      expect(await rejectionOf(tokens.ask({...ASK, reason}))).to.include({code: 'token-rejected'});
  });

  it('asks a function each time, and says why', async () => {
    const reasons: string[] = [];
    const tokens = new AuthTokens(async ({reason}) => {
      reasons.push(reason);
      return ALICE;
    });
    for (const reason of ['initial', 'expiring', 'rejected'] as const)
      expect(await tokens.ask({...ASK, reason})).to.deep.equal(ALICE);
    expect(reasons).to.deep.equal(['initial', 'expiring', 'rejected']);
  });

  it('asks the function that it was given last from the next time on', async () => {
    let give: (credentials: Credentials) => void = () => undefined;
    const tokens = new AuthTokens(() => new Promise((resolve) => (give = resolve)));
    const first = tokens.ask(ASK);
    const bob = {userId: 'u-bob', authToken: 'b'.repeat(43)};
    tokens.use(async () => bob);
    give(ALICE);
    expect(await first).to.deep.equal(ALICE);
    expect(await tokens.ask({...ASK, reason: 'expiring'})).to.deep.equal(bob);
  });

  it('has nothing of its own to end', async () => {
    const tokens = new AuthTokens(ALICE);
    await tokens.end();
    tokens.release();
    expect(await tokens.ask(ASK)).to.deep.equal(ALICE);
  });
});
