import {field, identifier} from '../protocol/guards.js';
import {list} from '../protocol/list.js';
import type {RestClient} from '../transport/rest-client.js';
import type {ChatApi} from './chat-api.js';

const KINDS: Readonly<Record<string, string>> = {channel: 'c', group: 'p', direct: 'd'};

type Access = 'yes' | 'forbidden' | 'missing';

/**
 * What a refusal says of a room; nothing if it is about something else, or is no refusal. Known by
 * its fields, as this file has no part in the classes of the live connection.
 */
const accessBy = (error: unknown): Access | undefined => {
  const {code, status, body} = Object(error) as Record<string, unknown>;
  if (code === 'error-no-permission') return 'forbidden';
  if (code === 'error-invalid-room') return 'missing';
  if (status !== 400) return;
  return field(body, 'errorType') === 'error-room-not-found' ? 'missing' : 'forbidden';
};

/** What is asked of a workspace to find out why its embedded page does not show something. */
export class WorkspaceQuestions {
  readonly #api: ChatApi;
  readonly #signal = new AbortController().signal;

  constructor(api: ChatApi) {
    this.#api = api;
  }

  /** Whether the user may read the room at an encoded path. */
  async access(path: string): Promise<Access> {
    const [kind = '', encoded = ''] = path.split('/');
    const name = decodeURIComponent(encoded);
    try {
      const room = await this.#api.ask('getRoomByTypeAndName', [KINDS[kind], name], (rest) =>
        this.#roomByRest(rest, name),
      );
      return room ? 'yes' : 'missing';
    } catch (error) {
      const access = accessBy(error);
      if (access) return access;
      throw error;
    }
  }

  /** A path may end with either, and REST takes none for the other. */
  async #roomByRest(rest: RestClient, nameOrId: string): Promise<unknown> {
    const ask = (query: {roomName: string} | {roomId: string}): Promise<unknown> =>
      rest.get('rooms.info', query, this.#signal).then((body) => field(body, 'room'));
    try {
      return await ask({roomName: nameOrId});
    } catch (error) {
      if (accessBy(error) !== 'missing') throw error;
      return ask({roomId: nameOrId});
    }
  }

  /** The values of public settings, by name. */
  async settings(names: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
    const answer = await this.#api.ask('public-settings/get', [], (rest) =>
      rest
        .get('settings.public', {_id: names.join()}, this.#signal)
        .then((body) => field(body, 'settings')),
    );
    const found = new Map<string, unknown>();
    for (const each of list(field(answer, 'update') ?? answer)) {
      const name = identifier(field(each, '_id'));
      if (name && names.includes(name)) found.set(name, field(each, 'value'));
    }
    return found;
  }
}
