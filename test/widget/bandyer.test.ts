import {expect} from '@open-wc/testing';

import type {BandyerOptions, WidgetProperties} from '../../src/elements/floating/widget-options.js';
import {PexipChatError} from '../../src/errors.js';
import {CREDENTIALS_PACE} from '../../src/widget/bandyer.js';
import {compat, create} from '../../src/widget/create.js';

type Host = HTMLElement & WidgetProperties;

const SECRET = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfMTIzNDU2In0.c2lnbmF0dXJl';
const SANDBOX = 'https://sandbox.example.com/';
const PRODUCTION = 'https://production.example.com/';
const ENVIRONMENTS = {sandbox: SANDBOX, production: PRODUCTION};
/** As in the document's examples. */
const USER = {userAlias: 'usr_123456', appId: 'wAppId_fake123456', environment: 'sandbox'};

const makeHost = (): Host => document.createElement('pexip-chat-widget') as Host;
const make = async (given: unknown): Promise<Host> => {
  const host = makeHost();
  await create(host, given, async () => undefined);
  return host;
};
const refusal = (given: unknown): Promise<PexipChatError> =>
  make(given).then(
    () => Promise.reject(new Error('It was created.')),
    (error: PexipChatError) => error,
  );
/** What a widget signs in with. */
const tokenOf = ({accessToken}: Host): Promise<string> =>
  Promise.resolve(typeof accessToken === 'function' ? accessToken() : String(accessToken));

/** What the page is warned of while `work` runs. */
const warningsOf = async (work: () => unknown): Promise<string[]> => {
  const {warn} = console;
  const warnings: string[] = [];
  console.warn = (...texts: unknown[]) => void warnings.push(texts.join(' '));
  try {
    await work();
  } finally {
    console.warn = warn;
  }
  return warnings;
};
const useCredentials = (credentials: unknown): void =>
  compat('bandyer', {environments: ENVIRONMENTS, credentials});

const OWN_PACE = {...CREDENTIALS_PACE};
let left: Element[] = [];
afterEach(() => {
  left = [...document.querySelectorAll('pexip-chat-widget')];
  for (const each of left) each.remove();
  Object.assign(CREDENTIALS_PACE, OWN_PACE);
});

describe('without compat()', () => {
  it('neither language nor formatter are set: those of the page hold', async () => {
    const host = await make({accessToken: 'jwt', broker: SANDBOX});
    expect(host.hasAttribute('language')).to.be.false;
    expect(host.userDetailsFormatter).to.equal(undefined);
  });

  it('an environment has no broker', async () => {
    const {code, message} = await refusal({accessToken: 'jwt', environment: 'sandbox'});
    expect(code).to.equal('invalid-option');
    expect(message).to.contain('"sandbox"');
  });
});

describe('compat(), of which calls add up, with the broker of the sandbox alone', () => {
  before(() => compat('bandyer', {environments: {sandbox: SANDBOX}}));

  it('refuses an environment that it names no broker for', async () => {
    const {code, message} = await refusal({accessToken: 'jwt', environment: 'production'});
    expect(code).to.equal('invalid-option');
    expect(message).to.contain('environments.production of compat()');
  });

  it('rejects userAlias and appId with access-token-required: there is no credentials()', async () => {
    const {code, message} = await refusal(USER);
    expect(code).to.equal('access-token-required');
    expect(message).to.contain('credentials()').and.not.to.contain('usr_123456');
  });

  it('adds what a second call says to the first, and keeps both', async () => {
    compat('bandyer', {environments: {production: PRODUCTION}});
    for (const environment of ['sandbox', 'production'] as const) {
      const host = await make({accessToken: 'jwt', environment});
      expect(host.getAttribute('broker')).to.equal(ENVIRONMENTS[environment]);
      host.remove();
    }
  });

  it('takes the latest of what is said twice', async () => {
    const other = 'https://other.example.com/';
    compat('bandyer', {environments: {sandbox: other}});
    const host = await make({accessToken: 'jwt', environment: 'sandbox'});
    expect(host.getAttribute('broker')).to.equal(other);
  });
});

describe("compat('bandyer')", () => {
  it('names the broker of each environment', async () => {
    compat('bandyer', {environments: ENVIRONMENTS});
    for (const environment of ['sandbox', 'production'] as const) {
      const host = await make({accessToken: 'jwt', environment});
      expect(host.getAttribute('broker')).to.equal(ENVIRONMENTS[environment]);
      host.remove();
    }
    const other = 'https://other.example.com/';
    const host = await make({accessToken: 'jwt', environment: 'sandbox', broker: other});
    expect(host.getAttribute('broker')).to.equal(other);
  });

  it('speaks Italian and shows aliases, as the document says, unless told otherwise', async () => {
    compat('bandyer', {environments: ENVIRONMENTS});
    const host = await make({accessToken: 'jwt', environment: 'sandbox'});
    expect(host.getAttribute('language')).to.equal('it');
    expect(host.userDetailsFormatter!({userAlias: 'usr_123456', firstName: 'Anna'})).to.equal(
      'usr_123456',
    );
    host.remove();
    const own = (): string => 'Anna';
    const given = {accessToken: 'jwt', environment: 'sandbox', language: 'en'};
    const other = await make({...given, userDetailsFormatter: own});
    expect(other.getAttribute('language')).to.equal('en');
    expect(other.userDetailsFormatter).to.equal(own);
  });

  it('refuses what it does not know, on the console at once and by each create()', async () => {
    const wrong: readonly [unknown, unknown, string][] = [
      ['vidyo', {}, 'The name given to compat() must be "bandyer", not "vidyo"'],
      [undefined, {}, 'The name given to compat() must be'],
      ['bandyer', null, 'The options of compat() must be a plain object, not null'],
      ['bandyer', 'sandbox', 'The options of compat() must be'],
      [
        'bandyer',
        {environment: SANDBOX},
        '"environment" (did you mean "environments"?), but environments, credentials',
      ],
      ['bandyer', {environments: {staging: SANDBOX}}, '"staging", but production, sandbox'],
      ['bandyer', {environments: {sandbox: 'sandbox'}}, '"environments.sandbox" must be a full'],
      ['bandyer', {environments: {sandbox: `https://a:${SECRET}@b.example`}}, 'environments.sand'],
      ['bandyer', {credentials: SECRET}, '"credentials" must be a function'],
    ];
    for (const [name, given, text] of wrong) {
      const warnings = await warningsOf(() => compat(name, given));
      expect(warnings.join('\n')).to.contain('invalid-option').and.to.contain(text);
      expect(warnings.join('\n')).not.to.contain(SECRET);
      const {code, message} = await refusal({accessToken: 'jwt', broker: SANDBOX});
      expect(code).to.equal('invalid-option');
      expect(message).to.contain(text);
      expect(document.querySelector('pexip-chat-widget')).to.equal(null);
    }
    compat('bandyer', {environments: ENVIRONMENTS});
    await make({accessToken: 'jwt', environment: 'sandbox'});
  });

  it('survives a getter of the page that throws', async () => {
    const given = {
      get credentials(): never {
        throw new Error(SECRET);
      },
    };
    const [warning] = await warningsOf(() => compat('bandyer', given));
    expect(warning ?? '').not.to.contain(SECRET);
    expect((await refusal({accessToken: 'jwt', broker: SANDBOX})).code).to.equal('invalid-option');
  });
});

describe('userAlias and appId', () => {
  it('are told to be deprecated, once', async () => {
    useCredentials(() => 'token');
    const warnings = await warningsOf(async () => {
      (await make(USER)).remove();
      (await make(USER)).remove();
    });
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('userAlias and appId are deprecated');
  });

  it('are ignored, with a hint, on a page that gives an accessToken already', async () => {
    let asked = 0;
    useCredentials(() => `token-${++asked}`);
    for (const old of [USER, {userAlias: 'usr_123456'}, {appId: 'wAppId_fake123456'}]) {
      const host = await make({environment: 'sandbox', ...old, accessToken: SECRET});
      expect(await tokenOf(host)).to.equal(SECRET);
      expect(host.getAttributeNames()).to.have.members(['broker', 'language']);
      host.remove();
    }
    expect(asked).to.equal(0);
  });

  it('name the option environment where the page names brokers for both and create() says none', async () => {
    useCredentials(() => SECRET);
    const {message} = await refusal({accessToken: SECRET});
    expect(message).to.contain('"environment" is missing').and.not.to.contain('"broker"');
  });

  it("are handed to the page's credentials(), whose token is used", async () => {
    const asked: unknown[] = [];
    useCredentials((user: unknown) => {
      asked.push(user);
      return Promise.resolve(SECRET);
    });
    const host = await make(USER);
    expect(asked).to.deep.equal([USER]);
    expect(await tokenOf(host)).to.equal(SECRET);
    expect(host.getAttributeNames()).to.have.members(['broker', 'language']);
    expect(host.outerHTML).not.to.contain('usr_123456').and.not.to.contain(SECRET);
  });

  it('are handed to them also where compat() then says something else', async () => {
    useCredentials(() => 'token');
    compat('bandyer', {environments: ENVIRONMENTS});
    compat('bandyer');
    expect(await tokenOf(await make(USER))).to.equal('token');
  });

  it('ask once for what is needed at once, and again when a token is needed later', async () => {
    let count = 0;
    useCredentials(() => `token-${++count}`);
    const host = await make(USER);
    expect(await Promise.all([tokenOf(host), tokenOf(host)])).to.deep.equal(['token-1', 'token-1']);
    host.remove();
    CREDENTIALS_PACE.kept = 0;
    const later = await make(USER);
    expect(await tokenOf(later)).to.equal('token-3');
  });

  it('ask again when the latest answer was none', async () => {
    const answers: (() => unknown)[] = [
      () => 'token',
      () => Promise.reject(new Error('no network')),
    ];
    useCredentials(() => (answers.shift() ?? (() => 'newer'))());
    CREDENTIALS_PACE.kept = 0;
    const host = await make(USER);
    CREDENTIALS_PACE.kept = 60_000;
    const error = await tokenOf(host).then(
      () => undefined,
      (thrown: PexipChatError) => thrown,
    );
    expect(error?.code).to.equal('credentials-failed');
    expect(await tokenOf(host)).to.equal('newer');
  });

  it('reject with credentials-failed where it throws, which is the cause', async () => {
    const thrown = new Error(`no session ${SECRET}`);
    const failing: (() => unknown)[] = [
      () => {
        throw thrown;
      },
      () => Promise.reject(thrown),
    ];
    for (const credentials of failing) {
      useCredentials(credentials);
      const {code, message, cause} = await refusal(USER);
      expect(code).to.equal('credentials-failed');
      expect(message).not.to.contain(SECRET);
      expect(cause).to.equal(thrown);
      expect(document.querySelector('pexip-chat-widget')).to.equal(null);
    }
  });

  it('reject with credentials-failed where it answers anything but a token', async () => {
    const answers = [
      undefined,
      null,
      '',
      1,
      {access_token: SECRET},
      [SECRET],
      'two words',
      'naïve',
    ];
    for (const answer of answers) {
      useCredentials(() => answer);
      const {code, message} = await refusal(USER);
      expect(code).to.equal('credentials-failed');
      expect(message).not.to.contain(SECRET);
    }
  });

  it('reject with credentials-failed where it gives no answer in time, and may be tried again', async () => {
    CREDENTIALS_PACE.patience = 1;
    useCredentials(() => new Promise(() => undefined));
    expect((await refusal(USER)).code).to.equal('credentials-failed');
    useCredentials(() => 'token');
    expect(await tokenOf(await make(USER))).to.equal('token');
  });

  it('are a second create() while credentials() thinks', async () => {
    const credentials: NonNullable<BandyerOptions['credentials']> = async () => 'token';
    useCredentials(credentials);
    const first = make(USER);
    expect((await refusal(USER)).code).to.equal('already-created');
    await first;
  });
});
