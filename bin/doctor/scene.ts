import {lookup as lookUp} from 'node:dns/promises';
import {isIP} from 'node:net';

import type {Asked} from './net/answer.js';
import {failureOf} from './net/failures.js';
import {certificateAt, type Shown} from './net/certificates.js';
import {upgradeAt, type Upgrade} from './net/websocket.js';
import {Visits} from './net/visits.js';
import type {BrokerUse, DiagnoseOptions, NodeAddress, ServiceAccount} from './options.js';

const DEFAULT_TIMEOUT = 10_000;
/** Of the addresses behind one name, and of the pages. */
const MOST_ADDRESSES = 16;
const MOST_PAGES = 4;
const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether a browser takes the origin for secure. */
export const isSecure = ({protocol, hostname}: URL): boolean =>
  protocol === 'https:' || LOOPBACK.test(hostname);

/** An address below another, which may have a path of its own. */
const below = (base: URL, path: string): URL => {
  const url = new URL(base);
  const [pathname = '', search = ''] = path.split('?');
  url.pathname = `${base.pathname.replace(/\/+$/, '')}/${pathname}`;
  url.search = search;
  return url;
};

/** Of an internal address nothing comes into a message, wherever it may send us. */
const unnamed = (answer: Asked): Asked =>
  answer.kind === 'answer' && answer.elsewhere ? {...answer, elsewhere: 'another address'} : answer;

const addressOf = (text: string | undefined): URL | undefined =>
  text === undefined ? undefined : new URL(text);

/** What all checks look at: where the products are, and the way there. */
export class Scene {
  readonly node: URL | undefined;
  /** Branding path of Web App 3, without slashes around it. */
  readonly path: string;
  readonly server: URL | undefined;
  readonly broker: URL | undefined;
  /** At least their origins; see {@link readPages}. */
  readonly pages: readonly URL[];
  readonly readPages: boolean;
  readonly account: ServiceAccount | undefined;
  readonly brokerUse: BrokerUse | undefined;
  readonly showAddresses: boolean;
  readonly behindProxy: boolean;
  readonly #internalServer: URL | undefined;
  readonly #limits: {readonly timeout: number; readonly ca: string | undefined};
  readonly #lookup: (name: string) => Promise<readonly NodeAddress[]>;
  readonly #visits: Visits;
  readonly #shown = new Map<string, Promise<readonly Shown[]>>();

  /** Throws a `TypeError` for what is no address. */
  constructor(options: DiagnoseOptions) {
    const {path = 'webapp3', page = [], timeout = DEFAULT_TIMEOUT, ca} = options;
    this.node = addressOf(options.node);
    this.path = path.replace(/^\/+|\/+$/g, '');
    this.server = addressOf(options.server);
    this.broker = addressOf(options.broker);
    this.pages = page.map((each) => new URL(each));
    this.readPages = options.readPages ?? true;
    this.account = options.serviceAccount;
    this.brokerUse = options.brokerUse;
    this.showAddresses = options.showAddresses ?? true;
    this.behindProxy = options.behindProxy ?? false;
    this.#internalServer = addressOf(options.internalServer);
    this.#limits = {timeout, ca};
    this.#lookup = options.lookup ?? ((name) => lookUp(name, {all: true, verbatim: true}));
    this.#visits = new Visits(this.#limits);
  }

  /** The origins of the pages, each once. */
  get origins(): readonly string[] {
    return [...new Set(this.pages.map(({origin}) => origin))];
  }

  /** The pages that are read, and how many more there are. */
  get pagesToRead(): readonly URL[] {
    return this.pages.slice(0, MOST_PAGES);
  }

  /** Asks anything. */
  ask(url: URL): Promise<Asked> {
    return this.#visits.ask(url);
  }

  /** Asks the node below the branding path. */
  askNode(node: URL, path: string, headers?: Readonly<Record<string, string>>): Promise<Asked> {
    return this.#visits.ask(new URL(path, `${node.origin}/${this.path}/`), headers && {headers});
  }

  /** Where a page of the workspace is. */
  pageOf(server: URL, path: string): URL {
    return below(server, path);
  }

  /** Asks the workspace's API, at its internal address if the public name is unknown here. */
  async askApi(server: URL, path: string): Promise<Asked> {
    const answer = await this.#visits.ask(below(server, path));
    const unknown = answer.kind === 'failure' && answer.code === 'unknown-name';
    return unknown && this.#internalServer
      ? unnamed(await this.#visits.ask(below(this.#internalServer, path)))
      : answer;
  }

  /** Asks whether a page of an origin may use the workspace's API. */
  preflight(server: URL, path: string, origin: string): Promise<Asked> {
    const headers = {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'x-auth-token,x-user-id',
    };
    return this.#visits.ask(below(server, path), {method: 'OPTIONS', headers});
  }

  /** Asks the workspace's API as the service account; `undefined` if it is not to be asked so. */
  async askAsAccount(server: URL, path: string): Promise<Asked | undefined> {
    const base = this.#internalServer ?? server;
    // The broker is told its internal address by the operator; any other http is read by whoever likes.
    if (!this.account || !(this.#internalServer || isSecure(base))) return;
    const {userId, authToken} = this.account;
    const headers = {'x-user-id': userId, 'x-auth-token': authToken};
    const answer = await this.#visits.ask(below(base, path), {headers});
    return this.#internalServer ? unnamed(answer) : answer;
  }

  /** Asks the broker, as a page of an origin does. */
  askBroker(broker: URL, path: string, origin: string | undefined): Promise<Asked> {
    return this.#visits.ask(below(broker, path), origin ? {headers: {origin}} : undefined);
  }

  /** Asks for a WebSocket of the workspace. */
  upgrade(server: URL, path: string): Promise<Upgrade> {
    return upgradeAt(below(server, path), {origin: this.origins[0], ...this.#limits});
  }

  /** The certificates at all addresses of a name; a failure alone if the name is unknown. */
  certificates(target: URL): Promise<readonly Shown[]> {
    const known = this.#shown.get(target.origin);
    if (known) return known;
    const shown = this.#certificates(target);
    this.#shown.set(target.origin, shown);
    return shown;
  }

  async #certificates({hostname, port}: URL): Promise<readonly Shown[]> {
    const name = hostname.replace(/^\[|\]$/g, '');
    let addresses: readonly NodeAddress[];
    try {
      const own = {address: name, family: isIP(name)};
      addresses = own.family ? [own] : await this.#lookup(name);
    } catch (error) {
      return [{...failureOf(error), address: ''}];
    }
    const shown: Shown[] = [];
    const options = {name, port: Number(port || 443), ...this.#limits};
    for (const each of addresses.slice(0, MOST_ADDRESSES)) {
      shown.push(await certificateAt(each, options));
    }
    return shown;
  }
}
