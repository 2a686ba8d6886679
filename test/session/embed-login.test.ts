import {expect} from '@open-wc/testing';

import {PexipChatError} from '../../src/errors.js';
import type {Auth, Credentials, CredentialsAsk} from '../../src/protocol/credentials.js';
import {EmbedLogin} from '../../src/session/embed-login.js';
import type {EmbedPace} from '../../src/session/embed-pace.js';
import {Recorder, rejectionOf} from './recorders.js';

const PACE: EmbedPace = {repeat: 5, patience: 50, room: 20, load: 20};
const FIRST: Credentials = {userId: 'alice-id', authToken: 'first-token-of-alice-0123456789'};
const FRESH: Credentials = {userId: 'alice-id', authToken: 'fresh-token-of-alice-0123456789'};

describe('EmbedLogin', () => {
  let tokens: Recorder<string>;
  let asks: CredentialsAsk[];
  let running: EmbedLogin[];

  beforeEach(() => {
    tokens = new Recorder();
    asks = [];
    running = [];
  });
  afterEach(() => running.forEach((each) => each.stop()));

  const login = (auth: Auth, pace = PACE): EmbedLogin => {
    const made = new EmbedLogin(auth, tokens.add, pace);
    running.push(made);
    return made;
  };
  const asking =
    (...answers: readonly unknown[]): Auth =>
    async (ask) => {
      asks.push(ask);
      return answers[asks.length - 1] as Credentials;
    };
  /** Resolves when a login as patient as those of the tests has sent all it would. */
  const clock = (): Promise<void> => new EmbedLogin(FIRST, () => undefined, PACE).run();

  it('asks for a token for the embedded page', async () => {
    const made = login(asking(FIRST));
    void made.run();
    await tokens.reaches(1);
    expect(asks).to.have.length(1);
    expect(asks[0]).to.include({surface: 'embed', reason: 'initial'});
    expect(asks[0]?.signal.aborted).to.equal(false);
    expect(made.credentials).to.deep.equal(FIRST);
    expect(made.over).to.equal(false);
  });

  it('sends the token again and again, as one sent before the page listens is lost', async () => {
    void login(FIRST, {...PACE, patience: 60_000}).run();
    await tokens.reaches(4);
    expect(new Set(tokens.all)).to.deep.equal(new Set([FIRST.authToken]));
  });

  it('sends the token at once when the page has begun to listen', async () => {
    const made = login(asking(FIRST), {...PACE, repeat: 60_000, patience: 60_000});
    made.repeat();
    void made.run();
    await tokens.reaches(1);
    made.repeat();
    expect(tokens.all).to.deep.equal([FIRST.authToken, FIRST.authToken]);
    made.stop();
    made.repeat();
    expect(tokens.all).to.have.length(2);
  });

  it('asks for another token when the first had no effect, and tells that it was rejected', async () => {
    const made = login(asking(FIRST, FRESH));
    await made.run();
    expect(asks.map(({reason}) => reason)).to.deep.equal(['initial', 'rejected']);
    expect([...new Set(tokens.all)]).to.deep.equal([FIRST.authToken, FRESH.authToken]);
    expect(made.credentials).to.deep.equal(FRESH);
    expect(made.over).to.equal(true);
  });

  it('sends the token that was put in the place of the first, for as long, before it asks for another', async () => {
    const pace = {...PACE, repeat: 20, patience: 1000};
    let asked = 0;
    const another = new Promise<void>((resolve) => {
      const made = login(async (ask) => {
        asks.push(ask);
        asked = performance.now();
        if (asks.length === 2) resolve();
        return FIRST;
      }, pace);
      void made.run();
    });
    // Well after the first one, whose time is not to be its own.
    await tokens.reaches(5);
    const put = performance.now();
    running[0]!.credentials = FRESH;
    await another;
    expect(asks.map(({reason}) => reason)).to.deep.equal(['initial', 'rejected']);
    expect(tokens.all).to.include(FRESH.authToken);
    // Some browsers round both times.
    expect(asked - put).to.be.at.least(pace.patience - 5);
  });

  it('is over after one token where there is no way to ask for another', async () => {
    const made = login(FIRST);
    await made.run();
    expect(made.over).to.equal(true);
    expect(new Set(tokens.all)).to.deep.equal(new Set([FIRST.authToken]));
  });

  it('sends no token after it was stopped', async () => {
    const made = login(asking(FIRST, FRESH), {...PACE, patience: 60_000});
    const run = made.run();
    await tokens.reaches(2);
    made.stop();
    await run;
    const sent = tokens.all.length;
    await clock();
    expect(tokens.all).to.have.length(sent);
    expect(asks).to.have.length(1);
    expect(made.over).to.equal(true);
  });

  it('sends no token after it was stopped by the effect of the first', async () => {
    const made: EmbedLogin = new EmbedLogin(
      asking(FIRST, FRESH),
      (token) => {
        tokens.add(token);
        made.stop();
      },
      PACE,
    );
    await made.run();
    expect(tokens.all).to.deep.equal([FIRST.authToken]);
    expect(asks).to.have.length(1);
  });

  it('tells who was asked that the answer is no longer needed', async () => {
    let answer: (credentials: Credentials) => void = () => undefined;
    const made = login((ask) => {
      asks.push(ask);
      return new Promise((resolve) => (answer = resolve));
    });
    const run = made.run();
    made.stop();
    expect(asks[0]?.signal.aborted).to.equal(true);
    answer(FIRST);
    await run;
    expect(tokens.all).to.deep.equal([]);
    expect(made.credentials).to.equal(undefined);
  });

  it('ends when it is stopped, also while the answer is still to come', async () => {
    const made = login(() => new Promise(() => undefined));
    const run = made.run();
    made.stop();
    await run;
    expect(made.over).to.equal(true);
  });

  it('fails with what the auth function threw as the cause', async () => {
    const cause = new Error('session expired');
    const functions: Auth[] = [
      () => Promise.reject(cause),
      () => {
        throw cause;
      },
    ];
    for (const auth of functions) {
      const error = (await rejectionOf(login(auth).run())) as PexipChatError;
      expect(error).to.be.instanceOf(PexipChatError);
      expect(error).to.include({code: 'credentials-failed', cause});
    }
    expect(tokens.all).to.deep.equal([]);
  });

  it('fails with an answer that is no credentials, and sends nothing', async () => {
    for (const answer of [
      undefined,
      null,
      '',
      0,
      {},
      [],
      'undefined',
      {...FIRST, authToken: ''},
      {...FIRST, authToken: undefined},
      {...FIRST, authToken: 'short'},
      {authToken: FIRST.authToken},
    ]) {
      asks = [];
      const error = await rejectionOf(login(asking(answer)).run());
      expect(error).to.include({code: 'credentials-failed'});
      if (answer) {
        const fixed = await rejectionOf(login(answer as Credentials).run());
        expect(fixed).to.include({code: 'credentials-failed'});
      }
    }
    expect(tokens.all).to.deep.equal([]);
  });

  it('fails when the fresh token is none, and never sends the first again', async () => {
    const error = await rejectionOf(login(asking(FIRST, null)).run());
    expect(error).to.include({code: 'credentials-failed'});
    const sent = tokens.all.length;
    await clock();
    expect(tokens.all).to.have.length(sent);
  });

  it('never puts a token into its error', async () => {
    const wrong = {userId: '', authToken: FIRST.authToken};
    const error = (await rejectionOf(login(wrong).run())) as Error;
    expect(`${error.message}${String(error.cause)}`).not.to.include(FIRST.authToken);
  });

  it('is over when it has failed', async () => {
    const made = login(asking(null));
    await rejectionOf(made.run());
    expect(made.over).to.equal(true);
  });
});
