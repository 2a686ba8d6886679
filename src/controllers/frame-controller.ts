import type {ReactiveController, ReactiveControllerHost} from 'lit';

import {logMessage} from '../log.js';
import {
  FrameChannel,
  type ChannelCounts,
  type FrameChannelOptions,
} from '../transport/frame-channel.js';

/** An element with a frame; `debug` logs what travels between the two. */
export type FrameHost = ReactiveControllerHost & HTMLElement & {readonly debug: boolean};

export interface FrameOptions<In> extends Pick<
  FrameChannelOptions<In>,
  'nested' | 'parse' | 'binds' | 'receive'
> {
  readonly id: string;
  /** Features that are granted to the frame's own origin, and to no other. */
  readonly allow: readonly string[];
  /**
   * The frame's `load` event; it fires for error pages, too.
   *
   * @param heard a window below the page that has loaded is bound already
   */
  readonly loaded: (heard: boolean) => void;
}

const NO_COUNTS: ChannelCounts = {accepted: 0, foreign: 0, origin: 0, malformed: 0, unbound: 0};

/** Owns the iframe of an element and the conversation with it. Removed with the element. */
export class FrameController<In> implements ReactiveController {
  readonly #host: FrameHost;
  readonly #options: FrameOptions<In>;
  #frame: HTMLIFrameElement | undefined;
  #channel: FrameChannel<In> | undefined;
  #life = new AbortController();
  #origin = '';

  constructor(host: FrameHost, options: FrameOptions<In>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get frame(): HTMLIFrameElement | undefined {
    return this.#frame;
  }

  get counts(): ChannelCounts {
    return {...(this.#channel?.counts ?? NO_COUNTS)};
  }

  get partnerOrigin(): string | undefined {
    return this.#channel?.partnerOrigin;
  }

  /** Shows `address` in the frame, which is made when first needed, with its listener before it. */
  start(address: string): void {
    const {origin} = new URL(address);
    if (!this.#frame || origin !== this.#origin) this.#open(origin);
    this.#channel!.unbind();
    this.#frame!.src = address;
    this.#host.requestUpdate();
  }

  /** Removes the frame and ends the conversation. */
  stop(): void {
    this.#life.abort();
    this.#frame?.remove();
    this.#frame = this.#channel = undefined;
  }

  send(data: unknown): void {
    this.#channel?.send(data);
  }

  hostDisconnected(): void {
    this.stop();
  }

  #open(origin: string): void {
    this.stop();
    const {id, allow, loaded, ...channel} = this.#options;
    const {signal} = (this.#life = new AbortController());
    const frame = document.createElement('iframe');
    frame.id = id;
    frame.part.add('frame');
    frame.allow = allow.map((feature) => `${feature} ${origin}`).join('; ');
    frame.referrerPolicy = 'strict-origin';
    const bridge = new FrameChannel({
      ...channel,
      frame: () => frame.contentWindow,
      origin,
      signal,
      trace: (verdict, message) => {
        if (this.#host.debug) logMessage(this.#host.localName, verdict, message);
      },
    });
    frame.addEventListener('load', () => loaded(bridge.heldBelow), {signal});
    this.#channel = bridge;
    this.#frame = frame;
    this.#origin = origin;
  }
}
