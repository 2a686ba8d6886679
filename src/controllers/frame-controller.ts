import type {ReactiveController, ReactiveControllerHost} from 'lit';

import {warnOfError} from '../log.js';
import {loadPart} from '../parts/load-part.js';
import {
  FrameChannel,
  NO_MESSAGES,
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

/** What was seen of a frame; nothing in it is secret. */
export interface FrameSight {
  /** Messages by what became of them. */
  readonly messages: ChannelCounts;
  /** The same for each name, and what was sent, such as `accepted ready`; `foreign` have none. */
  readonly seen: Readonly<Record<string, number>>;
  /** The last origin that was dropped as the wrong one. */
  readonly wrongOrigin: string | undefined;
  /**
   * Which of the features it is granted the page's Permissions-Policy forbids;
   * undefined where the browser does not tell, as all but Chromium.
   */
  readonly forbidden: readonly string[] | undefined;
}

/** As Chromium has it. */
interface PolicyTeller {
  readonly featurePolicy?: {allowsFeature(name: string): boolean};
}

/** Owns the iframe of an element and the conversation with it. Removed with the element. */
export class FrameController<In> implements ReactiveController {
  readonly #host: FrameHost;
  readonly #options: FrameOptions<In>;
  #frame: HTMLIFrameElement | undefined;
  #channel: FrameChannel<In> | undefined;
  #life = new AbortController();
  #origin = '';
  /** The address whose load is under way. */
  #loading = '';
  #seen: Record<string, number> = {};

  constructor(host: FrameHost, options: FrameOptions<In>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get frame(): HTMLIFrameElement | undefined {
    return this.#frame;
  }

  get sight(): FrameSight {
    const policy = (this.#frame as PolicyTeller | undefined)?.featurePolicy;
    return {
      messages: {...(this.#channel?.counts ?? NO_MESSAGES)},
      seen: {...this.#seen},
      wrongOrigin: this.#channel?.wrongOrigin,
      forbidden: policy && this.#options.allow.filter((name) => !policy.allowsFeature(name)),
    };
  }

  get partnerOrigin(): string | undefined {
    return this.#channel?.partnerOrigin;
  }

  /** Shows `address` in the frame, which is made when first needed, with its listener before it. */
  start(address: string): void {
    const {origin} = new URL(address);
    if (!this.#frame || origin !== this.#origin) this.#open(origin);
    this.#channel!.unbind();
    const frame = this.#frame!;
    // For three seconds, Chromium takes no notice of an address that it is loading already.
    if (address === this.#loading) frame.src = 'about:blank';
    this.#loading = frame.src = address;
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

  /** What was accepted under this name has turned out to be no message. */
  misread(name: string): void {
    const {counts} = this.#channel!;
    counts.accepted--;
    counts.malformed++;
    this.#see(`accepted ${name}`, -1);
    this.#see(`malformed ${name}`);
  }

  hostDisconnected(): void {
    this.stop();
  }

  #see(name: string, times = 1): void {
    this.#seen[name] = (this.#seen[name] ?? 0) + times;
  }

  #open(origin: string): void {
    this.stop();
    this.#loading = '';
    const {id, allow, loaded, ...channel} = this.#options;
    const {signal} = (this.#life = new AbortController());
    this.#seen = {};
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
        const {debug, localName} = this.#host;
        const {type, action, externalCommand} = Object(message);
        this.#see(`${verdict} ${type ?? action ?? externalCommand ?? '?'}`);
        if (debug)
          loadPart('debug').then(
            ({logMessage}) => logMessage(localName, verdict, message),
            warnOfError,
          );
      },
    });
    const ended = (): void => {
      this.#loading = '';
      loaded(bridge.pageLoaded());
    };
    frame.addEventListener('load', ended, {signal});
    this.#channel = bridge;
    this.#frame = frame;
    this.#origin = origin;
  }
}
