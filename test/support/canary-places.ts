import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import type {Note} from './canary-hooks.js';

/** Every node below one, those in shadow trees included. */
const nodesIn = function* (root: Node): Generator<Node> {
  yield root;
  if (root instanceof Element && root.shadowRoot) yield* nodesIn(root.shadowRoot);
  for (const child of root.childNodes) yield* nodesIn(child);
};

const textsOf = (node: Node): readonly string[] => {
  if (!(node instanceof Element)) return node.nodeValue ? [node.nodeValue] : [];
  const attributes = [...node.attributes].map(({name, value}) => `${name}=${value}`);
  const value: unknown = Reflect.get(node, 'value');
  return [node.tagName, ...attributes, ...(typeof value === 'string' ? [value] : [])];
};

/** What a node and all that is below it say. */
export const noteTree = (root: Node, note: Note): void => {
  for (const node of nodesIn(root)) for (const text of textsOf(node)) note('document', text);
};

/** The shadow trees below a node. */
export const shadowsIn = (root: Node): readonly ShadowRoot[] =>
  [...nodesIn(root)].filter((node) => node instanceof ShadowRoot);

/** What the elements hold, and what they say for a ticket. */
const noteElements = (note: Note): void => {
  for (const element of document.querySelectorAll<RcChatPaneElement | PexipChatRoomElement>(
    'rc-chat-pane, pexip-chat-room',
  )) {
    for (const [name, value] of Object.entries(element)) note('property', {[name]: value});
    for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(element))) {
      const value: unknown = Reflect.get(element, name);
      if (typeof value !== 'function') note('property', value);
    }
    const found = element.diagnose();
    note('diagnosis', [String(found), found]);
  }
};

const noteAddresses = (note: Note): void => {
  note('address', [location.href, document.referrer, history.state, window.name, document.title]);
  note(
    'address',
    [...document.querySelectorAll('iframe')].map(({src, name}) => [src, name]),
  );
  note(
    'request',
    performance.getEntries().map(({name}) => name),
  );
};

const settled = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const noteDatabases = async (note: Note): Promise<void> => {
  for (const {name} of (await indexedDB.databases?.()) ?? []) {
    const database = await settled(indexedDB.open(name!));
    note('database', name);
    for (const each of database.objectStoreNames) {
      const store = database.transaction(each).objectStore(each);
      const [keys, values] = await Promise.all([
        settled(store.getAllKeys()),
        settled(store.getAll()),
      ]);
      note('database', [each, keys, values]);
    }
    database.close();
  }
};

const noteCaches = async (note: Note): Promise<void> => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      note('cache', [name, request.url, [...request.headers], await answer?.text()]);
    }
  }
};

/** Notes all that there is now in the page, and in all that the browser keeps for it. */
export const notePlaces = async (note: Note): Promise<void> => {
  noteTree(document, note);
  noteElements(note);
  noteAddresses(note);
  for (const storage of [localStorage, sessionStorage]) note('storage', {...storage});
  note('cookie', document.cookie);
  await Promise.all([noteDatabases(note), noteCaches(note)]);
};
