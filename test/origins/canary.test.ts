import {expect, oneEvent} from '@open-wc/testing';

import {BrokerRemote} from '../../demo/simulators/broker/remote.js';
import {setupConversation} from '../support/conversation.js';
import {isLive, makeLivePane, showLive} from '../support/live-pane.js';
import {setAttributes} from '../support/mount.js';
import {startBrokerFor, startWorkspace} from 'test-simulators';

const EVENTS = [
  'rc-ready',
  'rc-logged-in',
  'rc-logged-out',
  'rc-room-opened',
  'rc-unread-changed',
  'rc-message-received',
  'rc-message-sent',
  'rc-message-changed',
  'rc-connection-changed',
  'rc-token-expiring',
  'rc-token-expired',
  'rc-error',
  'rc-pane-connect',
];

/** All that a thing has, as text: its own fields, those of errors and of what they are caused by. */
const textOf = (thing: unknown, depth = 5): string => {
  if (depth < 0 || thing === null) return '';
  if (typeof thing !== 'object') return String(thing);
  if (thing instanceof Node || thing instanceof AbortSignal) return '';
  const names = [...Object.getOwnPropertyNames(thing), 'message', 'stack', 'cause', 'detail'];
  return names
    .map((name) => `${name}=${textOf((thing as Record<string, unknown>)[name], depth - 1)}`)
    .join(' ');
};

/** Everything that the page's document, addresses, storage, console and events hold. */
const watchPage = () => {
  const seen: string[] = [];
  const {log, warn, error, debug, info} = console;
  Object.assign(
    console,
    Object.fromEntries(
      ['log', 'warn', 'error', 'debug', 'info'].map((level) => [
        level,
        (...said: unknown[]) =>
          seen.push(`${level}: ${said.map((each) => textOf(each)).join(' ')}`),
      ]),
    ),
  );
  const life = new AbortController();
  for (const type of EVENTS)
    document.addEventListener(type, (event) => seen.push(`${type}: ${textOf(event)}`), {
      signal: life.signal,
    });
  return {
    /** What was seen, and what is there now. */
    take: (elements: readonly Element[]): string => {
      life.abort();
      Object.assign(console, {log, warn, error, debug, info});
      const trees = elements.map(
        (element) => `${element.outerHTML}${element.shadowRoot?.innerHTML}`,
      );
      const storage = [localStorage, sessionStorage].map((each) => JSON.stringify({...each}));
      const addresses = performance.getEntries().map(({name}) => name);
      const here = [location.href, document.cookie, JSON.stringify(history.state)];
      const properties = elements.map((element) => textOf({...element}));
      return [...seen, ...trees, ...storage, ...addresses, ...here, ...properties].join('\n');
    },
  };
};

describe('a token of the chat', () => {
  it('given by auth is in no URL, referrer, document, property, storage, event, log or error', async () => {
    const server = await startWorkspace();
    const conversation = await setupConversation('c', server);
    const {workspace, me, other, write, room} = conversation;
    const canaries: string[] = [];
    const auth = async () => {
      const credentials = await workspace.token(me.username);
      canaries.push(credentials.authToken);
      return credentials;
    };
    const page = watchPage();
    const pane = makeLivePane({...conversation, auth}, {'room-list': true, debug: true});
    await showLive(pane);
    const {_id} = await write('Hello');
    await pane.send('Hello yourself');
    const edited = oneEvent(pane, 'rc-message-changed');
    await workspace.edit(other.username, room._id, _id, 'Hello!');
    await edited;
    await pane.send('x'.repeat(6000)).catch((error: unknown) => console.error(error));
    const back = isLive(pane);
    await workspace.revoke(me.username);
    await back;
    console.info(String(pane.diagnose()), JSON.stringify(pane.diagnose()));
    await pane.logout();
    const found = page.take([pane]);
    const requests = JSON.stringify(await workspace.requests());
    expect(canaries.length).to.be.greaterThan(3);
    for (const canary of canaries) {
      expect(found).not.to.include(canary);
      expect(requests).not.to.include(canary);
    }
    // The search finds what is there.
    expect(found).to.include('rc-message-received').and.to.include(room._id);
    expect(requests).to.include('/websocket');
  }).timeout(30_000);

  it('given by a broker is in none of them either, nor is the token for the broker', async () => {
    const server = await startWorkspace();
    const {workspace, me, name} = await setupConversation('c', server);
    const broker = await startBrokerFor(server);
    const remote = new BrokerRemote(broker);
    const accessToken = await remote.accessToken(me.username);
    const answers: string[] = [];
    const {fetch} = window;
    window.fetch = async (...request) => {
      const response = await fetch(...request);
      if (String(request[0]).endsWith('/v1/chat/session'))
        answers.push(await response.clone().text());
      return response;
    };
    const page = watchPage();
    const pane = document.createElement('rc-chat-pane');
    setAttributes(pane, {broker, room: `#${name}`, debug: true});
    pane.accessToken = accessToken;
    try {
      await showLive(pane);
      await pane.send('By the broker');
      await pane.logout();
    } finally {
      window.fetch = fetch;
    }
    const found = page.take([pane]);
    const requests = JSON.stringify([await workspace.requests(), await remote.requests()]);
    const tokens = answers.filter(Boolean).flatMap((text) => {
      const {surfaces, lease} = JSON.parse(text);
      return [surfaces.embed?.authToken, surfaces.live?.authToken, lease].filter(Boolean);
    });
    expect(tokens.length).to.be.greaterThan(2);
    for (const canary of [...tokens.filter((each) => each.length > 40), accessToken]) {
      expect(found).not.to.include(canary);
      expect(requests).not.to.include(canary);
    }
  }).timeout(30_000);
});
