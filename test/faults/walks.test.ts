import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {ACTION_PREFIXES} from '../../src/protocol/dialects.js';
import {parsePluginMessage, type PageMessage} from '../../src/protocol/external-chat.js';
import {MeetingSession, type MeetingFact} from '../../src/session/meeting-session.js';
import {wire} from '../support/hand-written-page.js';

type Step =
  | 'start'
  | 'stop'
  | 'load'
  | 'quick load'
  | 'patience ends'
  | 'ready'
  | 'connected'
  | 'disconnected'
  | 'dial-out-success'
  | 'dial-out-error'
  | {readonly toggle: boolean}
  | {readonly chat: boolean; readonly echo: boolean}
  | {readonly badge: boolean}
  | {readonly videoconf: readonly string[]}
  | {readonly people: 'roster' | 'self' | 'toggle-participants'}
  | {readonly features: readonly string[]};

/** Every walk begins with a frame; the rest comes as it likes. */
const walks: fc.Arbitrary<Step[]> = fc
  .array(
    fc.oneof(
      {weight: 4, arbitrary: fc.constant<Step>('ready')},
      {weight: 4, arbitrary: fc.constant<Step>('connected')},
      {weight: 2, arbitrary: fc.constantFrom<Step>('disconnected', 'load', 'quick load')},
      {weight: 1, arbitrary: fc.constantFrom<Step>('start', 'stop', 'patience ends')},
      {weight: 1, arbitrary: fc.constantFrom<Step>('dial-out-success', 'dial-out-error')},
      {weight: 1, arbitrary: fc.record({toggle: fc.boolean()})},
      {weight: 1, arbitrary: fc.record({chat: fc.boolean(), echo: fc.boolean()})},
      {weight: 1, arbitrary: fc.record({badge: fc.boolean()})},
      {weight: 2, arbitrary: fc.record({videoconf: fc.subarray(['chat', 'roster'])})},
      {
        weight: 1,
        arbitrary: fc.record({
          people: fc.constantFrom('roster', 'self', 'toggle-participants'),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({features: fc.subarray(['chat', 'dial-out', 'roster'])}),
      },
    ),
    {maxLength: 40, size: 'max'},
  )
  .map((steps) => ['start', ...steps]);

const FIELDS = {
  disconnected: {userInitiated: true},
  'dial-out-success': {uuid: 'u-1'},
  'dial-out-error': {message: 'no'},
} as const;

/** Who told of the call that the page believes in. */
type Teller = 'nobody' | 'plugin' | 'plugin before';

/**
 * A meeting as DESIGN 3.2 and 4.1 to 4.3 describe it to a page, in terms of what a page sees. Every
 * method returns the facts that have to be told.
 */
class Promised {
  phase = 'idle';
  dialect: string | null = null;
  features: readonly string[] = [];
  sent: string[] = [];
  /** A plugin was heard since the frame was given its address; before, nothing of it counts. */
  heard = false;
  #waits = false;
  #loads = 0;
  #teller: Teller = 'nobody';
  #toldAgain = false;
  #chat = false;
  #badge = false;

  /** What a step that tells these facts has to come to. */
  outcome(facts: readonly string[]): string {
    const {sent, phase, dialect, features} = this;
    return JSON.stringify({facts, sent, phase, dialect, features});
  }

  take(step: Step): string[] {
    if (typeof step === 'object') return this.#takeValue(step);
    switch (step) {
      case 'start':
      case 'stop': {
        const facts = this.#end('disconnected');
        this.phase = step === 'start' ? 'loading' : 'idle';
        this.dialect = null;
        this.features = [];
        this.heard = false;
        this.#waits = step === 'start';
        this.#loads = 0;
        return [...facts, 'phase'];
      }
      case 'patience ends':
        if (!this.#waits) return [];
        this.#waits = false;
        this.phase = 'unbridged';
        return ['phase', 'plugin-timeout'];
      case 'load':
        return this.#loads++ ? this.#end('disconnected') : [];
      case 'quick load':
        return this.#loads++ ? this.#takeQuickLoad() : [];
      case 'ready':
        return this.#takeReady('external-chat', ['chat', 'dial-out']);
      case 'connected':
        this.#toldAgain = true;
        if (this.#teller !== 'nobody') return [];
        this.#teller = 'plugin';
        this.phase = 'connected';
        return ['connected'];
      case 'disconnected':
        return this.#end('disconnected', true);
      default:
        // Read by whoever dials.
        return [step];
    }
  }

  /** Whatever was spoken before, from now on the page speaks as the plugin that was heard last. */
  #takeReady(dialect: string, features: readonly string[]): string[] {
    this.heard = true;
    this.#waits = false;
    if (this.#teller === 'nobody') this.phase = 'ready';
    else this.#teller = 'plugin before';
    this.#toldAgain = false;
    this.dialect = dialect;
    this.features = features;
    this.#send(`button ${this.#chat}`, `badge ${this.#badge}`, 'hello');
    return [`ready ${dialect}`];
  }

  #send(...words: string[]): void {
    this.sent.push(...words.map((each) => `${this.dialect}: ${each}`));
  }

  #takeValue(step: Exclude<Step, string>): string[] {
    if ('videoconf' in step) return this.#takeReady('videoconf', step.videoconf);
    if ('people' in step) return [step.people];
    if ('toggle' in step) return [`toggle-chat ${step.toggle}`];
    if ('features' in step) {
      const same = [...step.features].sort().join() === [...this.features].sort().join();
      this.features = step.features;
      return [same ? 'phase' : 'features-changed'];
    }
    if ('badge' in step) {
      if (this.heard && step.badge !== this.#badge) this.#send(`badge ${step.badge}`);
      this.#badge = step.badge;
    } else {
      if (this.heard && (step.echo || step.chat !== this.#chat)) this.#send(`button ${step.chat}`);
      this.#chat = step.chat;
    }
    return [];
  }

  /** Web App 3 has started again, and its plugin was heard before the load event of its page. */
  #takeQuickLoad(): string[] {
    if (this.#teller !== 'plugin before') return [];
    const facts = this.#end('ready');
    return this.#toldAgain ? [...facts, ...this.take('connected')] : facts;
  }

  #end(phase: string, byPerson = false): string[] {
    if (this.#teller === 'nobody') return [];
    this.#teller = 'nobody';
    this.phase = phase;
    return [`disconnected ${byPerson}`];
  }
}

const wordsOf = (fact: MeetingFact): string => {
  switch (fact.type) {
    case 'toggle-chat':
      return `toggle-chat ${fact.active}`;
    case 'disconnected':
      return `disconnected ${fact.detail.userInitiated}`;
    case 'ready':
      return `ready ${fact.detail.dialect}`;
    default:
      return fact.type;
  }
};

const sentWords = (message: PageMessage): string => {
  if (message.type === 'toggle-chat-button-state') return `button ${message.active}`;
  if (message.type === 'toggle-chat-badge') return `badge ${message.visible}`;
  return message.type;
};

/** The one timer of a session, which ends when it is told to. */
const takeTimers = () => {
  const {setTimeout: later, clearTimeout: forget} = window;
  let pending: (() => void) | undefined;
  const set = (task: () => void): number => {
    pending = task;
    return 1;
  };
  const clear = (): void => void (pending = undefined);
  Object.assign(window, {setTimeout: set, clearTimeout: clear});
  return {
    end: (): void => {
      const task = pending;
      pending = undefined;
      task?.();
    },
    isPending: (): boolean => pending !== undefined,
    giveBack: (): void => void Object.assign(window, {setTimeout: later, clearTimeout: forget}),
  };
};

/** A session, and what a walk does with it. */
const recordWalk = (timers: ReturnType<typeof takeTimers>) => {
  const sent: string[] = [];
  const facts: string[] = [];
  const settler = {resets: 0};
  const session = new MeetingSession((message, dialect) =>
    sent.push(`${dialect}: ${sentWords(message)}`),
  );
  session.dialOuts = {reset: () => settler.resets++};
  session.subscribe((_, fact) => facts.push(wordsOf(fact)));
  const hear = (name: string, fields: object = {}): void =>
    session.receive(parsePluginMessage(wire(name, fields))!);
  const hearSecond = (name: string, fields: object = {}): void =>
    session.receive(parsePluginMessage({action: ACTION_PREFIXES.videoconf + name, ...fields})!);
  const take = (step: Step): void => {
    if (step === 'start') session.start(30_000);
    else if (step === 'stop') session.stop('idle');
    else if (step === 'load') session.frameLoaded(false);
    else if (step === 'quick load') session.frameLoaded(true);
    else if (step === 'patience ends') timers.end();
    else if (typeof step === 'string') hear(step, FIELDS[step as keyof typeof FIELDS]);
    else if ('toggle' in step) hear('toggle-chat', {active: step.toggle});
    else if ('videoconf' in step) hearSecond('ready', {features: step.videoconf});
    else if ('people' in step) hearSecond(step.people);
    else if ('features' in step) hear('ready', {version: 1, features: step.features});
    else if ('badge' in step) session.setBadge(step.badge);
    else session.setChatActive(step.chat, step.echo);
  };
  return {session, sent, facts, settler, take};
};

/** What the frame and the channel let through: no plugin without a frame, and its bare ready first. */
const canHappen = (step: Step, {phase, heard}: Promised): boolean => {
  if (step === 'ready' || step === 'load') return phase !== 'idle';
  if (typeof step === 'object' && 'videoconf' in step) return phase !== 'idle';
  const ofPage =
    step === 'start' ||
    step === 'stop' ||
    step === 'patience ends' ||
    (typeof step === 'object' && ('chat' in step || 'badge' in step));
  return ofPage || heard;
};

describe('F5: a meeting, on 10,000 random walks', () => {
  let timers: ReturnType<typeof takeTimers>;
  beforeEach(() => {
    timers = takeTimers();
  });
  afterEach(() => timers.giveBack());

  it('throws nothing, and tells and sends at each step what was promised', () => {
    const told = new Map<string, number>();
    fc.assert(
      fc.property(walks, (walk) => {
        const promised = new Promised();
        const {session, sent, facts, settler, take} = recordWalk(timers);
        let inCall = false;
        for (const step of walk) {
          if (!canHappen(step, promised)) continue;
          const wanted = promised.take(step);
          settler.resets = 0;
          take(step);
          const {phase, dialect, features} = session.getState();
          const {resets} = settler;
          const outcome = JSON.stringify({facts, sent, phase, dialect, features});
          expect(outcome).to.equal(promised.outcome(wanted));
          const lost = step !== 'quick load' && wanted[0]?.startsWith('disconnected');
          // Nobody can answer the dial-outs of before any more.
          if (wanted[0]?.startsWith('ready') || lost) expect(resets).to.be.greaterThan(0);
          for (const fact of facts.splice(0)) {
            told.set(fact, (told.get(fact) ?? 0) + 1);
            if (fact.startsWith('disconnected')) expect(inCall).to.equal(true);
            if (fact === 'connected') expect(inCall).to.equal(false);
            if (/^(?:dis)?connected/.test(fact)) inCall = !inCall;
          }
          promised.sent = [];
          sent.length = 0;
        }
        session.stop('idle');
        expect(timers.isPending()).to.equal(false);
      }),
      {numRuns: 10_000, seed: 20_261_121},
    );
    for (const fact of [
      'ready external-chat',
      'ready videoconf',
      'connected',
      'disconnected true',
      'disconnected false',
    ]) {
      expect(told.get(fact), fact).to.be.greaterThan(1000);
    }
    for (const fact of ['plugin-timeout', 'features-changed', 'toggle-chat true', 'roster']) {
      expect(told.get(fact), fact).to.be.greaterThan(100);
    }
  });
});
