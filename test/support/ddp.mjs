import {WebSocket} from 'ws';

/**
 * A raw DDP client for tests: it sends what it is told to, answers nothing by itself, and lets a
 * test wait for the frames that it has not taken yet, in any order.
 */
export class RawDdp {
  #socket;
  #waits = [];
  #ids = 0;
  #over = false;
  /** Every frame so far that no test has taken. */
  frames = [];
  /** Resolves with the close code. */
  closed;

  constructor(origin, path = '/websocket') {
    this.#socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`);
    this.closed = new Promise((resolve) => this.#socket.on('close', resolve));
    // A wait that nothing can end any more fails its test instead of holding it up.
    this.#socket.on('close', () => {
      this.#over = true;
      this.#settle();
    });
    this.#socket.on('error', () => {});
    this.#socket.on('message', (data) => {
      this.frames.push(JSON.parse(data.toString()));
      this.#settle();
    });
    this.opened = new Promise((resolve, reject) => {
      this.#socket.on('open', resolve);
      this.#socket.on('error', reject);
    });
    this.opened.catch(() => {});
  }

  /**
   * Takes the first frame, past or to come, that satisfies `predicate`. Rejects if the socket closes
   * before.
   */
  frame(predicate) {
    return new Promise((resolve, reject) => {
      this.#waits.push({predicate, resolve, reject});
      this.#settle();
    });
  }

  /** Sends an object as JSON, or a text as it is. */
  async send(frame) {
    await this.opened;
    this.#socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  async connect() {
    await this.send({msg: 'connect', version: '1', support: ['1']});
    await this.frame(({msg}) => msg === 'connected');
    return this;
  }

  /** Calls a method and resolves with the whole `result` frame. */
  async call(method, ...params) {
    const id = this.#id();
    await this.send({msg: 'method', method, params, id});
    return this.frame(({msg, id: of}) => msg === 'result' && of === id);
  }

  /** Calls a method and resolves with its result. Rejects with the error's fields. */
  async result(method, ...params) {
    const {result, error} = await this.call(method, ...params);
    if (error) throw Object.assign(new Error(error.message), error);
    return result;
  }

  /** Subscribes and resolves with `ready` or `nosub`. */
  async subscribe(name, ...params) {
    const id = this.#id();
    await this.send({msg: 'sub', id, name, params});
    return this.frame(
      ({msg, id: of, subs}) =>
        (msg === 'nosub' && of === id) || (msg === 'ready' && subs.includes(id)),
    );
  }

  /** Subscribes to a key of a stream. */
  listen(stream, eventName) {
    return this.subscribe(stream, eventName, {useCollection: false, args: []});
  }

  /** Takes the next `changed` of a stream's key and resolves with its args. */
  async args(stream, key) {
    const {fields} = await this.frame(
      ({msg, collection, fields: of}) =>
        msg === 'changed' && collection === stream && of.eventName === key,
    );
    return fields.args;
  }

  /** Resolves when the server has dealt with all that was sent before. */
  async settled() {
    const id = this.#id();
    await this.send({msg: 'ping', id});
    await this.frame(({msg, id: of}) => msg === 'pong' && of === id);
  }

  close() {
    this.#socket.terminate();
  }

  #id() {
    this.#ids += 1;
    return `raw-${this.#ids}`;
  }

  #settle() {
    for (const wait of [...this.#waits]) {
      const index = this.frames.findIndex(wait.predicate);
      if (index < 0) continue;
      this.#waits = this.#waits.filter((each) => each !== wait);
      wait.resolve(this.frames.splice(index, 1)[0]);
    }
    if (!this.#over) return;
    for (const {reject} of this.#waits.splice(0)) reject(new Error('The socket has closed.'));
  }
}
