import {expect} from '@open-wc/testing';

import {ACTION_PREFIX} from '../../src/protocol/external-chat.js';
import {INHERITED_NAMES, ODD_VALUES} from '../protocol/hostile.js';
import {watchListeners} from '../support/listeners.js';
import {frameIn, makePane, place} from '../support/mount.js';
import {nextMessage, puppetSends, puppetSendsAll} from '../support/puppet.js';
import {setupPuppetCall, setupPuppetRoom, type PuppetRoom} from '../support/puppet-room.js';
import {testSignal} from '../support/room-record.js';
import {simulators} from 'test-simulators';

/** Names of DOM events, and of our own, that a frame could wish to fire. */
const NAMES = [
  'click',
  'load',
  'error',
  'focus',
  'submit',
  'DOMContentLoaded',
  'pexip-connected',
  'pexip-error',
  'pexip-chat-toggled',
  'rc-unread-changed',
  'rc-pane-connect',
  'rc-active-request',
  ...INHERITED_NAMES,
];

/** Every shape in which a bridge has taken a name from its frame. */
const shapesOf = (name: string): unknown[] => [
  name,
  {type: name},
  {type: name, payload: {}},
  {type: name, detail: {}},
  {event: name},
  {eventName: name, data: {}},
  {action: name},
  {action: `${ACTION_PREFIX}${name}`},
  {action: `${ACTION_PREFIX}ready/${name}`, type: name},
  {command: name, args: []},
];

const isSendable = (value: unknown): boolean => {
  // WebKit copies each hole of an array, for minutes.
  if (Array.isArray(value) && value.length > 1e6) return false;
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
};

/** Odd values that can travel, alone and where a bridge reads. */
const ODD = ODD_VALUES.filter(isSendable).flatMap((value) => [
  value,
  {action: value},
  {action: `${ACTION_PREFIX}toggle-chat`, active: value},
  {action: `${ACTION_PREFIX}disconnected`, userInitiated: value},
  {action: `${ACTION_PREFIX}dial-out-success`, uuid: value},
]);

/** The type of every event that is dispatched on these elements by a script, from now on. */
const watchDispatches = (...targets: readonly EventTarget[]): string[] => {
  const types: string[] = [];
  for (const target of targets)
    target.dispatchEvent = (event) => {
      types.push(event.type);
      return EventTarget.prototype.dispatchEvent.call(target, event);
    };
  return types;
};

/** What has gone wrong in the page, from now on. */
const watchErrors = (): string[] => {
  const errors: string[] = [];
  const signal = testSignal();
  window.addEventListener('error', ({message}) => errors.push(message), {signal});
  const rejected = ({reason}: PromiseRejectionEvent): number => errors.push(String(reason));
  window.addEventListener('unhandledrejection', rejected, {signal});
  return errors;
};

const typesOf = ({events}: PuppetRoom): string[] => events.take().map(([type]) => type);

/** A puppet of the node's own origin beside the room. */
const setupSibling = async (): Promise<Window> => {
  const here = nextMessage(({data}) => data?.puppet === 'here');
  const frame = place(document.createElement('iframe'));
  frame.title = 'puppet';
  frame.src = `${simulators.puppetNode}/`;
  await here;
  return frame.contentWindow!;
};

describe("the nearest peer's faults", () => {
  it('a: one message of one of two rooms on one node is told by that room alone', async () => {
    const first = await setupPuppetRoom();
    const second = await setupPuppetRoom();
    for (const {says} of [first, second]) await says('ready');
    expect([typesOf(first), typesOf(second)]).to.deep.equal([['pexip-ready'], ['pexip-ready']]);
    await second.says('connected');
    expect([typesOf(first), typesOf(second)]).to.deep.equal([[], ['pexip-connected']]);
    await first.says('toggle-chat', {active: true});
    await second.settle();
    expect([typesOf(first), typesOf(second)]).to.deep.equal([
      ['pexip-chat-toggle-request', 'pexip-chat-toggled'],
      [],
    ]);
    expect([first.room.chat, second.room.chat]).to.deep.equal([true, false]);
  });

  it('b: each message is told once after ten moves, and none after the removal', async () => {
    const listening = watchListeners(testSignal());
    const outside = listening().length;
    const setup = await setupPuppetRoom();
    const attached = listening();
    const elsewhere = place(document.createElement('section'));
    for (let move = 1; move <= 10; move++) {
      (move % 2 ? elsewhere : document.body).append(setup.room);
      await setup.starts.reaches(move);
    }
    expect(listening()).to.deep.equal(attached);
    await setup.says('ready');
    await setup.says('connected');
    expect(typesOf(setup)).to.deep.equal(['pexip-ready', 'pexip-connected']);

    const sibling = await setupSibling();
    setup.room.remove();
    expect(typesOf(setup)).to.deep.equal(['pexip-disconnected']);
    const dispatched = watchDispatches(setup.room);
    for (const name of ['ready', 'connected', 'toggle-chat'])
      await puppetSends(sibling, {action: ACTION_PREFIX + name, active: true});
    expect(dispatched).to.deep.equal([]);
    // The setup's own is the one that is left.
    expect(listening().slice(outside)).to.deep.equal(['message']);
  });

  it('c: another display-name in mid-call does not write the address of the frame', async () => {
    const setup = await setupPuppetCall({'display-name': 'Ann'});
    const frame = setup.frame();
    const written: unknown[] = [];
    const observer = new MutationObserver((records) => written.push(...records));
    observer.observe(frame, {attributeFilter: ['src']});
    for (const name of ['Bob', '', 'Ann & Bob']) {
      setup.room.setAttribute('display-name', name);
      await setup.room.updateComplete;
    }
    setup.room.displayName = null;
    await setup.room.updateComplete;
    await setup.says('toggle-chat', {active: true});
    expect(written.concat(observer.takeRecords())).to.deep.equal([]);
    expect(setup.frame()).to.equal(frame);
    expect(setup.starts.all).to.deep.equal([]);
    expect(typesOf(setup)).to.deep.equal(['pexip-chat-toggle-request', 'pexip-chat-toggled']);
  });

  it('d: the meeting cannot name an event for the page to dispatch', async () => {
    const setup = await setupPuppetCall();
    const dispatched = watchDispatches(setup.room, window, document, document.body);
    await puppetSendsAll(setup.puppet(), NAMES.flatMap(shapesOf));
    await setup.room.updateComplete;
    expect(dispatched).to.deep.equal([]);
    expect(setup.room.diagnose().messages.malformed).to.be.at.least(NAMES.length * 10);
    await setup.says('toggle-chat', {active: true});
    expect(dispatched).to.deep.equal(['pexip-chat-toggle-request', 'pexip-chat-toggled']);
  });

  it('d: neither can the conversation', async () => {
    const started = nextMessage(({data}) => data?.puppet === 'here');
    const pane = place(makePane('', {server: simulators.evil}));
    const frame = await frameIn(pane);
    await started;
    const dispatched = watchDispatches(pane, window, document, document.body);
    // At once, as the pane says by itself after a while that its page is silent.
    await puppetSendsAll(frame.contentWindow!, NAMES.flatMap(shapesOf));
    expect(dispatched).to.deep.equal([]);
    expect(pane.diagnose().messages?.malformed).to.be.at.least(NAMES.length * 10);
  });

  it('e: data that is null, and other odd data, throws nothing and is told by nobody', async () => {
    const errors = watchErrors();
    const setup = await setupPuppetCall();
    const dispatched = watchDispatches(setup.room);
    const {malformed, accepted} = setup.room.diagnose().messages;
    await puppetSendsAll(setup.puppet(), ODD);
    const told = ['pexip-chat-toggle-request', 'pexip-chat-toggled'];
    // The values that are no odd ones where they stand: true, for `active` and `userInitiated`, and texts for a uuid.
    expect(dispatched.filter((type) => !told.includes(type))).to.deep.equal(['pexip-disconnected']);
    const counts = setup.room.diagnose().messages;
    expect(counts.malformed + counts.accepted - malformed - accepted).to.be.at.least(ODD.length);
    expect(errors).to.deep.equal([]);
    expect(Reflect.ownKeys(Object.prototype)).not.to.include('active');
  });
});
