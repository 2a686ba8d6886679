import {
  FrameController,
  type FrameHost,
  type FrameSight,
} from '../../controllers/frame-controller.js';
import type {PexipChatError} from '../../errors.js';
import {loadPart} from '../../parts/load-part.js';
import type {DialRequest} from '../../protocol/dial-request.js';
import type {ControlMethod} from '../../protocol/controls.js';
import {
  parsePluginMessage,
  toWire,
  type ReceivedPluginMessage,
} from '../../protocol/external-chat.js';
import {copyOf} from '../../protocol/guards.js';
import type {DialOutResult} from '../../session/dial-call.js';
import type {DialOutOptions, DialOuts} from '../../session/dial-outs.js';
import {
  MeetingSession,
  type MeetingFact,
  type MeetingState,
} from '../../session/meeting-session.js';
import type {RosterState} from '../../session/roster.js';
import type {People} from '../people.js';

const ALLOW = [
  'camera',
  'microphone',
  'display-capture',
  'autoplay',
  'fullscreen',
  'speaker-selection',
  'clipboard-write',
];

/** Gives up a load for whoever has aborted meanwhile. */
const unlessAborted = <Part>(load: Promise<Part>, signal: AbortSignal | undefined): Promise<Part> =>
  new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), {once: true});
    load.then(resolve, reject);
  });

/** Web App 3 in a frame, and the conversation with the plugin inside it. */
export class MeetingView {
  readonly #session = new MeetingSession((message, dialect) =>
    this.#frame.send(toWire(message, dialect)),
  );
  readonly #frame: FrameController<ReceivedPluginMessage>;
  readonly #host: FrameHost;
  readonly #failed: (error: PexipChatError) => void;
  #dialOuts: DialOuts | undefined;
  #people: People | undefined;
  /** What the plugin told of people while their file was loaded, the last of each name. */
  readonly #untaken = new Map<string, unknown>();
  #painted = false;

  constructor(
    host: FrameHost,
    tell: (fact: MeetingFact) => void,
    failed: (error: PexipChatError) => void,
  ) {
    this.#host = host;
    this.#failed = failed;
    this.#frame = new FrameController<ReceivedPluginMessage>(host, {
      id: 'webapp3',
      allow: ALLOW,
      nested: true,
      parse: parsePluginMessage,
      binds: (message) => message.type === 'ready' && message.version === undefined,
      receive: (message) => {
        this.#session.receive(message);
        // Before anybody has joined, too: who was told of is not there.
        if (message.type === 'disconnected') this.#forget();
      },
      loaded: (heard) => {
        this.#painted = true;
        this.#session.frameLoaded(heard);
        host.requestUpdate();
      },
    });
    this.#session.subscribe(({dialect, phase}, fact) => {
      if ('data' in fact) this.#take(fact.type, fact.data);
      // A plugin that starts again tells everything anew; one that was quicker than the load of its
      // page has done so, and the phase is ready. Before the page hears of it, which then reads no
      // people of before.
      const ended = fact.type === 'disconnected' && phase === fact.type;
      if (!dialect || fact.type === 'ready' || ended) this.#forget();
      tell(fact);
    });
  }

  get state(): MeetingState {
    return this.#session.getState();
  }

  get frame(): HTMLIFrameElement | undefined {
    return this.#frame.frame;
  }

  /** The frame's page has come, or an error page. */
  get painted(): boolean {
    return this.#painted;
  }

  get sight(): FrameSight {
    return this.#frame.sight;
  }

  /** Who is in the meeting; undefined while nobody was told of. */
  get people(): Readonly<RosterState> | undefined {
    return this.#people?.state;
  }

  /** Origin of the plugin's window, `"null"` if opaque; undefined while none is bound. */
  get pluginOrigin(): string | undefined {
    return this.#frame.partnerOrigin;
  }

  /** Loads the meeting. @param patience milliseconds until a meeting without a plugin is unbridged */
  show(address: string, patience: number): void {
    this.#painted = false;
    this.#session.start(patience);
    this.#frame.start(address);
  }

  /** Ends the meeting and removes its frame. */
  stop(phase: 'idle' | 'loading' | 'failed'): void {
    this.#painted = false;
    this.#frame.stop();
    this.#session.stop(phase);
  }

  /** Shows the state of the chat on the meeting's button. @param echo even if nothing changed */
  setChatActive(active: boolean, echo = false): void {
    this.#session.setChatActive(active, echo);
  }

  setBadge(visible: boolean): void {
    this.#session.setBadge(visible);
  }

  /** @throws {PexipChatError} `part-failed`, and those of {@link DialOuts.dial} */
  async dialOut(request: DialRequest, options: DialOutOptions): Promise<DialOutResult> {
    // As it is now, whatever the page does with it while the file is loaded.
    const copy = copyOf(request);
    const part = await unlessAborted(loadPart('dial'), options.signal);
    this.#dialOuts ??= part.dialOuts(this.#host, this.#session);
    return this.#dialOuts.dial(copy, options);
  }

  /** @throws {PexipChatError} `part-failed`, and those of {@link Controls.ask} */
  async ask(method: ControlMethod, args: readonly unknown[]): Promise<void> {
    (await this.#loadPeople()).ask(method, args);
  }

  #forget(): void {
    this.#untaken.clear();
    this.#people?.clear();
  }

  async #loadPeople(): Promise<People> {
    const part = await loadPart('people');
    const people = (this.#people ??= part.people(this.#host, this.#session, (data) =>
      this.#frame.send(data),
    ));
    for (const [name, data] of this.#untaken) if (!people.receive(data)) this.#frame.misread(name);
    this.#untaken.clear();
    return people;
  }

  #take(name: string, data: unknown): void {
    if (name.startsWith('dial-out')) {
      // Before its file has come nobody has dialled.
      if (this.#dialOuts?.receive(data) === false) this.#frame.misread(name);
      return;
    }
    // After a failure they stay, so that the next try comes with the next start of the plugin.
    const first = this.#untaken.size === 0;
    this.#untaken.set(name, data);
    if (first) this.#loadPeople().catch(this.#failed);
  }
}
