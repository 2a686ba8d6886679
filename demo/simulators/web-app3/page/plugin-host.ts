import {Channel} from '@pexip/plugin-api';

import {field, identifier} from '../../../../src/protocol/guards.js';
import type {PluginEntry} from './manifest.js';
import {createPluginFrame, type PluginFrame} from './plugin-frames.js';
import {parseCall, replyTo, type HostEvent, type PluginCall, type RpcHandler} from './rpc.js';

/** What the host needs of the rest of the app. */
export interface PluginHostOptions {
  /** Takes the frames. */
  readonly container: HTMLElement;
  /** The methods that are simulated; every other one is answered with a failure. */
  readonly handlers: ReadonlyMap<string, RpcHandler>;
  /** A plugin has come. */
  registered(): void;
  /** A plugin has gone, so that what it had made must go too. */
  unregistered(chanId: string): void;
}

interface Registration {
  readonly pluginId: string;
  readonly channel: Channel;
  readonly frame: PluginFrame;
  /** Whether the `load` of the document that registered is over. */
  loaded: boolean;
}

/**
 * The host side of `@pexip/plugin-api`: frames, handshake, calls and events. It stands on the
 * package's own `Channel`, as Web App 3 does.
 */
export class PluginHost {
  readonly #options: PluginHostOptions;
  readonly #frames = new Set<PluginFrame>();
  readonly #loadedOnce = new WeakSet<PluginFrame>();
  /** By chanId. */
  readonly #registrations = new Map<string, Registration>();

  constructor(options: PluginHostOptions, signal: AbortSignal) {
    this.#options = options;
    addEventListener('message', (event) => this.#receive(event), {signal});
  }

  /** Adds the frame of a plugin. */
  add(entry: PluginEntry): void {
    const frame = createPluginFrame(entry);
    this.#frames.add(frame);
    frame.element.addEventListener('load', () => this.#loaded(frame));
    this.#options.container.append(frame.element);
  }

  /** Removes all plugins and their frames. */
  clear(): void {
    for (const frame of this.#frames) {
      this.#unregister(frame);
      frame.settle();
      frame.element.remove();
    }
    this.#frames.clear();
  }

  /** Loads all plugins again, each in the window it has. */
  reload(): void {
    for (const {element, entry} of this.#frames) element.src = entry.src;
  }

  /** Resolves when every plugin has registered or had its time to. */
  async settled(): Promise<void> {
    await Promise.all([...this.#frames].map((frame) => frame.settled));
  }

  /** Sends an event to all plugins, or to the one that has the channel. */
  send(event: HostEvent, chanId?: string): void {
    for (const [id, {channel}] of this.#registrations) {
      if (chanId === undefined || id === chanId) channel.sendEvent(event);
    }
  }

  /** Posts any message to the plugins' windows, as it is. */
  post(message: unknown): void {
    for (const {element} of this.#frames) element.contentWindow?.postMessage(message, '*');
  }

  #receive({source, data}: MessageEvent<unknown>): void {
    const call = parseCall(data);
    if (!call || !source) return;
    const frame = [...this.#frames].find(({element}) => element.contentWindow === source);
    if (call.rpc === 'syn') this.#handshake(call, source as Window, frame);
    else if (frame) this.#dispatch(call, frame);
  }

  #handshake(call: PluginCall, source: Window, frame: PluginFrame | undefined): void {
    const pluginId = identifier(field(call.payload, 'id'));
    const channel = new Channel(source, call.chanId);
    const refuse = (reason: string): void => {
      replyTo(channel, call, {ack: false, reason});
      channel.unregister();
    };
    if (!frame || !pluginId) {
      refuse('Not a plugin. You are likely trying to register a widget as a plugin');
      return;
    }
    // The frame was loaded again: its former plugin must go first, or it would be its own double.
    const isReload = this.#unregister(frame);
    if ([...this.#registrations.values()].some((other) => other.pluginId === pluginId)) {
      refuse('A plugin with the same id already exists');
      return;
    }
    // With no former plugin to replace, a `load` that has been was this document's own.
    const loaded = !isReload && this.#loadedOnce.has(frame);
    this.#registrations.set(call.chanId, {pluginId, channel, frame, loaded});
    replyTo(channel, call, {ack: true});
    channel.sendEvent({event: 'event:languageSelect', payload: 'en'});
    frame.settle();
    this.#options.registered();
  }

  #dispatch(call: PluginCall, frame: PluginFrame): void {
    const registration = this.#registrations.get(call.chanId);
    if (registration?.frame !== frame) return;
    const reply = (payload: unknown): void => replyTo(registration.channel, call, payload);
    const handler = this.#options.handlers.get(call.rpc);
    if (handler) handler({...call, reply});
    else reply({status: 'failed', reason: 'not simulated', id: call.id});
  }

  /** A plugin registers before or after its document's `load`; the next `load` is of another one. */
  #loaded(frame: PluginFrame): void {
    this.#loadedOnce.add(frame);
    const registration = [...this.#registrations.values()].find((each) => each.frame === frame);
    if (registration?.loaded) this.#unregister(frame);
    else if (registration) registration.loaded = true;
  }

  /** Returns whether the frame had a plugin. */
  #unregister(frame: PluginFrame): boolean {
    const [chanId, registration] =
      [...this.#registrations].find(([, each]) => each.frame === frame) ?? [];
    if (!chanId || !registration) return false;
    registration.channel.unregister();
    this.#registrations.delete(chanId);
    this.#options.unregistered(chanId);
    return true;
  }
}
