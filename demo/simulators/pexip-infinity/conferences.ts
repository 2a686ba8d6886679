import type {Role} from './admission.js';
import type {ConferencingNode} from './conferencing-node.js';
import {deviceRow, dialledRow, webRtcRows, type Row, type RowTraits} from './participant-rows.js';
import type {AutomaticParticipant, Service} from './service.js';

/** Somebody in a conference. */
export interface Present {
  /** Of his signalling, if he came by Web App 3; by it he leaves. */
  readonly uuid: string;
  readonly displayName: string;
  readonly role: Role;
  /** Name of the conference. */
  readonly conference: string;
}

/** Somebody who comes. */
export interface Newcomer {
  readonly service: Service;
  readonly alias: string;
  readonly name: string;
  readonly role: Role;
  readonly callTag: string;
  readonly remoteAlias: string;
  /** As events write it: `WebRTC`, `SIP` and so on. */
  readonly protocol: string;
  readonly uuids: {readonly api: string; readonly media: string};
  readonly node: ConferencingNode;
  readonly mediaNode: ConferencingNode;
  readonly location: string;
  /** Called when he is disconnected by others. */
  gone(reason: string): void;
}

interface Somebody extends Present {
  readonly node: ConferencingNode;
  readonly mediaNode: ConferencingNode;
  readonly rows: readonly Row[];
  readonly isDialled: boolean;
  gone(reason: string): void;
}

/** The conferences of all nodes: who is in them, and by which node. */
export class Conferences {
  readonly #people = new Map<string, Somebody>();
  readonly #services = new Map<string, Service>();
  readonly #watchers = new Set<(conference: string) => void>();

  /** The conference as it runs, whatever a policy server says of it now. */
  running(name: string): Service | undefined {
    return this.#services.get(name);
  }

  /** Those who are in a conference, without those whom Infinity has dialled. */
  people(name: string): Present[] {
    return this.#inside(name)
      .filter(({isDialled}) => !isDialled)
      .map(({uuid, displayName, role, conference}) => ({uuid, displayName, role, conference}));
  }

  /**
   * Tells of everybody who comes and goes.
   *
   * @returns ends it
   */
  watch(watcher: (conference: string) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** @returns whether he is the first one */
  enter(newcomer: Newcomer): {readonly present: Present; readonly isFirst: boolean} {
    const {service, role, protocol, uuids, node, mediaNode} = newcomer;
    const isFirst = !this.#services.has(service.name);
    this.#services.set(service.name, service);
    const traits = traitsOf(newcomer);
    const rows =
      protocol === 'WebRTC'
        ? webRtcRows(traits, uuids)
        : [deviceRow(traits, protocol, uuids.media)];
    const [{uuid}] = rows as [Row];
    const present = {uuid, displayName: newcomer.name, role, conference: service.name};
    this.#add({...present, node, mediaNode, rows, isDialled: false, gone: newcomer.gone}, service);
    return {present, isFirst};
  }

  /** Somebody whom Infinity has dialled answers. */
  dialled(participant: AutomaticParticipant, newcomer: Newcomer): void {
    const {service, node, mediaNode} = newcomer;
    const {role, displayName, isStreaming, remoteAlias, localAlias, protocol} = participant;
    const row = dialledRow(
      {
        ...traitsOf(newcomer),
        name: displayName,
        role,
        callTag: '',
        remoteAlias: localAlias,
        alias: remoteAlias,
      },
      {protocol: protocol.toUpperCase(), isStreaming},
    );
    const present = {uuid: row.uuid, displayName, role, conference: service.name};
    const gone = (): void => undefined;
    this.#add({...present, node, mediaNode, rows: [row], isDialled: true, gone}, service);
  }

  /** Changes somebody; for who came by Web App 3, both of his rows. */
  change(uuid: string, changes: Readonly<Record<string, unknown>>): boolean {
    const found = this.#people.get(uuid);
    for (const row of found?.rows ?? []) found?.node.change(row, changes);
    return found !== undefined;
  }

  /** Lets somebody go; with the last one the conference ends. */
  leave(uuid: string, reason: string): boolean {
    const found = this.#people.get(uuid);
    if (!found) return false;
    this.#remove(found, reason);
    const rest = this.#inside(found.conference);
    if (rest.every(({isDialled}) => isDialled)) {
      for (const each of rest) this.#remove(each, 'No participants can keep conference alive');
      this.#services.delete(found.conference);
    }
    return true;
  }

  /** Disconnects everybody. */
  end(name: string, reason: string): boolean {
    const people = this.people(name);
    this.#tellGone(people, reason);
    return people.length > 0;
  }

  /** Disconnects those who are there by a node. */
  leaveNode(node: ConferencingNode): void {
    const on = [...this.#people.values()].filter((each) => !each.isDialled);
    this.#tellGone(
      on.filter((each) => each.node === node),
      'Signaling node disconnected',
    );
    this.#tellGone(
      on.filter((each) => each.mediaNode === node && each.node !== node),
      'Media node disconnected',
    );
  }

  #tellGone(people: readonly Present[], reason: string): void {
    for (const {uuid} of people) {
      const gone = this.#people.get(uuid)?.gone;
      if (this.leave(uuid, reason)) gone?.(reason);
    }
  }

  #add(somebody: Somebody, service: Service): void {
    this.#people.set(somebody.uuid, somebody);
    const {node, mediaNode, rows} = somebody;
    for (const each of new Set([node, mediaNode])) each.hold(service);
    for (const row of rows) node.connect(row);
    if (this.#inside(service.name).some(({role}) => role === 'chair'))
      for (const each of this.#nodesOf(service.name)) each.begin(service.name);
    this.#told(service.name);
  }

  #remove(somebody: Somebody, reason: string): void {
    const {uuid, node, mediaNode, rows, conference} = somebody;
    this.#people.delete(uuid);
    for (const row of [...rows].reverse()) node.disconnect(row, reason);
    const inUse = this.#nodesOf(conference);
    for (const each of new Set([node, mediaNode])) if (!inUse.has(each)) each.release(conference);
    this.#told(conference);
  }

  #told(conference: string): void {
    for (const watcher of [...this.#watchers]) watcher(conference);
  }

  #inside(name: string): Somebody[] {
    return [...this.#people.values()].filter(({conference}) => conference === name);
  }

  #nodesOf(name: string): Set<ConferencingNode> {
    return new Set(this.#inside(name).flatMap(({node, mediaNode}) => [node, mediaNode]));
  }
}

const traitsOf = (newcomer: Newcomer): RowTraits => ({
  service: newcomer.service,
  alias: newcomer.alias,
  name: newcomer.name,
  role: newcomer.role,
  callTag: newcomer.callTag,
  remoteAlias: newcomer.remoteAlias,
  node: newcomer.node.address,
  mediaNode: newcomer.mediaNode.address,
  location: newcomer.location,
  connectTime: newcomer.node.time,
});
