import {expect} from '@open-wc/testing';

import {FrameChannel, type FrameChannelOptions} from '../../src/transport/frame-channel.js';
import {openParrot, openParrotIn, type Parrot} from './parrots.js';

const PAGE = location.origin;
const ELSEWHERE = 'https://node.example.com';

/** Messages of the tests are texts; `ready` binds. */
const parse = (data: unknown): string | undefined =>
  typeof data === 'string' && data !== '' ? data : undefined;
const binds = (message: string): boolean => message === 'ready';

interface Delivery {
  readonly source: Window | null;
  readonly origin?: string;
  readonly data?: unknown;
}

describe('FrameChannel', () => {
  let stage: HTMLElement;
  let life: AbortController;
  let heard: string[];

  beforeEach(() => {
    stage = document.createElement('div');
    document.body.append(stage);
    life = new AbortController();
    heard = [];
  });
  afterEach(() => {
    life.abort();
    stage.remove();
  });

  const parrot = (opaque = false): Promise<Parrot> => openParrot({into: stage, opaque});

  const open = (
    {frame}: Parrot,
    options: Partial<FrameChannelOptions<string>> = {},
  ): FrameChannel<string> =>
    new FrameChannel<string>({
      frame: () => frame.contentWindow,
      origin: PAGE,
      parse,
      receive: (message) => heard.push(message),
      signal: life.signal,
      ...options,
    });
  const openNested = (
    outer: Parrot,
    options: Partial<FrameChannelOptions<string>> = {},
  ): FrameChannel<string> => open(outer, {nested: true, binds, ...options});

  /** Dispatches a message as no real window can send it. */
  const dispatch = ({source, origin = PAGE}: Delivery, readData: () => unknown): void => {
    const event = new MessageEvent('message', {origin});
    // The constructor of some browsers takes no window of another origin.
    Object.defineProperties(event, {source: {value: source}, data: {get: readData}});
    window.dispatchEvent(event);
  };
  /** Delivers such a message, and tells how often its data was read. */
  const deliver = (delivery: Delivery): number => {
    let reads = 0;
    dispatch(delivery, () => {
      reads++;
      return delivery.data;
    });
    return reads;
  };

  describe('with the frame itself', () => {
    it('hands on what the frame says', async () => {
      const frame = await parrot();
      const channel = open(frame);
      await frame.say('one');
      await frame.say('two');
      expect(heard).to.deep.equal(['one', 'two']);
      expect(channel.counts).to.deep.equal({
        accepted: 2,
        foreign: 0,
        origin: 0,
        malformed: 0,
        unbound: 0,
      });
    });

    it('drops what another frame of the page says, though it has the same origin', async () => {
      const [frame, sibling] = [await parrot(), await parrot()];
      const channel = open(frame);
      await sibling.say('ready');
      expect(heard).to.deep.equal([]);
      expect(channel.counts).to.include({accepted: 0, foreign: 1});
    });

    it('drops what a window below the frame says', async () => {
      const frame = await parrot();
      const channel = open(frame);
      await (await openParrotIn(frame)).say('ready');
      expect(heard).to.deep.equal([]);
      expect(channel.counts).to.include({accepted: 0, foreign: 1});
    });

    it('drops what the page says to itself', async () => {
      const channel = open(await parrot());
      deliver({source: window, data: 'ready'});
      expect(heard).to.deep.equal([]);
      expect(channel.counts.foreign).to.equal(1);
    });

    it('drops what the frame says with another origin, as after it has gone elsewhere', async () => {
      const frame = await parrot();
      const channel = open(frame, {origin: ELSEWHERE});
      await frame.say('ready');
      for (const origin of [`${ELSEWHERE}.evil.example`, `${ELSEWHERE}:8443`, 'null', '', '*']) {
        deliver({source: frame.window, origin, data: 'ready'});
      }
      expect(heard).to.deep.equal([]);
      expect(channel.counts).to.include({accepted: 0, origin: 6});
    });

    it('drops what the frame says with an opaque origin', async () => {
      const frame = await parrot(true);
      const channel = open(frame);
      await frame.say('ready');
      expect(heard).to.deep.equal([]);
      expect(channel.counts.origin).to.equal(1);
    });

    it('drops what is no message, and counts it', async () => {
      const frame = await parrot();
      const channel = open(frame);
      for (const data of [null, undefined, 0, '', {}, [], new Map(), 'fine']) await frame.say(data);
      expect(heard).to.deep.equal(['fine']);
      expect(channel.counts).to.include({accepted: 1, malformed: 7});
    });

    it('drops everything while there is no frame', async () => {
      const frame = await parrot();
      const channel = open(frame, {frame: () => null});
      await frame.say('ready');
      deliver({source: null, data: 'ready'});
      expect(channel.counts).to.include({accepted: 0, foreign: 2});
    });

    it('drops what has no source, as a message of a window that has closed', async () => {
      const channel = open(await parrot());
      deliver({source: null, data: 'ready'});
      expect(heard).to.deep.equal([]);
      expect(channel.counts.foreign).to.equal(1);
    });

    it('sends to the frame, and to its origin only', async () => {
      const frame = await parrot();
      const hears = frame.hears();
      open(frame, {origin: ELSEWHERE}).send('not for this origin');
      open(frame).send({text: 'hello'});
      expect(await hears).to.deep.equal({data: {text: 'hello'}, origin: PAGE});
    });

    it('never sends to any origin', async () => {
      const frame = await parrot(true);
      const hears = frame.hears();
      open(frame).send('not for an opaque origin');
      frame.window.postMessage('from the test', '*');
      expect((await hears).data).to.equal('from the test');
    });

    it('sends nothing while there is no frame', async () => {
      const channel = open(await parrot(), {frame: () => null});
      expect(() => channel.send('lost')).not.to.throw();
    });

    it('has no partner to name', async () => {
      const frame = await parrot();
      const channel = open(frame);
      await frame.say('ready');
      expect(channel.partnerOrigin).to.equal(undefined);
    });
  });

  describe('with a window below the frame', () => {
    it('binds the first window whose message binds', async () => {
      const outer = await parrot();
      const inner = await openParrotIn(outer);
      const channel = openNested(outer);
      expect(channel.partnerOrigin).to.equal(undefined);
      await inner.say('early');
      expect(channel.counts).to.include({accepted: 0, unbound: 1});
      await inner.say('ready');
      await inner.say('late');
      expect(heard).to.deep.equal(['ready', 'late']);
      expect(channel.partnerOrigin).to.equal(PAGE);
    });

    it('binds a window with an opaque origin, as a sandboxed plugin has', async () => {
      const outer = await parrot();
      const channel = openNested(outer);
      await (await openParrotIn(outer, true)).say('ready');
      expect(heard).to.deep.equal(['ready']);
      expect(channel.partnerOrigin).to.equal('null');
    });

    it('binds a window two levels down', async () => {
      const outer = await parrot();
      const channel = openNested(outer);
      await (await openParrotIn(await openParrotIn(outer))).say('ready');
      expect(heard).to.deep.equal(['ready']);
      expect(channel.counts.accepted).to.equal(1);
    });

    it('binds the frame itself, where a plugin runs in the realm of the meeting', async () => {
      const outer = await parrot();
      openNested(outer);
      await outer.say('ready');
      expect(heard).to.deep.equal(['ready']);
    });

    it('binds nothing unless it is told which messages bind', async () => {
      const outer = await parrot();
      const channel = open(outer, {nested: true});
      await (await openParrotIn(outer)).say('ready');
      expect(heard).to.deep.equal([]);
      expect(channel.counts.unbound).to.equal(1);
    });

    it('drops what a window elsewhere in the page says, with whatever origin', async () => {
      const [outer, sibling] = [await parrot(), await parrot()];
      const channel = openNested(outer);
      await sibling.say('ready');
      await (await openParrotIn(sibling)).say('ready');
      await (await openParrotIn(sibling, true)).say('ready');
      deliver({source: window, data: 'ready'});
      deliver({source: null, data: 'ready'});
      expect(heard).to.deep.equal([]);
      expect(channel.counts).to.include({accepted: 0, foreign: 5});
    });

    it('drops what a window below the frame says with a third origin', async () => {
      const outer = await parrot();
      const inner = await openParrotIn(outer);
      const channel = openNested(outer, {origin: ELSEWHERE});
      await inner.say('ready');
      deliver({source: inner.window, origin: '', data: 'ready'});
      expect(heard).to.deep.equal([]);
      expect(channel.counts).to.include({accepted: 0, origin: 2});
    });

    it('drops what is no message before it asks whether it binds', async () => {
      const outer = await parrot();
      const inner = await openParrotIn(outer);
      const channel = openNested(outer, {binds: () => true});
      await inner.say({ready: true});
      expect(channel.counts).to.include({malformed: 1, unbound: 0});
      expect(channel.partnerOrigin).to.equal(undefined);
    });

    it('holds the window that is bound, whatever a second one says', async () => {
      const outer = await parrot();
      const [first, second] = [await openParrotIn(outer), await openParrotIn(outer)];
      const channel = openNested(outer);
      await first.say('ready');
      await second.say('ready');
      await second.say('text');
      await (await openParrotIn(outer, true)).say('ready');
      await outer.say('ready');
      await first.say('still');
      expect(heard).to.deep.equal(['ready', 'still']);
      expect(channel.counts).to.include({accepted: 2, unbound: 4});
    });

    it('takes a further binding message of the bound window for what it is', async () => {
      const outer = await parrot();
      const inner = await openParrotIn(outer);
      const channel = openNested(outer);
      await inner.say('ready');
      await inner.say('ready');
      expect(heard).to.deep.equal(['ready', 'ready']);
      expect(channel.counts.unbound).to.equal(0);
    });

    it('binds another window once the bound one has gone', async () => {
      const outer = await parrot();
      const [first, second] = [await openParrotIn(outer), await openParrotIn(outer, true)];
      const channel = openNested(outer);
      await first.say('ready');
      first.frame.remove();
      await second.say('text');
      expect(heard).to.deep.equal(['ready']);
      await second.say('ready');
      expect(heard).to.deep.equal(['ready', 'ready']);
      expect(channel.counts).to.include({accepted: 2, unbound: 1});
      expect(channel.partnerOrigin).to.equal('null');
    });

    const nextPage = async ({frame}: Parrot): Promise<void> => {
      const loaded = new Promise((resolve) => {
        frame.addEventListener('load', resolve, {once: true});
      });
      frame.srcdoc = '<!doctype html>another document';
      await loaded;
    };

    it('binds another window once the meeting has loaded another document', async () => {
      const outer = await parrot();
      const channel = openNested(outer);
      await (await openParrotIn(outer)).say('ready');
      await nextPage(outer);
      await (await openParrotIn(outer)).say('ready');
      expect(heard).to.deep.equal(['ready', 'ready']);
      expect(channel.counts.unbound).to.equal(0);
    });

    it('tells at the load of a page that its window was quicker', async () => {
      const outer = await parrot();
      const channel = openNested(outer);
      await (await openParrotIn(outer)).say('ready');
      expect(channel.pageLoaded()).to.equal(true);
      await nextPage(outer);
      await (await openParrotIn(outer)).say('ready');
      expect(channel.pageLoaded()).to.equal(true);
      expect(channel.partnerOrigin).to.equal(PAGE);
    });

    it('tells at the load of a page that the window of the one before is gone', async () => {
      const outer = await parrot();
      const channel = openNested(outer);
      expect(channel.pageLoaded()).to.equal(false);
      await (await openParrotIn(outer)).say('ready');
      await nextPage(outer);
      expect(channel.pageLoaded()).to.equal(false);
      await (await openParrotIn(outer)).say('ready');
      expect(channel.counts).to.include({accepted: 2, unbound: 0});
    });

    it('keeps a window that was quicker than its page, where the page before had none', async () => {
      const outer = await parrot();
      const channel = openNested(outer);
      channel.pageLoaded();
      const inner = await openParrotIn(outer);
      await inner.say('ready');
      channel.pageLoaded();
      await inner.say('text');
      await (await openParrotIn(outer)).say('ready');
      await inner.say('still');
      expect(heard).to.deep.equal(['ready', 'text', 'still']);
      expect(channel.counts).to.include({accepted: 3, unbound: 1});
    });

    for (const quicker of [true, false]) {
      const when = quicker ? 'quicker than its page' : 'later than its page';
      it(`lets another take the place of a window that lingers after the load of the next page, when it was ${when}`, async () => {
        // As Firefox does now and then: the window is neither closed nor away.
        const outer = await parrot();
        const channel = openNested(outer);
        if (!quicker) channel.pageLoaded();
        const lingering = await openParrotIn(outer);
        await lingering.say('ready');
        if (quicker) channel.pageLoaded();
        expect(channel.pageLoaded()).to.equal(false);
        const next = await openParrotIn(outer);
        await next.say('ready');
        await next.say('after');
        await lingering.say('ready');
        await lingering.say('before');
        expect(heard).to.deep.equal(['ready', 'ready', 'after']);
        expect(channel.counts).to.include({accepted: 3, unbound: 2});
        expect(channel.pageLoaded()).to.equal(false);
      });
    }

    it('keeps the frame itself as its partner when another page comes', async () => {
      const outer = await parrot();
      const channel = openNested(outer);
      await outer.say('ready');
      expect(channel.pageLoaded()).to.equal(false);
      expect(channel.partnerOrigin).to.equal(PAGE);
    });

    it('drops what a window that has left the frame had to say', async () => {
      const outer = await parrot();
      const inner = await openParrotIn(outer);
      const channel = openNested(outer);
      await inner.say('ready');
      inner.frame.remove();
      deliver({source: inner.window, data: 'ready'});
      expect(heard).to.deep.equal(['ready']);
      expect(channel.counts.foreign).to.equal(1);
    });

    it('binds another window once the bound one is no longer below the frame, alive or not', async () => {
      const [first, second] = [await parrot(), await parrot()];
      const [before, after] = [await openParrotIn(first), await openParrotIn(second)];
      let shown = first;
      openNested(first, {frame: () => shown.window});
      await before.say('ready');
      shown = second;
      await after.say('ready');
      await after.say('after');
      await before.say('before');
      expect(heard).to.deep.equal(['ready', 'ready', 'after']);
    });

    it('drops everything while there is no frame', async () => {
      const outer = await parrot();
      const channel = openNested(outer, {frame: () => null});
      await outer.say('ready');
      await (await openParrotIn(outer)).say('ready');
      deliver({source: window, data: 'ready'});
      deliver({source: null, data: 'ready'});
      expect(heard).to.deep.equal([]);
      expect(channel.counts).to.include({accepted: 0, foreign: 4});
    });

    it('binds anew after unbind, as the frame was given another address', async () => {
      const outer = await parrot();
      const [first, second] = [await openParrotIn(outer), await openParrotIn(outer)];
      const channel = openNested(outer);
      await first.say('ready');
      channel.unbind();
      expect(channel.partnerOrigin).to.equal(undefined);
      await first.say('old');
      await second.say('ready');
      await first.say('ready');
      expect(heard).to.deep.equal(['ready', 'ready']);
      expect(channel.counts).to.include({accepted: 2, unbound: 2});
    });

    it('is not bound by the window of before while the other address is awaited', async () => {
      const outer = await parrot();
      const [first, second] = [await openParrotIn(outer), await openParrotIn(outer)];
      const channel = openNested(outer);
      await first.say('ready');
      channel.unbind();
      await first.say('ready');
      expect(channel.partnerOrigin).to.equal(undefined);
      await second.say('ready');
      expect(heard).to.deep.equal(['ready', 'ready']);
      expect(channel.counts).to.include({accepted: 2, unbound: 1});
    });

    it('sends to the bound window alone', async () => {
      const outer = await parrot();
      const [first, second] = [await openParrotIn(outer), await openParrotIn(outer)];
      const channel = openNested(outer);
      await first.say('ready');
      const all = [first.hears(), second.hears(), outer.hears()];
      channel.send('for the plugin');
      expect(await all[0]).to.deep.equal({data: 'for the plugin', origin: PAGE});
      second.window.postMessage('end', '*');
      outer.window.postMessage('end', '*');
      expect((await all[1])?.data).to.equal('end');
      expect((await all[2])?.data).to.equal('end');
    });

    it('sends to a bound window with an opaque origin, which cannot be named', async () => {
      const outer = await parrot();
      const inner = await openParrotIn(outer, true);
      const channel = openNested(outer);
      await inner.say('ready');
      const hears = inner.hears();
      channel.send('for the sandboxed plugin');
      expect((await hears).data).to.equal('for the sandboxed plugin');
    });

    it('names the origin whenever it has one: nobody hears who has taken the window over', async () => {
      const outer = await parrot();
      const inner = await openParrotIn(outer, true);
      const channel = openNested(outer);
      // As if its origin had been the node's when it spoke, and is opaque now.
      deliver({source: inner.window, data: 'ready'});
      expect(channel.partnerOrigin).to.equal(PAGE);
      const hears = inner.hears();
      channel.send('for the page origin only');
      inner.window.postMessage('from the test', '*');
      expect((await hears).data).to.equal('from the test');
    });

    it('sends nothing before a window is bound, nor after unbind', async () => {
      const outer = await parrot();
      const inner = await openParrotIn(outer);
      const channel = openNested(outer);
      const hears = [inner.hears(), outer.hears()];
      channel.send('too early');
      await inner.say('ready');
      channel.unbind();
      channel.send('too late');
      inner.window.postMessage('end', '*');
      outer.window.postMessage('end', '*');
      for (const each of hears) expect((await each).data).to.equal('end');
    });
  });

  describe('asks a foreign window where it is nested', () => {
    /** A window of which nobody knows, with nothing above it. */
    const stranger = (): {window: Window; asked: () => number} => {
      let asked = 0;
      const above = {
        get parent(): null {
          asked++;
          return null;
        },
      };
      return {window: above as unknown as Window, asked: () => asked};
    };

    it('only once, however much it says', async () => {
      const channel = openNested(await parrot());
      const [first, second] = [stranger(), stranger()];
      for (let turn = 0; turn < 100; turn++) {
        deliver({source: first.window, data: 'ready'});
        deliver({source: second.window, data: 'ready'});
      }
      expect([first.asked(), second.asked()]).to.deep.equal([1, 1]);
      expect(channel.counts).to.include({accepted: 0, foreign: 200});
    });

    it('again when the frame is another one, which it may be below', async () => {
      const [left, right] = [await parrot(), await parrot()];
      let shown = left;
      const channel = openNested(left, {frame: () => shown.frame.contentWindow});
      const inner = await openParrotIn(right);
      await inner.say('ready');
      shown = right;
      await inner.say('ready');
      shown = left;
      await inner.say('ready');
      expect(heard).to.deep.equal(['ready']);
      expect(channel.counts).to.include({accepted: 1, foreign: 2});
    });

    it('each time while it is below the frame, which it may leave', async () => {
      const outer = await parrot();
      const inner = await openParrotIn(outer);
      const channel = openNested(outer);
      await inner.say('ready');
      inner.frame.remove();
      deliver({source: inner.window, data: 'ready'});
      deliver({source: inner.window, data: 'ready'});
      expect(channel.counts).to.include({accepted: 1, foreign: 2});
    });
  });

  describe('reads', () => {
    it('no data of a foreign window, of none, or of another origin', async () => {
      const [outer, sibling] = [await parrot(), await parrot()];
      const channels = [open(outer), openNested(outer)];
      const foreign = [
        {source: sibling.window},
        {source: window},
        {source: null},
        {source: sibling.window, origin: 'null'},
        {source: outer.window, origin: ELSEWHERE},
        {source: outer.window, origin: ''},
      ];
      for (const each of foreign) expect(deliver(each)).to.equal(0);
      for (const {counts} of channels) {
        expect(counts).to.include({accepted: 0, foreign: 4, origin: 2, malformed: 0});
      }
    });

    it('the data of its own frame, once', async () => {
      const frame = await parrot();
      open(frame);
      expect(deliver({source: frame.window, data: 'text'})).to.equal(1);
      expect(heard).to.deep.equal(['text']);
    });

    it('no data of a foreign message whose reading would throw', async () => {
      const channel = open(await parrot());
      // An exception of a listener would be reported, and fail the test.
      dispatch({source: window}, () => {
        throw new Error('The data was read.');
      });
      expect(channel.counts.foreign).to.equal(1);
    });
  });

  describe('ends', () => {
    it('with its signal, after which nothing is heard or counted', async () => {
      const frame = await parrot();
      const channel = open(frame);
      await frame.say('one');
      life.abort();
      await frame.say('two');
      deliver({source: null});
      expect(heard).to.deep.equal(['one']);
      expect(channel.counts).to.include({accepted: 1, foreign: 0});
    });

    it('before it begins if its signal was aborted already', async () => {
      const frame = await parrot();
      life.abort();
      const channel = open(frame);
      await frame.say('one');
      expect(channel.counts.accepted).to.equal(0);
    });
  });

  describe('follows', () => {
    it('its frame when that is moved, which makes a new window of it', async () => {
      const frame = await parrot();
      const channel = open(frame);
      const before = frame.window;
      const loaded = new Promise((resolve) => {
        frame.frame.addEventListener('load', resolve, {once: true});
      });
      stage.append(document.createElement('hr'), frame.frame);
      await loaded;
      expect(frame.frame.contentWindow === before).to.equal(false);
      deliver({source: before, data: 'old'});
      deliver({source: frame.frame.contentWindow, data: 'new'});
      expect(heard).to.deep.equal(['new']);
      expect(channel.counts.foreign).to.equal(1);
    });

    it('each of two frames with the same origin by its window', async () => {
      const [left, right] = [await parrot(), await parrot()];
      const other: string[] = [];
      const channels = [open(left), open(right, {receive: (message) => other.push(message)})];
      for (let turn = 0; turn < 20; turn++) {
        await left.say(`left ${turn}`);
        await right.say(`right ${turn}`);
      }
      expect(heard).to.deep.equal(Array.from({length: 20}, (_, turn) => `left ${turn}`));
      expect(other).to.deep.equal(Array.from({length: 20}, (_, turn) => `right ${turn}`));
      for (const {counts} of channels) expect(counts).to.include({accepted: 20, foreign: 20});
    });
  });
});
