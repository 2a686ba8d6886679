import {oneEvent} from '@open-wc/testing';

import {BrokerRemote} from '../../demo/simulators/broker/remote.js';
import {RocketChatRemote} from '../../demo/simulators/rocket-chat/remote.js';
import type {Client, ClientPromise} from '../../src/elements/floating/widget-operations.js';
import {startBrokerFor, startWorkspace} from 'test-simulators';
import {BLANK, openPage, SCRIPT, type Page} from './script-page.js';

/** The users of the document's examples. */
export const ME = 'usr_123456';
export const OTHER = 'usr_fr55ga3';

/** What examples take from the page around them, and leave there. */
type BandyerPage = Page & {
  Client?: ClientPromise | Client;
  client?: Client;
  userAlias?: string;
  result?: unknown;
  run?: () => Promise<unknown>;
  yourAsyncFunction?: () => Promise<string>;
  yourAsyncFetchFunction?: (alias: string) => Promise<object>;
  yourFormatterFunction?: (user: object) => string;
};

const textOf = async (name: string): Promise<string> =>
  (await fetch(`/test/fixtures/bandyer/${name}.txt`)).text();

/** The document writes `'jwt'` for a token: the page's own server gives a real one for it. */
const exchangeToken = (page: Page, realToken: () => Promise<string>): void => {
  const send = page.fetch.bind(page);
  page.fetch = async (input, init = {}) => {
    const headers = new Headers(init.headers);
    if (headers.get('authorization') === 'Bearer jwt')
      headers.set('authorization', `Bearer ${await realToken()}`);
    return send(input, {...init, headers});
  };
};

/** The workspace, told by aliases who does something: usernames there are others. */
class WorkspaceByAlias extends RocketChatRemote {
  readonly #names = new Map<string, string>();

  /** The username of an alias. */
  nameOf(alias: string): string {
    return this.#names.get(alias) ?? alias;
  }

  /** Has the broker make the account of an alias, whose name is taken but for its capitals. */
  async signUp(alias: string, broker: BrokerRemote, address: string): Promise<void> {
    await this.createUser(alias.toUpperCase());
    const authorization = `Bearer ${await broker.accessToken(alias)}`;
    const headers = {authorization, 'content-type': 'application/json'};
    const session = await fetch(`${address}/v1/chat/session`, {
      method: 'POST',
      headers,
      body: '{}',
    });
    const card = await fetch(`${address}/v1/users?alias=${alias}`, {headers});
    const {username} = (await card.json()) as {username?: string};
    if (!session.ok || !username || username === alias)
      throw new Error(`"${alias}" is "${username}" in chat.`);
    // Where everybody is who is new.
    await this.removeMember('general', username);
    this.#names.set(alias, username);
  }

  override post(
    alias: string,
    room: string,
    text: string,
    more?: Parameters<RocketChatRemote['post']>[3],
  ): ReturnType<RocketChatRemote['post']> {
    return super.post(this.nameOf(alias), room, text, more);
  }

  override createRoom(
    room: Parameters<RocketChatRemote['createRoom']>[0],
  ): ReturnType<RocketChatRemote['createRoom']> {
    return super.createRoom({
      ...room,
      members: (room.members ?? []).map((each) => this.nameOf(each)),
    });
  }

  override token(alias: string): ReturnType<RocketChatRemote['token']> {
    return super.token(this.nameOf(alias));
  }
}

/**
 * A page that was written for Bandyer, with our script tag in the place of theirs, its two users, and
 * what runs an example of the document as it stands.
 *
 * @param attributes of the script tag, beside the broker of the sandbox
 */
export const setupBandyer = async (attributes: Readonly<Record<string, string>> = {}) => {
  const server = await startWorkspace();
  const workspace = new WorkspaceByAlias(server);
  const broker = await startBrokerFor(server);
  const remote = new BrokerRemote(broker);
  await Promise.all([ME, OTHER].map((each) => workspace.signUp(each, remote, broker)));
  const {page: opened, warnings} = await openPage(BLANK);
  const page = opened as BandyerPage;
  exchangeToken(page, () => remote.accessToken(ME));
  const script = page.document.createElement('script');
  const all = {'data-broker-sandbox': broker, 'data-compat': 'bandyer', ...attributes};
  for (const [name, value] of Object.entries(all)) script.setAttribute(name, value);
  script.src = SCRIPT;
  const loaded = oneEvent(script, 'load');
  page.document.head.append(script);
  await loaded;

  const execute = (text: string): void => {
    const inline = page.document.createElement('script');
    inline.text = text;
    page.document.head.append(inline);
    inline.remove();
  };
  /**
   * Runs an example within a function, as its `await` wants one; its `Client` is left to the next ones.
   *
   * @param mended what is put right in it, where it does not do what it is to show
   */
  const run = async (name: string, mended = (text: string): string => text): Promise<void> => {
    const text = mended(await textOf(name));
    execute(
      `run = async () => {\n${text}\n;if (typeof Client !== 'undefined') window.Client = Client; };`,
    );
    await page.run!();
  };
  /** Runs an example that is one call, and tells what it gives. */
  const resultOf = async <Result>(name: string): Promise<Result> => {
    execute(`result = ${await textOf(name)}`);
    return page.result as Result;
  };
  /** Has the old user names handed to the page's own server; the list of what it was asked. */
  const useCredentials = (): readonly unknown[] => {
    const asked: unknown[] = [];
    page.PexipChatRoom!.compat('bandyer', {
      environments: {sandbox: broker},
      credentials: (user) => {
        asked.push(user);
        return remote.accessToken(user.userAlias);
      },
    });
    return asked;
  };
  /** The widget of the document's first example, signed in. */
  const create = async (): Promise<Client> => {
    await run('create');
    page.client = (await page.Client) as Client;
    return page.client;
  };
  const widget = (): HTMLElementTagNameMap['pexip-chat-widget'] | null =>
    page.document.querySelector('pexip-chat-widget');
  return {
    ...{page, server, workspace, broker, remote, warnings},
    ...{run, resultOf, useCredentials, create, widget, textOf},
  };
};

/** The next event of this name, as a page hears it. */
export const nextOf = <Type extends Parameters<Client['once']>[0]>(
  client: Pick<Client, 'once'>,
  type: Type,
): Promise<Parameters<Parameters<typeof client.once<Type>>[1]>[0]> =>
  new Promise((resolve) => client.once(type, resolve));
