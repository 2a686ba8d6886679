import {expect} from '@open-wc/testing';

import type {Client} from '../../src/elements/floating/widget-operations.js';
import type {UserDetails} from '../../src/elements/floating/widget-options.js';
import type {PexipChatError} from '../../src/errors.js';
import {ME, nextOf, OTHER, setupBandyer} from '../support/bandyer-page.js';
import {otherClient} from '../support/other-client.js';
import {waitUntil} from '../support/wait.js';

type Setup = Awaited<ReturnType<typeof setupBandyer>>;

/** A widget whose user has a chat with the other one. @param texts what that one has written */
const setupChat = async (...texts: readonly string[]) => {
  const setup = await setupBandyer();
  const {_id: chat} = await setup.workspace.createRoom({type: 'd', members: [ME, OTHER]});
  for (const text of texts) await setup.workspace.post(OTHER, chat, text);
  const client = await setup.create();
  return {...setup, chat, client};
};
/** What a call that is to fail rejects with. */
const refusalOf = (answer: Promise<unknown>): Promise<PexipChatError> =>
  answer.then(
    () => Promise.reject(new Error('It was done.')),
    (error: PexipChatError) => error,
  );
const people = (participants: readonly string[]): void => {
  expect(participants).to.have.members([ME, OTHER]);
};
const textOf = (element: Element): string => {
  const own = element.shadowRoot ? [...element.shadowRoot.children] : [];
  return [element.textContent, ...own.map(textOf)].join(' ');
};
const chatsOf = ({page}: Setup): readonly {chat: string}[] => page.BandyerChat!.getChats();

describe("the document's examples of its token", () => {
  it('give another one when the first is about to end', async () => {
    const setup = await setupBandyer();
    const {page, remote, run} = setup;
    let asked = 0;
    page.yourAsyncFunction = () => {
      asked++;
      return remote.accessToken(ME, {expiresIn: 7_200});
    };
    const accessToken = await remote.accessToken(ME, {expiresIn: 3_600});
    const made = page.BandyerChat!.create({accessToken, environment: 'sandbox'});
    page.client = made as unknown as Client;
    const about = nextOf(made, 'access_token_is_about_to_expire');
    await run('access-token');
    await made;
    // The device has slept until shortly before the end.
    const slept = 3_550_000;
    page.Date.now = () => Date.now() + slept;
    page.dispatchEvent(new Event('online'));
    const {expiresAt} = await about;
    expect(new Date(expiresAt).toISOString()).to.equal(expiresAt);
    await waitUntil(() => asked);
    const {expiresAt: later} = await page.BandyerChat!.updateAccessToken(
      await remote.accessToken(ME, {expiresIn: 7_200}),
    );
    expect(Date.parse(later)).to.be.greaterThan(Date.parse(expiresAt));
  });
});

describe("the document's examples of user details", () => {
  const anna = {userAlias: OTHER, firstName: 'Anna', lastName: 'Rossi'};

  /** A page with the functions of the document's user details, whose user has a chat with the other one. */
  const setupDetails = async () => {
    const setup = await setupBandyer();
    const {page, workspace, useCredentials} = setup;
    await workspace.createRoom({type: 'd', members: [ME, OTHER]});
    useCredentials();
    const asked: string[] = [];
    page.yourAsyncFetchFunction = async (alias) => {
      asked.push(alias);
      return {...anna, userAlias: alias};
    };
    return {...setup, asked};
  };

  it('have a provider that throws by a slip of the document: aliases are shown, and one warning', async () => {
    const {page, run, widget, warnings, asked} = await setupDetails();
    await run('user-details-provider');
    await waitUntil(() => asked.includes(OTHER));
    page.BandyerChat!.openWidget();
    await waitUntil(() => textOf(widget()!).includes(OTHER));
    const told = warnings.filter((each) => each.includes('userDetailsProvider'));
    expect(told).to.have.length(1);
    expect(told[0]).to.contain('People have their default name');
  });

  it('ask the provider for aliases, an object for each, once the slip is mended', async () => {
    const {page, run, widget, warnings, asked} = await setupDetails();
    await run('user-details-provider', (text) =>
      text.replace('usersObjPromises', 'userObjPromises'),
    );
    await waitUntil(() => asked.includes(OTHER));
    // There is no formatter: as the document says, the alias is shown all the same.
    page.BandyerChat!.openWidget();
    await waitUntil(() => textOf(widget()!).includes(OTHER));
    expect(warnings.join()).not.to.contain('userDetailsProvider');
  });

  it('show what the formatter makes of what the provider knows', async () => {
    const {page, workspace, widget} = await setupBandyer();
    await workspace.createRoom({type: 'd', members: [ME, OTHER]});
    await page.BandyerChat!.create({
      accessToken: 'jwt',
      environment: 'sandbox',
      userDetailsProvider: async (aliases) =>
        aliases.map((userAlias): UserDetails => ({...anna, userAlias})),
      userDetailsFormatter: ({firstName, lastName}) => `${firstName} ${lastName}`,
    });
    page.BandyerChat!.openWidget();
    await waitUntil(() => textOf(widget()!).includes('Anna Rossi'));
  });

  it('show the alias where the page has neither, as the document says', async () => {
    const {client, page, widget} = await setupChat();
    expect(client).to.equal(widget());
    page.BandyerChat!.openWidget();
    await waitUntil(() => textOf(widget()!).includes(OTHER));
  });

  it('call the formatter of the document with the name at Rocket.Chat, in two, where nobody tells more', async () => {
    const {page, run, workspace, useCredentials, widget} = await setupBandyer();
    await workspace.createRoom({type: 'd', members: [ME, 'bob']});
    useCredentials();
    const users: object[] = [];
    let formatter: (user: object) => string;
    Object.defineProperty(page, 'yourFormatterFunction', {
      get: () => (user: object) => {
        users.push(user);
        return `${formatter(user)}!`;
      },
      set: (given: typeof formatter) => (formatter = given),
    });
    await run('user-details-formatter');
    await waitUntil(() => widget());
    page.BandyerChat!.openWidget();
    await waitUntil(() => textOf(widget()!).includes('Bob Keller!'));
    expect({...users.at(-1)}).to.deep.equal({
      userAlias: 'bob',
      name: 'Bob Keller',
      firstName: 'Bob',
      lastName: 'Keller',
    });
  });
});

describe("the document's examples of chats", () => {
  it('add a chat, and show it', async () => {
    const setup = await setupBandyer();
    const client = await setup.create();
    const loaded = nextOf(client, 'chat_loaded');
    await setup.resultOf<void>('add-chat');
    const {chat, participants, unreadMessages, dateCreated} = await loaded;
    people(participants);
    expect(unreadMessages).to.equal(0);
    expect(Number(dateCreated)).to.be.greaterThan(0);
    expect(chatsOf(setup).map((each) => each.chat)).to.deep.equal([chat]);
    expect(setup.widget()!.hasAttribute('open')).to.be.true;
  });

  it('select a chat', async () => {
    const {resultOf, widget} = await setupChat('Good morning');
    await resultOf<void>('select-chat');
    await waitUntil(() => textOf(widget()!).includes('Good morning'));
  });

  it('send a message without a word in the window', async () => {
    const {client, resultOf, chat, workspace, widget} = await setupChat();
    const sent = nextOf(client, 'message_sent');
    await resultOf<void>('compose-message');
    const message = await sent;
    expect(message.text).to.equal('How are you?');
    expect(message.sender).to.equal(ME);
    expect(message.chat).to.equal(chat);
    people(message.participants);
    expect((await workspace.messages(chat)).map(({msg}) => msg)).to.deep.equal(['How are you?']);
    expect(widget()!.hasAttribute('open')).to.be.false;
    const last = await resultOf<unknown>('get-last-message-sent');
    expect(last).to.deep.equal(message);
  });

  it('remove a chat from the list, with its messages kept', async () => {
    const setup = await setupChat('Good morning');
    await setup.resultOf<void>('remove-chat');
    await waitUntil(() => !chatsOf(setup).length);
    expect(await setup.workspace.messages(setup.chat)).to.have.length(1);
  });

  it('are answered as documented where chats are off', async () => {
    const {page, resultOf} = await setupBandyer();
    await page.BandyerChat!.create({accessToken: 'jwt', environment: 'sandbox', chat: false});
    for (const name of ['add-chat', 'remove-chat', 'select-chat', 'compose-message']) {
      const error = await refusalOf(resultOf<void>(name));
      expect(error.code).to.equal('chat-disabled');
      expect(error.message).to.contain('Chat module not initialized');
    }
  });

  it('log out, after which the page may create another one', async () => {
    const {page, resultOf, create, widget} = await setupBandyer();
    await create();
    await resultOf<void>('logout');
    expect(widget()).to.equal(null);
    expect(page.BandyerChat!.isAuthenticated()).to.be.false;
    await create();
    expect(page.BandyerChat!.isAuthenticated()).to.be.true;
  });
});

describe("the document's events", () => {
  it('tell of a message, and of its being read', async () => {
    const {client, chat, server, workspace, resultOf} = await setupChat();
    const received = nextOf(client, 'message_received');
    await workspace.post(OTHER, chat, 'Good morning');
    const message = await received;
    expect(Object.keys(message)).to.have.members([
      ...['id', 'chat', 'participants', 'text', 'timestamp', 'sender'],
    ]);
    expect(message.text).to.equal('Good morning');
    expect(message.sender).to.equal(OTHER);
    people(message.participants);
    expect(await resultOf('get-last-message-received')).to.deep.equal(message);
    const read = nextOf(client, 'message_read');
    // On another device of the user.
    const own = await otherClient(server, await workspace.token(ME));
    await own.call('readMessages', chat);
    own.end();
    expect((await read).id).to.equal(message.id);
  });

  it('tell who writes', async () => {
    const {client, chat, server, workspace} = await setupChat();
    const typing = nextOf(client, 'typing_started');
    const other = await otherClient(server, await workspace.token(OTHER));
    let told: Awaited<typeof typing> | undefined;
    void typing.then((detail) => (told = detail));
    // The streams of a chat begin a moment after it was told.
    await waitUntil(async () => {
      await other.call(
        'stream-notify-room',
        `${chat}/user-activity`,
        workspace.nameOf(OTHER),
        ['user-typing'],
        {},
      );
      return told;
    });
    other.end();
    const {userAlias, chat: where, participants} = await typing;
    expect([userAlias, where]).to.deep.equal([OTHER, chat]);
    people(participants);
  });

  it('tell who comes and goes', async () => {
    const {client, page, server, workspace} = await setupChat();
    const other = await otherClient(server, await workspace.token(OTHER));
    await waitUntil(() => page.BandyerChat!.getUsersStatusList().length);
    const disconnected = nextOf(client, 'user_disconnected');
    await other.call('setUserStatus', 'offline');
    expect(await disconnected).to.deep.equal({userAlias: OTHER, status: 'offline'});
    const connected = nextOf(client, 'user_connected');
    await other.call('setUserStatus', 'online');
    expect(await connected).to.deep.equal({userAlias: OTHER, status: 'online'});
    other.end();
  });
});

describe("the document's examples of the widget", () => {
  it('show, hide, open, close and toggle it, each with true', async () => {
    const {create, resultOf, widget} = await setupBandyer();
    await create();
    const steps: readonly [string, {hidden: boolean; open: boolean}][] = [
      ['hide-widget', {hidden: true, open: false}],
      ['show-widget', {hidden: false, open: false}],
      ['open-widget', {hidden: false, open: true}],
      ['close-widget', {hidden: false, open: false}],
      ['toggle-widget', {hidden: false, open: true}],
      ['toggle-widget', {hidden: false, open: false}],
    ];
    for (const [name, {hidden, open}] of steps) {
      expect(await resultOf(name), name).to.be.true;
      expect(widget()!.hidden, name).to.equal(hidden);
      expect(widget()!.hasAttribute('open'), name).to.equal(open);
    }
  });

  it('answer false where there is no widget', async () => {
    const {create, resultOf} = await setupBandyer();
    await create();
    await resultOf<void>('logout');
    for (const name of ['show-widget', 'open-widget', 'toggle-widget'])
      expect(await resultOf(name), name).to.be.false;
  });
});

describe("the document's examples of activities", () => {
  it('tell a user, at once and when waited for', async () => {
    const {page, resultOf} = await setupChat();
    page.userAlias = OTHER;
    expect(page.BandyerChat!.getUser(OTHER).userAlias).to.equal(OTHER);
    expect(await resultOf('get-user')).to.deep.equal({userAlias: OTHER, status: 'online'});
  });

  it('tell chats, and what is unread in them', async () => {
    const {page, resultOf, chat} = await setupChat('Good morning', 'Are you there?');
    await waitUntil(async () => (await resultOf<unknown[]>('get-unread-messages')).length);
    expect(await resultOf('get-unread-messages')).to.deep.equal([{chat, unreadMessages: 2}]);
    // Who has which alias is asked for; until it is known, a user is named by `@` and the username.
    await waitUntil(() => !page.BandyerChat!.getChats()[0]!.participants.join().includes('@'));
    const [only] = await resultOf<readonly Record<string, unknown>[]>('get-chats');
    people(only!['participants'] as readonly string[]);
    expect(only).to.include({chat, unreadMessages: 2});
    const {author, message} = only!['lastMessage'] as Record<string, unknown>;
    expect([author, message]).to.deep.equal([OTHER, 'Are you there?']);
  });

  it('tell who of them can be reached', async () => {
    const {resultOf, server, workspace} = await setupChat();
    const other = await otherClient(server, await workspace.token(OTHER));
    await other.call('setUserStatus', 'offline');
    await waitUntil(async () => !(await resultOf<unknown[]>('get-users-status-list')).length);
    await other.call('setUserStatus', 'online');
    await waitUntil(async () => (await resultOf<unknown[]>('get-users-status-list')).length);
    expect(await resultOf('get-users-status-list')).to.deep.equal([
      {userAlias: OTHER, status: 'online'},
    ]);
    other.end();
  });

  it('have no last message before there is one', async () => {
    const {resultOf} = await setupChat('From before the page was opened');
    expect(await resultOf('get-last-message-received')).to.equal(null);
    expect(await resultOf('get-last-message-sent')).to.equal(null);
  });
});
