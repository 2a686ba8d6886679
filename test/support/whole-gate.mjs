import {once} from 'node:events';
import {createServer, request as ask} from 'node:http';
import {setTimeout as sleep} from 'node:timers/promises';

const ROUTE = /^\/api\/v1\/([\w.]+)/;
const MADE = 'POST users.createToken';

const whole = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
};

/** A fence that what comes stands before until it is opened. */
const fence = () => {
  let open;
  let come;
  const opened = new Promise((resolve) => (open = resolve));
  const reached = new Promise((resolve) => (come = resolve));
  return {opened, reached, come, open};
};

/**
 * Stands before a workspace: tells what was called and which tokens were made, holds requests or
 * answers, gives answers of its own, and is away. Calls are told as `POST users.createToken`.
 */
class Gate {
  /** `{call, by, at, body, status}` of each call, in the order of coming; `by` is a user's id. */
  calls = [];
  /** `{userId, authToken}` of each token that the workspace made, delivered or not. */
  made = [];
  #server = createServer((request, response) => this.#answer(request, response));
  #target;
  #port = 0;
  #fences = new Map();
  #own = new Map();

  constructor(target) {
    this.#target = new URL(target).port;
  }

  get origin() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** How often a route was called, by whoever; all calls if none is named. */
  count(call) {
    return this.calls.filter((each) => call === undefined || each.call === call).length;
  }

  /**
   * Holds a call before it reaches the workspace, or the answer to it: `{reached, open()}`.
   *
   * @param {string} call
   * @param {'request' | 'answer'} [what]
   */
  hold(call, what = 'request') {
    const one = fence();
    this.#fences.set(`${what} ${call}`, one);
    const open = () => {
      this.#fences.delete(`${what} ${call}`);
      one.open();
    };
    return {reached: one.reached, open};
  }

  /** Answers a call in the workspace's place: `{status, headers, body}`; with nothing, no more. */
  reply(call, answer) {
    if (answer) this.#own.set(call, answer);
    else this.#own.delete(call);
  }

  /** Whether the workspace takes a token. */
  async takes({userId, authToken}) {
    const headers = {'x-user-id': userId, 'x-auth-token': authToken};
    return (await fetch(`http://127.0.0.1:${this.#target}/api/v1/me`, {headers})).ok;
  }

  /** Those of the tokens that were made which the workspace takes. */
  async living(userId) {
    const mine = this.made.filter((each) => userId === undefined || each.userId === userId);
    const taken = await Promise.all(mine.map((each) => this.takes(each)));
    return mine.filter((_each, index) => taken[index]);
  }

  /** Closes the port and resets what is open. */
  async leave() {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** Opens the port, the same as before. */
  async come() {
    for (let tries = 1; ; tries++) {
      try {
        this.#server.listen(this.#port, '127.0.0.1');
        await once(this.#server, 'listening');
        this.#port = this.#server.address().port;
        return;
      } catch (error) {
        if (error.code !== 'EADDRINUSE' || tries === 50) throw error;
        await sleep(100);
      }
    }
  }

  async close() {
    for (const {open} of this.#fences.values()) open();
    if (this.#server.listening) await this.leave();
  }

  async #passed(what, call) {
    const one = this.#fences.get(`${what} ${call}`);
    if (!one) return;
    one.come();
    await one.opened;
  }

  async #answer(request, response) {
    try {
      const {method, url: path, headers} = request;
      const call = `${method} ${ROUTE.exec(path)?.[1] ?? path}`;
      const sent = await whole(request);
      const noted = {call, by: headers['x-user-id'], at: performance.now(), body: sent};
      this.calls.push(noted);
      const own = this.#own.get(call);
      if (own) {
        const {status = 200, headers: said = {}, body = ''} = own;
        return response.writeHead(status, said).end(body);
      }
      await this.#passed('request', call);
      const upstream = ask({port: this.#target, host: '127.0.0.1', method, path, headers});
      upstream.end(sent);
      const [answer] = await once(upstream, 'response');
      const text = await whole(answer);
      noted.status = answer.statusCode;
      if (call === MADE && answer.statusCode === 200) this.made.push(JSON.parse(text).data);
      await this.#passed('answer', call);
      response.writeHead(answer.statusCode, answer.headers).end(text);
    } catch {
      response.destroy();
    }
  }
}

/** Opens a gate before the workspace at `target`. */
export const startGate = async (target) => {
  const gate = new Gate(target);
  await gate.come();
  return gate;
};
