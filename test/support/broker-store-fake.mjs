/**
 * The brokers' store in the memory of a test (broker/src/store/store.ts). A call is carried out when it
 * is made, and answered a little later. Each broker has a connection of its own: it can be cut, as if
 * the broker were killed, and can fail.
 */
export class FakeStore {
  /** Of the store, in ms: nothing that a broker's clock does changes it. */
  now;
  /** Counts calls by method. */
  calls = {};
  #keys = new Map();
  #groups = new Map();
  #lists = new Map();
  #logs = new Map();

  constructor({now = () => performance.now()} = {}) {
    this.now = now;
  }

  /**
   * @param failing is asked before each call with its method and arguments; what it returns is thrown
   * @param turns how many turns of the event loop an answer takes; 0 for the same turn
   * @param forgets as of the store; ms
   */
  connect({failing = () => undefined, turns = () => 0, forgets = 0} = {}) {
    let cut = false;
    const call =
      (method) =>
      (...args) => {
        if (cut) return new Promise(() => undefined);
        this.calls[method] = (this.calls[method] ?? 0) + 1;
        const failure = failing(method, args);
        const answer = failure ? undefined : this[method](...args);
        return (async () => {
          for (let left = turns(); left > 0; left--) await new Promise(setImmediate);
          if (cut) await new Promise(() => undefined);
          if (failure) throw failure;
          return answer;
        })();
      };
    const methods = Object.getOwnPropertyNames(FakeStore.prototype).filter(
      (name) => !['constructor', 'connect'].includes(name),
    );
    const connection = Object.fromEntries(methods.map((name) => [name, call(name)]));
    return {
      ...connection,
      forgets,
      cut: () => (cut = true),
      ping: async () => {},
      close: async () => {},
    };
  }

  get(key) {
    return this.#live(this.#keys, key)?.value;
  }

  set(key, value, ttl = Infinity) {
    this.#keys.set(key, {value, until: this.now() + ttl});
  }

  setIfAbsent(key, value, ttl) {
    if (this.get(key) !== undefined) return false;
    this.set(key, value, ttl);
    return true;
  }

  delete(key) {
    this.#keys.delete(key);
  }

  compareAndDelete(key, value) {
    return this.get(key) === value && this.#keys.delete(key);
  }

  put(group, field, value, ttl) {
    this.#group(group).set(field, {value, until: this.now() + ttl});
  }

  hold(group, field, value, ttl, most) {
    this.put(group, field, value, ttl);
    const fields = this.#group(group);
    const byEnd = [...fields].sort(([, one], [, two]) => two.until - one.until);
    for (const [each] of byEnd.slice(most)) fields.delete(each);
  }

  remove(group, field) {
    const there = this.#live(this.#group(group), field) !== undefined;
    this.#group(group).delete(field);
    return there;
  }

  entries(group) {
    const fields = this.#group(group);
    const live = [...fields.keys()].filter((field) => this.#live(fields, field));
    return new Map(live.map((field) => [field, fields.get(field).value]));
  }

  deleteGroup(group) {
    this.#groups.delete(group);
  }

  schedule(list, item, at) {
    this.#list(list).set(item, at);
  }

  enqueue(list, item, at) {
    if (!this.#list(list).has(item)) this.#list(list).set(item, at);
    return this.due(list, Infinity, Infinity).indexOf(item);
  }

  unschedule(list, item) {
    return this.#list(list).delete(item);
  }

  due(list, until, limit) {
    const items = [...this.#list(list)].filter(([, at]) => at <= until);
    return items
      .sort(([, one], [, two]) => one - two)
      .slice(0, limit)
      .map(([item]) => item);
  }

  count(key, window, by = 1) {
    const known = this.#live(this.#keys, key) ?? {value: 0, until: this.now() + window};
    known.value += by;
    this.#keys.set(key, known);
    return {count: known.value, resetIn: known.until - this.now()};
  }

  append(log, entry) {
    this.#logs.set(log, [...(this.#logs.get(log) ?? []), entry]);
  }

  read(log, since, limit) {
    return (this.#logs.get(log) ?? []).filter(({at}) => at >= since).slice(0, limit);
  }

  prune(log, before) {
    this.#logs.set(log, this.read(log, before, Infinity));
  }

  /** All that is kept, as text, to be searched for what must not be there. */
  dump() {
    const plain = (map) =>
      [...map].map(([key, value]) => [key, value instanceof Map ? plain(value) : value]);
    return JSON.stringify([this.#keys, this.#groups, this.#lists, this.#logs].map(plain));
  }

  #live(map, key) {
    const entry = map.get(key);
    if (entry && entry.until > this.now()) return entry;
    map.delete(key);
    return undefined;
  }

  #group(group) {
    if (!this.#groups.has(group)) this.#groups.set(group, new Map());
    return this.#groups.get(group);
  }

  #list(list) {
    if (!this.#lists.has(list)) this.#lists.set(list, new Map());
    return this.#lists.get(list);
  }
}
