import type {RcChatPaneElement} from '../rc-chat-pane.js';
import {PexipChatError} from '../../errors.js';
import {meetingAlias} from '../../protocol/meeting-alias.js';
import type {MeetingPlace} from '../../protocol/web-app3-url.js';
import type {Language} from '../strings/strings.js';
import type {ChatPlace, Conversation} from '../views/chat-view.js';
import {askForDiscussion, type DiscussionAnswer} from './discussion-ask.js';
import {MeetingLine} from './meeting-line.js';

/** Who is to be signed in where the room is shown. */
export type Who = Pick<Conversation, 'accessToken' | 'auth' | 'broker'>;

export interface MeetingConversationOptions {
  readonly place: ChatPlace;
  /** The workspace's address. */
  readonly base: string;
  /** The broker's address with a slash at its end; none where the page names none. */
  readonly broker: string | null;
  /** Shows a room, at the first of the paths that there is. @throws {PexipChatError} */
  begin(room: string, who: Who, paths: readonly string[]): void;
  /** Shows no room: none yet, one that is being looked for, or none because of this error. */
  rest(phase: 'failed' | 'idle' | 'loading', error?: PexipChatError): void;
}

/** A room of a meeting, as far as this needs it. Any element that has these can stand in for ours. */
type Meeting = HTMLElement & MeetingPlace & {readonly state?: string};

const NOBODY: Who = {auth: undefined, broker: null, accessToken: undefined};

const lacks = (what: string): PexipChatError =>
  new PexipChatError('invalid-attribute', `The attribute "room" is "auto", which needs ${what}.`);

const noBroker = (): PexipChatError =>
  lacks('a broker: give the pane or its <pexip-chat-room> the attribute "broker"');

const noMeeting = (): PexipChatError =>
  lacks('a meeting: put the pane into its <pexip-chat-room>, or name that one by "for"');

/**
 * The conversation of the meeting in the pane's room: asked of the broker once the person has joined,
 * and shown from then on, until they join another meeting.
 */
export class MeetingConversation {
  readonly #options: MeetingConversationOptions;
  readonly #line: MeetingLine;
  readonly #life = new AbortController();
  #conversation: Conversation | undefined;
  /** Undefined until it was looked for. */
  #meeting: Meeting | null | undefined;
  #hearing = new AbortController();
  #asking = new AbortController();
  /** The meeting whose conversation is shown or asked for. */
  #alias: string | undefined;
  #shown = false;
  /** Rocket.Chat's own sign-in form is shown. */
  #form = false;
  /** The person has signed out. */
  #left = false;

  /** @throws {PexipChatError} `invalid-attribute`: there is no broker */
  constructor(options: MeetingConversationOptions) {
    if (!options.broker) throw noBroker();
    this.#options = options;
    const {root, body} = options.place;
    this.#line = new MeetingLine(root, body, options.base, () => this.#again());
    const {signal} = this.#life;
    // Whoever has signed out is not signed in again by a meeting that begins.
    this.#pane.addEventListener('rc-logged-out', () => (this.#left = true), {signal});
    this.#pane.addEventListener('rc-logged-in', () => this.#welcome(), {signal});
    addEventListener('online', () => this.#again(), {signal});
    // A room may come with the rest of the page.
    document.addEventListener('DOMContentLoaded', () => this.#look(), {signal});
  }

  /** The pane's properties are these now, and its room may be another one. */
  follow(conversation: Conversation): void {
    this.#conversation = conversation;
    this.#look();
  }

  show(language: Language): void {
    this.#line.show(language);
  }

  /** @returns nothing, which takes its place */
  stop(): undefined {
    this.#life.abort();
    this.#hearing.abort();
    this.#asking.abort();
    this.#line.remove();
  }

  #look(): void {
    const meeting = (this.#conversation?.meeting ?? null) as Meeting | null;
    if (meeting === this.#meeting || this.#life.signal.aborted) return;
    if (!meeting && document.readyState === 'loading') return;
    this.#meeting = meeting;
    this.#hearing.abort();
    this.#hearing = new AbortController();
    const {signal} = this.#hearing;
    meeting?.addEventListener('pexip-connected', () => this.#ask(), {signal});
    if (meeting?.state === 'connected') this.#ask();
    // What is shown stays when its room goes, as it does when the meeting ends.
    else if (!this.#alias) this.#wait();
  }

  #wait(): void {
    if (this.#meeting) this.#rest('waits', 'idle');
    else this.#fail(noMeeting());
  }

  /** There may be another answer now: a person has signed in, or wants it, or the network is back. */
  #again(): void {
    if (!this.#alias && this.#meeting?.state === 'connected') this.#ask();
  }

  #welcome(): void {
    const wasAway = this.#left || this.#form;
    this.#left = false;
    if (wasAway && this.#meeting?.state === 'connected') this.#ask();
  }

  #ask(): void {
    const alias = meetingAlias(this.#meeting!);
    if (!alias || alias === this.#alias || this.#left) return;
    this.#alias = alias;
    this.#asking.abort();
    this.#asking = new AbortController();
    const {signal} = this.#asking;
    // What is shown of another meeting is left when there is something to go to.
    if (this.#shown || this.#form) this.#say(undefined);
    else this.#rest(undefined, 'loading');
    const {broker} = this.#options;
    const {accessToken} = this.#conversation!;
    const surfaces = this.#native ? (['live'] as const) : (['embed', 'live'] as const);
    askForDiscussion({alias, surfaces, base: broker!, accessToken}, signal)
      .then((answer) => {
        if (!signal.aborted) this.#open(answer);
      })
      .catch((error: unknown) => {
        if (!signal.aborted) this.#refuse(error as PexipChatError);
      })
      .finally(() => this.#pane.requestUpdate());
  }

  #open({roomId, paths, release}: DiscussionAnswer): void {
    const {broker, begin} = this.#options;
    // By then the conversation has a chat session of its own.
    this.#pane.addEventListener('rc-room-opened', release, {
      once: true,
      signal: this.#asking.signal,
    });
    this.#form = false;
    this.#shown = true;
    this.#say(undefined);
    const room = paths.length > 1 ? roomId : paths[0]!;
    begin(room, {...this.#conversation!, broker}, paths);
  }

  #refuse(error: PexipChatError): void {
    this.#alias = undefined;
    const form = error.code === 'account-missing' && !this.#native;
    if (form && this.#form) return this.#say(error.code);
    this.#fail(error);
    if (!form) return;
    this.#form = true;
    this.#options.begin('home', NOBODY, ['home']);
  }

  #fail(error: PexipChatError): void {
    this.#rest(error.code, 'failed', error);
  }

  #rest(
    note: Parameters<MeetingLine['say']>[0],
    ...rest: Parameters<MeetingConversationOptions['rest']>
  ): void {
    this.#shown = this.#form = false;
    this.#line.say(note);
    this.#options.rest(...rest);
  }

  #say(note: Parameters<MeetingLine['say']>[0]): void {
    this.#line.say(note);
    this.#pane.requestUpdate();
  }

  get #pane(): RcChatPaneElement {
    return this.#options.place.root.host as RcChatPaneElement;
  }

  get #native(): boolean {
    return this.#pane.view === 'native';
  }
}
