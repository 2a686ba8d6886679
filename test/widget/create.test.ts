import {expect} from '@open-wc/testing';

import type {WidgetProperties} from '../../src/elements/floating/widget-options.js';
import {PexipChatError} from '../../src/errors.js';
import type {Said} from '../../src/elements/floating/widget-body.js';
import {compat, create, hear, setExtensionUrl} from '../../src/widget/create.js';
import {deferred} from '../support/deferred.js';

const BROKER = 'https://broker.example.com/';
const GIVEN = {accessToken: 'jwt', broker: BROKER};

type Host = HTMLElement & WidgetProperties;

/** The element, which does nothing by itself here: it is not defined in this page. */
const makeHost = (): Host => document.createElement('pexip-chat-widget') as Host;
const signedIn = async (): Promise<void> => undefined;
const codeOf = async (made: Promise<unknown>): Promise<string> => {
  try {
    await made;
  } catch (error) {
    expect(error).to.be.instanceOf(PexipChatError);
    return (error as PexipChatError).code;
  }
  return 'none';
};
const widgets = (): NodeListOf<Element> => document.querySelectorAll('pexip-chat-widget');
const attributesOf = (host: Element): Record<string, string> =>
  Object.fromEntries([...host.attributes].map(({name, value}) => [name, value]));

afterEach(() => widgets().forEach((each) => each.remove()));

describe('create()', () => {
  it('puts the widget into the body, and resolves once the user is signed in', async () => {
    const host = makeHost();
    const signIn = deferred<void>();
    let done = false;
    const made = create(host, GIVEN, () => signIn.promise).then(() => (done = true));
    while (!host.isConnected) await null;
    expect(host.parentElement).to.equal(document.body);
    expect(done).to.be.false;
    signIn.resolve();
    await made;
    expect(attributesOf(host)).to.deep.equal({broker: BROKER});
    expect(host.accessToken).to.equal('jwt');
  });

  it('has all options on the widget before it is in the page', async () => {
    const host = makeHost();
    const append = document.body.append.bind(document.body);
    let before: unknown;
    document.body.append = (...nodes) => {
      before = [attributesOf(host), host.accessToken];
      append(...nodes);
    };
    await create(host, {...GIVEN, hidden: true}, signedIn).finally(
      () => delete (document.body as Partial<HTMLElement>).append,
    );
    expect(before).to.deep.equal([{broker: BROKER, hidden: ''}, 'jwt']);
  });

  it('sets attributes in kebab case, and as properties what is no text', async () => {
    const host = makeHost();
    const more = {
      layout: {header: {background: 'red'}},
      tools: {chat: true},
      userDetailsProvider: async () => [],
      userDetailsFormatter: () => 'Anna',
    };
    await create(
      host,
      {
        ...GIVEN,
        ...more,
        environment: 'sandbox',
        hidden: true,
        chat: false,
        view: 'embed',
        language: 'de',
        call_type: 'audio_only',
        recording: true,
        recordingType: 'manual',
        isAdmin: true,
        mode: 'window',
        feedback: true,
        virtualBackground: 'blur',
        screenSharingExtensionId: 'abc',
        screenSharingExtensionURL: 'https://chrome.google.com/webstore/detail/abc',
        appId: 'wAppId_fake123456',
      },
      signedIn,
    );
    expect(attributesOf(host)).to.deep.equal({
      broker: BROKER,
      hidden: '',
      chat: 'false',
      view: 'embed',
      language: 'de',
      'call-type': 'audio_only',
      record: '',
      'recording-type': 'manual',
      'is-admin': '',
      mode: 'window',
      feedback: '',
      'virtual-background': 'blur',
      'screen-sharing-extension-id': 'abc',
      'screen-sharing-extension-url': 'https://chrome.google.com/webstore/detail/abc',
    });
    expect(host.layout).to.deep.equal(more.layout);
    expect(host.tools).to.deep.equal(more.tools);
    expect(host.userDetailsProvider).to.equal(more.userDetailsProvider);
    expect(host.userDetailsFormatter).to.equal(more.userDetailsFormatter);
  });

  it('sets nothing for what is off, or the default', async () => {
    const host = makeHost();
    const off = {hidden: false, chat: true, record: false, virtualBackground: false};
    await create(host, {...GIVEN, ...off, screenSharingExtensionId: ''}, signedIn);
    expect(attributesOf(host)).to.deep.equal({broker: BROKER});
  });

  it("signs in by the application's cookie, if it is told so", async () => {
    const host = makeHost();
    await create(host, {broker: BROKER, useCookie: true}, signedIn);
    expect(attributesOf(host)).to.deep.equal({broker: BROKER, 'use-cookie': ''});
    expect(host.accessToken).to.equal(undefined);
  });

  it('tells the token to no attribute', async () => {
    const host = makeHost();
    await create(host, {...GIVEN, accessToken: 'top.secret.token'}, signedIn);
    expect(host.outerHTML).not.to.contain('secret');
  });
});

describe('create() rejects', () => {
  const refused = async (given: unknown, code: string): Promise<void> => {
    const host = makeHost();
    let asked = false;
    const made = create(host, given, async () => {
      asked = true;
    });
    expect(await codeOf(made)).to.equal(code);
    expect(widgets()).to.have.length(0);
    expect(attributesOf(host)).to.deep.equal({});
    expect(asked).to.be.false;
    // Nothing is left of it: the next one works.
    await create(makeHost(), GIVEN, signedIn);
    expect(widgets()).to.have.length(1);
  };

  it('with invalid-option where an option is wrong, and may be called again', async () => {
    await refused({...GIVEN, mode: 'popup'}, 'invalid-option');
  });

  it('with invalid-option without options', async () => {
    await refused(undefined, 'invalid-option');
  });

  it('with invalid-option where nothing names a broker', async () => {
    await refused({accessToken: 'jwt'}, 'invalid-option');
  });

  it('with access-token-required where nothing says who the user is', async () => {
    for (const accessToken of [undefined, null, ''])
      await refused({broker: BROKER, accessToken}, 'access-token-required').finally(() =>
        widgets().forEach((each) => each.remove()),
      );
  });

  it('with access-token-required for a user who is only named, where the page has no credentials()', async () => {
    await refused(
      {broker: BROKER, userAlias: 'usr_123456', appId: 'wAppId_fake123456'},
      'access-token-required',
    );
  });

  it('with what the sign-in rejects with, and takes the widget away with all it was given', async () => {
    const host = makeHost();
    const error = new PexipChatError('sign-in-required', 'Nobody.');
    const made = create(host, {...GIVEN, hidden: true, layout: {}}, () => Promise.reject(error));
    expect(await codeOf(made)).to.equal('sign-in-required');
    expect(widgets()).to.have.length(0);
    expect(host.isConnected).to.be.false;
    expect(attributesOf(host)).to.deep.equal({});
    expect([host.accessToken, host.layout]).to.deep.equal([undefined, undefined]);
    await create(host, GIVEN, signedIn);
    expect(host.isConnected).to.be.true;
  });

  it('and leaves alone what was created since the page itself took the widget away', async () => {
    const host = makeHost();
    const signIn = deferred<void>();
    const first = create(host, GIVEN, () => signIn.promise);
    while (!host.isConnected) await null;
    host.remove();
    await create(host, GIVEN, signedIn);
    signIn.reject(new PexipChatError('not-created', 'It is gone.'));
    expect(await codeOf(first)).to.equal('not-created');
    expect(host.isConnected).to.be.true;
    expect(host.accessToken).to.equal('jwt');
  });

  it('and says how a broker can be named', async () => {
    const messageOf = (given: unknown): Promise<string> =>
      create(makeHost(), given, signedIn).then(
        () => '',
        (error: PexipChatError) => error.message,
      );
    expect(await messageOf({accessToken: 'jwt'})).to.contain('data-broker');
    expect(await messageOf({accessToken: 'jwt', environment: 'sandbox'}))
      .to.contain('data-broker-sandbox')
      .and.to.contain('environments.sandbox of compat()');
  });
});

describe('a second create()', () => {
  it('rejects with already-created, and the first lives on', async () => {
    const host = makeHost();
    await create(host, GIVEN, signedIn);
    expect(await codeOf(create(host, {...GIVEN, mode: 'window'}, signedIn))).to.equal(
      'already-created',
    );
    expect(await codeOf(create(makeHost(), GIVEN, signedIn))).to.equal('already-created');
    expect(widgets()).to.have.length(1);
    expect(host.isConnected).to.be.true;
    expect(attributesOf(host)).to.deep.equal({broker: BROKER});
    expect(host.accessToken).to.equal('jwt');
  });

  it('does so in the same moment, too', async () => {
    const host = makeHost();
    const both = [create(host, GIVEN, signedIn), create(host, GIVEN, signedIn)];
    expect(await Promise.all(both.map(codeOf))).to.deep.equal(['none', 'already-created']);
    expect(host.isConnected).to.be.true;
  });

  it('does so while the first is being signed in', async () => {
    const signIn = deferred<void>();
    const host = makeHost();
    const first = create(host, GIVEN, () => signIn.promise);
    while (!host.isConnected) await null;
    expect(await codeOf(create(makeHost(), GIVEN, signedIn))).to.equal('already-created');
    signIn.resolve();
    await first;
  });

  it("does so where the page's own markup has a widget, and says what to do with that one", async () => {
    const own = makeHost();
    document.body.append(own);
    expect(await codeOf(create(own, GIVEN, signedIn))).to.equal('already-created');
    const error: unknown = await create(makeHost(), GIVEN, signedIn).catch((each: unknown) => each);
    expect((error as PexipChatError).code).to.equal('already-created');
    // It may have no user, whom logout() could sign out.
    expect((error as PexipChatError).message)
      .to.contain('accessToken')
      .and.to.contain('take it out of the page')
      .and.not.to.contain('logout()');
    expect(attributesOf(own)).to.deep.equal({});
    own.remove();
    await create(makeHost(), GIVEN, signedIn);
  });

  it('says to call logout() where create() has put the first one there', async () => {
    await create(makeHost(), GIVEN, signedIn);
    const error: unknown = await create(makeHost(), GIVEN, signedIn).catch((each: unknown) => each);
    expect((error as PexipChatError).message).to.contain('logout()');
  });

  it('works once the first has left the page', async () => {
    const host = makeHost();
    await create(host, GIVEN, signedIn);
    host.remove();
    const next = makeHost();
    await create(next, GIVEN, signedIn);
    expect(next.isConnected).to.be.true;
  });

  it('works once the first was refused, even while that had to wait', async () => {
    const signIn = deferred<void>();
    const first = create(makeHost(), GIVEN, () => signIn.promise);
    signIn.reject(new PexipChatError('sign-in-required', 'Nobody.'));
    expect(await codeOf(first)).to.equal('sign-in-required');
    await create(makeHost(), GIVEN, signedIn);
    expect(widgets()).to.have.length(1);
  });
});

describe('setExtensionUrl()', () => {
  it('keeps the address as an attribute', () => {
    const host = makeHost();
    setExtensionUrl(host, 'https://chrome.google.com/webstore/detail/abc');
    expect(attributesOf(host)).to.deep.equal({
      'screen-sharing-extension-url': 'https://chrome.google.com/webstore/detail/abc',
    });
  });

  it('warns of what is no address, and keeps the one before', () => {
    const host = makeHost();
    const {warn} = console;
    const warnings: string[] = [];
    console.warn = (...texts: unknown[]) => void warnings.push(texts.join(' '));
    setExtensionUrl(host, 'https://chrome.google.com/webstore/detail/abc');
    for (const wrong of ['URL_CHROME_WEBSTORE', 'javascript:alert(1)', 1, null])
      setExtensionUrl(host, wrong);
    console.warn = warn;
    expect(
      warnings.every((text) =>
        text.includes('invalid-option: The address given to setExtensionUrl() must'),
      ),
    ).to.be.true;
    expect(warnings.length).to.be.greaterThan(2);
    expect(host.getAttribute('screen-sharing-extension-url')).to.contain('/abc');
  });
});

describe('what compat() has said before this file came', () => {
  it('is heard by create(), once, before it reads its options', async () => {
    const said: Said = [['bandyer', {environments: {sandbox: BROKER}}]];
    await create(makeHost(), {accessToken: 'jwt', environment: 'sandbox'}, signedIn, said);
    expect(attributesOf(widgets()[0]!)).to.include({broker: BROKER});
    expect(said).to.deep.equal([]);
  });

  it('is heard in its order', () => {
    const {warn} = console;
    const warnings: string[] = [];
    console.warn = (...texts: unknown[]) => void warnings.push(texts.join(' '));
    hear([
      ['first' as 'bandyer', {}],
      ['second' as 'bandyer', {}],
    ]);
    console.warn = warn;
    expect(warnings).to.have.length(2);
    expect(warnings[0]).to.contain('"first"');
    compat('bandyer');
  });
});

describe('a second create() while credentials() of the first are slow', () => {
  it('rejects with already-created, and the first lives on', async () => {
    const asked = deferred<string>();
    compat('bandyer', {environments: {sandbox: BROKER}, credentials: () => asked.promise});
    const host = makeHost();
    const user = {userAlias: 'usr_123456', appId: 'wAppId_fake123456', environment: 'sandbox'};
    const first = create(host, user, signedIn);
    expect(await codeOf(create(makeHost(), GIVEN, signedIn))).to.equal('already-created');
    expect(widgets()).to.have.length(0);
    asked.resolve('jwt');
    await first;
    expect([...widgets()]).to.deep.equal([host]);
  });
});
