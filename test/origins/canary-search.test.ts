import {expect} from '@open-wc/testing';

import {PexipChatError} from '../../src/errors.js';
import {RcErrorEvent} from '../../src/events/chat-events.js';
import {searchPage} from '../support/canary-search.js';
import {mountRoom, place} from '../support/mount.js';
import {nextMessage, puppetSends} from '../support/puppet.js';
import {uncaught} from '../support/uncaught.js';
import {simulators} from 'test-simulators';

const pane = (): HTMLElement => place(document.createElement('rc-chat-pane'));
const shadow = (element: Element = document.createElement('div')): ShadowRoot =>
  place(element).attachShadow({mode: 'open'});

const openDatabase = (name: string): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.result.createObjectStore('store');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const deleted = (name: string): Promise<void> =>
  new Promise((resolve) => {
    indexedDB.deleteDatabase(name).onsuccess = () => resolve();
  });

/** What leaks a secret, and what takes it away again where it would stay. */
type Leak = (canary: string) => unknown;

/** By the place in which the search is to find it. */
const LEAKS: Readonly<Record<string, Readonly<Record<string, Leak>>>> = {
  document: {
    'an attribute': (canary) => pane().setAttribute('title', canary),
    'an attribute for no more than a moment': (canary) => {
      const element = pane();
      element.title = canary;
      element.removeAttribute('title');
    },
    'the name of an attribute': (canary) => pane().setAttribute(canary, ''),
    'a text': (canary) => pane().append(canary),
    'a text for no more than a moment': (canary) => {
      const element = pane();
      element.append(canary);
      element.replaceChildren();
    },
    'a comment in a shadow tree': (canary) => shadow().append(new Comment(canary)),
    'a text of a shadow tree in another': (canary) => {
      const inner = document.createElement('div');
      shadow().append(inner);
      shadow(inner).append(canary);
      inner.shadowRoot!.replaceChildren();
    },
    'a text of an element that was there before': (canary) => {
      mountRoom({}).renderRoot.append(canary);
    },
    'a field of a form': (canary) => {
      place(document.createElement('input')).value = canary;
    },
  },
  property: {
    'a property': (canary) => Object.assign(pane(), {secret: canary}),
    'what a property holds': (canary) => Object.assign(mountRoom({}), {a: {b: new Set([canary])}}),
  },
  diagnosis: {
    'the text of a diagnosis': (canary) =>
      Object.defineProperty(pane(), 'diagnose', {value: () => ({toString: () => canary})}),
    'a field of a diagnosis': (canary) =>
      Object.defineProperty(pane(), 'diagnose', {value: () => ({a: [{canary}]})}),
  },
  address: {
    'the address for no more than a moment': (canary) => {
      const {href} = location;
      history.replaceState(null, '', `#${canary}`);
      history.replaceState(null, '', href);
    },
    'the state of the history': (canary) => history.replaceState({a: {canary}}, ''),
    'the referrer': (canary) =>
      Object.defineProperty(document, 'referrer', {value: canary, configurable: true}),
    "the window's name": (canary) => (window.name = canary),
  },
  request: {
    'a request': (canary) => fetch(`/?${canary}`),
    'a request that is an object': (canary) => fetch(new Request(`/?${canary}`)),
    'a request by XMLHttpRequest': (canary) => new XMLHttpRequest().open('GET', `/?${canary}`),
    'a beacon': (canary) => navigator.sendBeacon(`/?${canary}`),
    'a socket': (canary) =>
      new WebSocket(`${location.origin.replace('http', 'ws')}/?${canary}`).close(),
    'a picture that is not in the page': async (canary) => {
      // A browser may tell of a request later than of a picture that is none.
      const told = new Promise<void>((resolve) =>
        new PerformanceObserver((list, observer) => {
          if (!list.getEntries().some(({name}) => name.includes(canary))) return;
          observer.disconnect();
          resolve();
        }).observe({type: 'resource'}),
      );
      const image = new Image();
      image.src = `/?${canary}`;
      await Promise.all([told, image.decode().catch(() => undefined)]);
    },
  },
  storage: {
    'the storage': (canary) => (localStorage['secret'] = canary),
    'the storage of the session': (canary) => (sessionStorage['secret'] = canary),
    'the storage for no more than a moment': (canary) => {
      localStorage.setItem('secret', canary);
      localStorage.clear();
    },
    'a key': (canary) => sessionStorage.setItem(canary, ''),
  },
  database: {
    'a database': async (canary) => {
      const database = await openDatabase('secrets');
      const {transaction} = database
        .transaction('store', 'readwrite')
        .objectStore('store')
        .put({a: [canary]}, 1);
      await new Promise((resolve) => (transaction!.oncomplete = resolve));
      database.close();
    },
    'the name of a database': async (canary) => (await openDatabase(canary)).close(),
  },
  cache: {
    'what is kept of an answer': async (canary) =>
      (await caches.open('secrets')).put('/secret', new Response(canary)),
    'the address of an answer that is kept': async (canary) =>
      (await caches.open('secrets')).put(`/${canary}`, new Response('')),
  },
  cookie: {
    'a cookie': (canary) => (document.cookie = `secret=${canary}`),
    'a cookie for no more than a moment': (canary) => {
      document.cookie = `secret=${canary}; max-age=0`;
    },
  },
  event: {
    'the detail of an event': (canary) =>
      pane().dispatchEvent(new CustomEvent('rc-new', {detail: {a: [{canary}]}})),
    'the message of an error': (canary) =>
      pane().dispatchEvent(new RcErrorEvent({error: new PexipChatError('other-user', canary)})),
    'the cause of the cause of an error': (canary) => {
      const cause = new Error('', {cause: Object.assign(new Error(''), {body: {error: canary}})});
      const error = new PexipChatError('other-user', '', {cause});
      pane().dispatchEvent(new RcErrorEvent({error}));
    },
    'an event of a room that is in no page': (canary) =>
      document
        .createElement('pexip-chat-room')
        .dispatchEvent(new CustomEvent('pexip-new', {detail: new Map([[canary, 1]])})),
  },
  console: Object.fromEntries(
    (['log', 'debug', 'info', 'warn', 'error', 'trace', 'table', 'dir', 'group'] as const).map(
      (name): [string, Leak] => [
        `console.${name}()`,
        (canary) => Reflect.get(console, name)('%o', {a: new Error(canary)}),
      ],
    ),
  ),
  message: {
    'a message to the page': (canary) => postMessage({canary}, '*'),
    'a message to a port': (canary) => new MessageChannel().port1.postMessage([canary]),
    'a message to other pages': (canary) => new BroadcastChannel('secrets').postMessage(canary),
    'a message to a frame of another origin': async (canary) => {
      const frame = document.createElement('iframe');
      frame.src = simulators.evil;
      const here = nextMessage(({data}) => data?.puppet === 'here');
      place(frame);
      await here;
      frame.contentWindow!.postMessage({canary}, '*');
      await puppetSends(frame.contentWindow!, 'that is all');
    },
  },
  error: {
    'an error that nobody catches': (canary) =>
      dispatchEvent(new ErrorEvent('error', {error: new Error(canary)})),
    'a rejection that nobody handles': (canary) =>
      dispatchEvent(
        new PromiseRejectionEvent('unhandledrejection', {
          promise: Promise.resolve(),
          reason: new Error('', {cause: canary}),
        }),
      ),
  },
};

describe('the search for secrets', () => {
  afterEach(async () => {
    history.replaceState(null, '');
    window.name = '';
    Reflect.deleteProperty(document, 'referrer');
    localStorage.clear();
    sessionStorage.clear();
    document.cookie = 'secret=; max-age=0';
    for (const name of await caches.keys()) await caches.delete(name);
    for (const {name} of await indexedDB.databases()) await deleted(name!);
  });

  for (const [where, leaks] of Object.entries(LEAKS))
    for (const [what, leak] of Object.entries(leaks))
      it(`finds one in ${what}`, async () => {
        const canary = `canary${crypto.randomUUID()}`;
        const search = searchPage();
        uncaught();
        await search.step(leak(canary));
        expect(search.placesOf(canary)).to.include(where);
        expect(search.placesOf(`not${canary}`)).to.deep.equal([]);
      });
});
