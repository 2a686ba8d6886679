import {BrokerError} from '../../broker/dist/errors.js';

/** A broker's store in memory: what is asked of one, and nothing else. Several brokers may share it. */
export class MemoryStore {
  #values = new Map();
  #groups = new Map();
  #lists = new Map();
  #counters = new Map();
  #logs = new Map();
  #listeners = new Map();
  /** Called with the method's name and its arguments before each call; may throw. */
  before = () => {};

  async #ready(...call) {
    // Each call takes a turn of the event loop, as calls of a server do.
    await new Promise((resolve) => setImmediate(resolve));
    await this.before(...call);
  }

  #alive(entries, key) {
    const entry = entries.get(key);
    if (entry && entry.until <= performance.now()) entries.delete(key);
    return entries.get(key);
  }

  #entry(value, ttl = Infinity) {
    if (typeof value !== 'string') throw new TypeError('A value is a text.');
    if (!(ttl > 0)) throw new TypeError('A ttl is more than 0.');
    return {value, until: performance.now() + ttl};
  }

  #of(all, name) {
    if (!all.has(name)) all.set(name, new Map());
    return all.get(name);
  }

  #sorted(list) {
    return [...this.#of(this.#lists, list)].sort(
      ([item, at], [other, when]) => at - when || (item < other ? -1 : 1),
    );
  }

  async get(key) {
    await this.#ready('get', key);
    return this.#alive(this.#values, key)?.value;
  }

  async set(key, value, ttl) {
    await this.#ready('set', key, value);
    this.#values.set(key, this.#entry(value, ttl));
  }

  async setIfAbsent(key, value, ttl) {
    await this.#ready('setIfAbsent', key, value);
    if (this.#alive(this.#values, key)) return false;
    this.#values.set(key, this.#entry(value, ttl));
    return true;
  }

  async delete(key) {
    await this.#ready('delete', key);
    this.#values.delete(key);
  }

  async compareAndDelete(key, value) {
    await this.#ready('compareAndDelete', key, value);
    return this.#alive(this.#values, key)?.value === value && this.#values.delete(key);
  }

  async compareAndSet(key, old, value, ttl) {
    await this.#ready('compareAndSet', key, old, value);
    if (this.#alive(this.#values, key)?.value !== old) return false;
    this.#values.set(key, this.#entry(value, ttl));
    return true;
  }

  async put(group, field, value, ttl) {
    await this.#ready('put', group, field, value);
    this.#of(this.#groups, group).set(field, this.#entry(value, ttl));
  }

  forgets = 0;

  async hold(group, field, value, ttl, most = Infinity) {
    await this.put(group, field, value, ttl);
    const fields = this.#of(this.#groups, group);
    if (fields.size <= most * 1.25) return;
    const inOrder = [...fields].sort(([, one], [, other]) => other.until - one.until);
    for (const [name] of inOrder.slice(most)) fields.delete(name);
  }

  async field(group, field) {
    await this.#ready('field', group, field);
    return this.#alive(this.#of(this.#groups, group), field)?.value;
  }

  async swap(group, field, old, value, ttl) {
    await this.#ready('swap', group, field, old, value);
    const fields = this.#of(this.#groups, group);
    if (this.#alive(fields, field)?.value !== old) return false;
    fields.set(field, this.#entry(value, ttl));
    return true;
  }

  async remove(group, field) {
    await this.#ready('remove', group, field);
    const fields = this.#of(this.#groups, group);
    return this.#alive(fields, field) !== undefined && fields.delete(field);
  }

  async entries(group) {
    await this.#ready('entries', group);
    const fields = this.#of(this.#groups, group);
    return new Map(
      [...fields.keys()].flatMap((field) => {
        const entry = this.#alive(fields, field);
        return entry ? [[field, entry.value]] : [];
      }),
    );
  }

  async deleteGroup(group) {
    await this.#ready('deleteGroup', group);
    this.#groups.delete(group);
  }

  async schedule(list, item, at) {
    await this.#ready('schedule', list, item, at);
    this.#of(this.#lists, list).set(item, at);
  }

  async enqueue(list, item, at) {
    await this.#ready('enqueue', list, item, at);
    const items = this.#of(this.#lists, list);
    if (!items.has(item)) items.set(item, at);
    return this.#sorted(list).findIndex(([each]) => each === item);
  }

  async unschedule(list, item) {
    await this.#ready('unschedule', list, item);
    return this.#of(this.#lists, list).delete(item);
  }

  async due(list, until, limit) {
    await this.#ready('due', list, until);
    const items = this.#sorted(list).filter(([, at]) => at <= until);
    return items.slice(0, limit).map(([item]) => item);
  }

  async count(key, window, by = 1) {
    await this.#ready('count', key);
    const now = performance.now();
    const known = this.#counters.get(key);
    const counter = known && known.until > now ? known : {count: 0, until: now + window};
    counter.count += by;
    this.#counters.set(key, counter);
    return {count: counter.count, resetIn: counter.until - now};
  }

  async append(log, entry) {
    await this.#ready('append', log, entry);
    this.#logs.set(
      log,
      [...(this.#logs.get(log) ?? []), entry].sort((one, two) => one.at - two.at),
    );
  }

  async read(log, since, limit) {
    await this.#ready('read', log, since);
    return (this.#logs.get(log) ?? []).filter(({at}) => at >= since).slice(0, limit);
  }

  async prune(log, before) {
    await this.#ready('prune', log, before);
    this.#logs.set(
      log,
      (this.#logs.get(log) ?? []).filter(({at}) => at >= before),
    );
  }

  async publish(channel, message) {
    await this.#ready('publish', channel, message);
    for (const listener of [...this.#of(this.#listeners, channel).keys()])
      setImmediate(() => listener.heard(message));
  }

  listen(channel, {heard, again}) {
    const own = {heard, again};
    this.#of(this.#listeners, channel).set(own, true);
    return () => this.#of(this.#listeners, channel).delete(own);
  }

  async ping() {
    await this.#ready('ping');
  }

  async close() {}
}

/** What a store throws that cannot be reached. */
export const storeGone = () =>
  new BrokerError(503, 'store-unavailable', 'The store of the broker cannot be used. Ask again.');
