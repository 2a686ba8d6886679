import {expect} from '@open-wc/testing';

import type {WidgetOptions} from '../../src/elements/floating/widget-options.js';
import type {PexipChatError} from '../../src/errors.js';
import {VERSION} from '../../src/version.js';
import {ME, OTHER, setupBandyer} from '../support/bandyer-page.js';
import {waitUntil} from '../support/wait.js';
import {simulators, startBrokerFor} from 'test-simulators';

const USER = {userAlias: ME, appId: 'wAppId_fake123456', environment: 'sandbox'};

describe("a page of Bandyer's with our script tag", () => {
  it('has BandyerChat, which says our version', async () => {
    const {page, resultOf} = await setupBandyer();
    expect(page.BandyerChat!.create).to.equal(page.PexipChatRoom!.create);
    expect(await resultOf('version')).to.equal(VERSION);
  });

  it('has none without data-compat, until it asks for it', async () => {
    const {page} = await setupBandyer({'data-compat': ''});
    expect(page.BandyerChat).to.equal(undefined);
    page.PexipChatRoom!.compat('bandyer');
    expect(page.BandyerChat!.create).to.equal(page.PexipChatRoom!.create);
  });

  it('runs the first example of the document', async () => {
    const {page, broker, run, widget, resultOf} = await setupBandyer();
    await run('create');
    expect(await page.Client).to.equal(widget());
    expect(widget()!.getAttribute('broker')).to.equal(`${broker}/`);
    expect(widget()!.getAttribute('language')).to.equal('it');
    expect(await resultOf('is-authenticated')).to.be.true;
  });

  it('hands userAlias and appId to credentials(), and takes listeners before anybody is signed in', async () => {
    const {page, run, useCredentials, widget} = await setupBandyer();
    const asked = useCredentials();
    await run('client');
    for (const name of ['typing-started', 'message-sent', 'message-received', 'message-read'])
      await run(`${name}`);
    for (const name of ['chat-loaded', 'user-connected', 'user-disconnected']) await run(`${name}`);
    expect(await page.Client).to.equal(widget());
    expect(asked[0]).to.deep.equal(USER);
    expect(widget()!.getAttribute('screen-sharing-extension-id')).to.equal(
      'id of your screen sharing extension',
    );
    expect(page.BandyerChat!.isAuthenticated()).to.be.true;
  });

  it('rejects with access-token-required where nobody gives a token for them', async () => {
    const {page} = await setupBandyer();
    const error = await page.BandyerChat!.create(USER as WidgetOptions).catch((each) => each);
    expect(error.code).to.equal('access-token-required');
    expect(page.document.querySelector('pexip-chat-widget')).to.equal(null);
  });

  it('takes the layout of the document', async () => {
    const {run, useCredentials, widget} = await setupBandyer();
    useCredentials();
    await run('layout');
    await waitUntil(() => widget());
    const {layout} = widget()!;
    expect(layout!.headerButton).to.deep.equal({background: '#0069B4', color: '#fff'});
    expect(layout!.feedback!.buttons!.color).to.equal('#fff');
    expect(layout!.fontFamily).to.contain('"Segoe UI"');
  });

  it('takes the tools of the document', async () => {
    const {page, textOf, widget} = await setupBandyer();
    const {tools} = JSON.parse(await textOf('tools'));
    await page.BandyerChat!.create({accessToken: 'jwt', environment: 'sandbox', tools});
    expect(widget()!.tools).to.deep.equal(tools);
  });

  it('takes the extension for sharing a screen, which no browser needs any more', async () => {
    for (const [name, attribute] of [
      ['extension-id', 'screen-sharing-extension-id'],
      ['extension-url', 'screen-sharing-extension-url'],
    ] as const) {
      const {run, useCredentials, widget} = await setupBandyer();
      useCredentials();
      await run(name);
      await waitUntil(() => widget());
      expect(widget()!.hasAttribute(attribute)).to.be.true;
    }
    const {run, create, widget} = await setupBandyer();
    await create();
    await run('set-extension-url');
    await waitUntil(() => widget()!.hasAttribute('screen-sharing-extension-url'));
  });

  it('is told which option is wrong, and goes on with the right one', async () => {
    const {page, create, resultOf} = await setupBandyer();
    const wrong = {accessToken: 'jwt', environment: 'sandbox', callType: 'video'};
    const error = await page.BandyerChat!.create(wrong as WidgetOptions).catch((each) => each);
    expect(error).to.be.instanceOf(page.PexipChatRoom!.PexipChatError);
    expect(error.code).to.equal('invalid-option');
    expect(error.message).to.contain('"callType"').and.to.contain('not "video"');
    await create();
    expect(await resultOf('is-authenticated')).to.be.true;
  });

  it('is told that it has created a widget already, and keeps that one', async () => {
    const {page, create, resultOf, widget} = await setupBandyer();
    const client = await create();
    const again = {accessToken: 'jwt', environment: 'sandbox'} as const;
    const error = await page.BandyerChat!.create(again).catch((each) => each);
    expect(error.code).to.equal('already-created');
    expect(widget()).to.equal(client);
    expect(await resultOf('is-authenticated')).to.be.true;
  });

  it('may do something with the widget right after create(), without await', async () => {
    const {page, widget} = await setupBandyer();
    const chat = page.BandyerChat!;
    const early = await chat.addChat(OTHER).catch((each: PexipChatError) => each.code);
    expect(early).to.equal('not-created');
    const created = chat.create({accessToken: 'jwt', environment: 'sandbox', hidden: true});
    const added = chat.addChat(OTHER);
    expect((await chat.getUser(OTHER)).userAlias).to.equal(OTHER);
    await added;
    expect(widget()!.hidden).to.be.false;
    expect((await created).getChats()).to.have.length(1);
  });

  it('may call compat() and create() in one breath, from a script in the head', async () => {
    const {page, useCredentials, widget} = await setupBandyer();
    const {body} = page.document;
    body.remove();
    useCredentials();
    const made = page.BandyerChat!.create({...USER, environment: 'sandbox'});
    const again = page.BandyerChat!.create({...USER, environment: 'sandbox'}).catch((each) => each);
    expect((await again).code).to.equal('already-created');
    expect(widget()).to.equal(null);
    page.document.documentElement.append(body);
    expect(await made).to.equal(widget());
  });
});

describe('the script tag', () => {
  it('names the broker, that of an environment before the common one', async () => {
    const other = await startBrokerFor(simulators.rocketChat);
    const {page, broker, widget} = await setupBandyer({'data-broker': other});
    const brokerOf = async (options: WidgetOptions): Promise<string> => {
      // Nobody is signed in while the widget is looked at.
      const accessToken = (): Promise<string> => new Promise(() => undefined);
      const made = page.PexipChatRoom!.create({accessToken, ...options});
      made.catch(() => undefined);
      await waitUntil(() => widget());
      const address = widget()!.getAttribute('broker')!;
      widget()!.remove();
      return address;
    };
    expect(await brokerOf({environment: 'sandbox'})).to.equal(`${broker}/`);
    expect(await brokerOf({environment: 'production'})).to.equal(`${other}/`);
    expect(await brokerOf({})).to.equal(`${other}/`);
  });

  it('is named by the error where its broker is no address', async () => {
    const {page} = await setupBandyer({'data-broker': 'broker.example.com'});
    const error = await page.PexipChatRoom!.create({accessToken: 'jwt'}).catch((each) => each);
    expect(error.code).to.equal('invalid-option');
    expect(error.message).to.contain('The attribute "data-broker" of the script tag');
  });

  it('is named by the error where its data-compat is another word', async () => {
    const {page} = await setupBandyer({'data-compat': 'vidyo'});
    const error = await page.BandyerChat!.create({accessToken: 'jwt'}).catch((each) => each);
    expect(error.code).to.equal('invalid-option');
    expect(error.message).to.contain('"data-compat"').and.to.contain('"bandyer"');
  });
});
