import {readFile} from 'node:fs/promises';
import {pathToFileURL} from 'node:url';

import {listen, send, type Handler, type Listening, type ListenOptions} from '../http.js';
import {ClientApi, type JoiningPlace} from './client-api.js';

/** The built plugin's two files, asked for at each request so that a rebuild shows. */
export interface PluginFiles {
  html(): string | Promise<string>;
  script(): string | Promise<string>;
}

/** What of a branding is asked for. */
export type BrandingPart = 'manifest' | 'plugin';

/** What can be changed while the simulator runs; it counts from the next request on. */
export interface WebApp3Behaviour {
  /** The files of the external-chat plugin; `null`: listed in the manifest but missing. */
  readonly plugin: PluginFiles | null;
  /** `plugins[0].sandboxValues` of the manifest. Default none: the plugin's origin is opaque. */
  readonly sandboxValues?: readonly string[];
  /** Sends `access-control-allow-origin: *` with the plugin's files. Default false, as strict as a node can be. */
  readonly corsOnPluginFiles?: boolean;
  /** Members that replace those of the branding manifest. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Sent with the page, the manifest and the plugin's files, as an operator's policies are. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Answers in the place of whatever is there: the error page of a proxy, a page to sign in. */
  readonly errorPage?: {readonly status: number; readonly body: string} | undefined;
  /**
   * Awaited before the manifest or a file of the plugin is sent, so that a test can hold it back.
   *
   * @param path the branding path, `webapp3` in most join links
   */
  beforeBranding?(path: string, part: BrandingPart): void | Promise<void>;
  /**
   * The Infinity that decides who is let in, and hears of those who come and go; without one everybody
   * is. `startPexipInfinity` starts it.
   */
  readonly infinity?: JoiningPlace | undefined;
  /** Lets the embedding page drive the simulator through `WebApp3Remote`. Default false. */
  readonly remoteControl?: boolean;
}

/** Options of {@link startWebApp3}. */
export interface WebApp3Options extends WebApp3Behaviour, ListenOptions {
  /** The folder of the built page, default `web-app3/` beside the built module. */
  readonly pageDir?: URL | string;
}

/** A running Web App 3 simulator. */
export interface WebApp3Simulator extends Listening {
  /** Changes the behaviour for the requests to come. */
  set(changes: Partial<WebApp3Behaviour>): void;
}

/** The default branding: the one plugin, as in the bundle of RocketChat/Pexip.External.Chat. */
const manifest = ({sandboxValues = [], manifest: members}: WebApp3Behaviour): string =>
  JSON.stringify({
    version: 0,
    meta: {name: 'DEFAULT', brandVersion: 'n/a'},
    brandName: '',
    images: {},
    translations: {},
    plugins: [
      {
        id: 'external-chat',
        src: './plugins/external-chat/index.html',
        ...(sandboxValues.length > 0 && {sandboxValues}),
      },
    ],
    ...members,
  });

const TYPES = {
  html: {'content-type': 'text/html; charset=utf-8'},
  js: {'content-type': 'text/javascript; charset=utf-8'},
  css: {'content-type': 'text/css; charset=utf-8'},
  json: {'content-type': 'application/json; charset=utf-8'},
};

/** The forms of a join link below the branding path; the alias may also stand in the query. */
const JOIN_LINK = /^(?:m\/?|conference|m\/[^/]+(?:\/(?:express|step-by-step))?)$/;

/**
 * Starts a simulator of Pexip's Web App 3, the host side of `@pexip/plugin-api`. It serves join
 * links (`/webapp3/m/<alias>` and its other forms, below any branding path of one segment), the
 * branding manifest and the plugin. The forms are those of docs.pexip.com, "Creating preconfigured
 * links to launch conferences via Connect apps".
 *
 * @throws when the port is taken
 */
export const startWebApp3 = async (options: WebApp3Options): Promise<WebApp3Simulator> => {
  let behaviour: WebApp3Behaviour = options;
  const {pageDir = new URL('./web-app3/', import.meta.url)} = options;
  const folder = typeof pageDir === 'string' ? pathToFileURL(`${pageDir}/`) : pageDir;
  const pageFile = (name: string): Promise<string> => readFile(new URL(name, folder), 'utf8');

  const page = async (path: string): Promise<string> => {
    const remote = behaviour.remoteControl ? '<meta name="remote-control" />' : '';
    const node = behaviour.infinity ? '<meta name="node" />' : '';
    const html = await pageFile('index.html');
    return html.replace('<head>', () => `<head><base href="/${path}/" />${remote}${node}`);
  };

  const clientApi = new ClientApi(() => behaviour.infinity);

  const handler: Handler = async (request, response) => {
    if (await clientApi.answer(request, response)) return;
    const {method, url = '/'} = request;
    const {pathname} = new URL(url, 'http://simulator');
    const [, path = '', rest = ''] = /^\/([\w-]+)\/(.*)$/.exec(pathname) ?? [];
    const {plugin, corsOnPluginFiles} = behaviour;
    const cors = corsOnPluginFiles ? {'access-control-allow-origin': '*'} : {};
    const [, part] = /^branding\/(manifest|plugin)/.exec(rest) ?? [];
    if (part) await behaviour.beforeBranding?.(path, part as BrandingPart);
    for (const [name, value] of Object.entries(behaviour.headers ?? {})) {
      response.setHeader(name, value);
    }
    const {errorPage} = behaviour;
    if (errorPage) send(response, errorPage.status, errorPage.body, TYPES.html);
    else if (method !== 'GET' && method !== 'HEAD') send(response, 404, 'Not found');
    else if (JOIN_LINK.test(rest)) send(response, 200, await page(path), TYPES.html);
    else if (rest === 'main.js') send(response, 200, await pageFile(rest), TYPES.js);
    else if (rest === 'style.css') send(response, 200, await pageFile(rest), TYPES.css);
    else if (rest === 'branding/manifest.json') {
      send(response, 200, manifest(behaviour), TYPES.json);
    } else if (plugin && rest === 'branding/plugins/external-chat/index.html') {
      send(response, 200, await plugin.html(), {...TYPES.html, ...cors});
    } else if (plugin && rest === 'branding/plugins/external-chat/index.js') {
      send(response, 200, await plugin.script(), {...TYPES.js, ...cors});
    } else send(response, 404, 'Not found');
  };

  const listening = await listen(handler, options);
  return {
    ...listening,
    close: () => {
      clientApi.close();
      return listening.close();
    },
    set: (changes) => {
      behaviour = {...behaviour, ...changes};
    },
  };
};
