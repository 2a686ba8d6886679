import {expect} from '@open-wc/testing';

import {wire} from '../support/hand-written-page.js';
import {record} from '../support/mount.js';
import {puppetMail} from '../support/puppet.js';
import {setupPuppetPlugin} from '../support/puppet-plugin.js';
import {uncaught} from '../support/uncaught.js';

const SIX = [
  'ready',
  'connected',
  'disconnected',
  'toggle-chat',
  'dial-out-success',
  'dial-out-error',
] as const;
type Name = (typeof SIX)[number];

const EVENTS = [
  'pexip-ready',
  'pexip-connected',
  'pexip-disconnected',
  'pexip-chat-toggle-request',
  'pexip-chat-toggled',
  'pexip-dial-out-succeeded',
  'pexip-dial-out-failed',
  'pexip-error',
];

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, index) =>
        permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
      );

/**
 * What DESIGN 3.2 and 4.2 promise of a meeting whose frame loads once: nothing counts before the first
 * ready; a ready keeps the call; joining and leaving are told in turns; the page follows the button.
 */
class Promised {
  state = 'loading';
  chat = false;
  events: string[] = [];
  answers = 0;

  hear(name: Name, active: boolean): void {
    if (name === 'ready') {
      if (this.state !== 'connected') this.state = 'ready';
      this.events.push('pexip-ready');
      this.answers += 3;
    } else if (this.state === 'loading') {
      return;
    } else if (name === 'connected' && this.state !== 'connected') {
      this.state = 'connected';
      this.events.push('pexip-connected');
    } else if (name === 'disconnected' && this.state === 'connected') {
      this.state = 'disconnected';
      this.events.push('pexip-disconnected');
    } else if (name === 'toggle-chat') {
      this.events.push('pexip-chat-toggle-request');
      this.answers += 1;
      if (active !== this.chat) this.events.push('pexip-chat-toggled');
      this.chat = active;
    }
  }
}

describe('F5: the six messages of a plugin, in all 720 orders through a real frame', () => {
  it('have the effects that were promised, one order after another, and throw nothing', async () => {
    const errors = uncaught();
    const {room, saysAll, caughtUp} = await setupPuppetPlugin();
    const seen = record(room, ...EVENTS);
    const mail = puppetMail();
    const promised = new Promised();
    const orders = permutations(SIX);
    expect(new Set(orders.map((order) => order.join())).size).to.equal(720);
    for (const [index, order] of orders.entries()) {
      const active = index % 3 === 0;
      const fields: Partial<Record<Name, object>> = {
        disconnected: {userInitiated: true},
        'toggle-chat': {active},
        'dial-out-success': {uuid: 'u-1'},
        'dial-out-error': {message: 'no'},
      };
      await saysAll(order.map((name) => wire(name, fields[name])));
      for (const name of order) promised.hear(name, active);
      const words = `${order.join()} after ${index} others`;
      expect(seen.splice(0), words).to.deep.equal(promised.events.splice(0));
      expect({state: room.state, chat: room.chat}, words).to.deep.equal({
        state: promised.state,
        chat: promised.chat,
      });
    }
    await caughtUp();
    expect(mail).to.have.length(promised.answers);
    expect(errors).to.deep.equal([]);
  });

  it('count only from the first ready on, in any order', async () => {
    const {room, saysAll} = await setupPuppetPlugin();
    const seen = record(room, ...EVENTS);
    const early = permutations(SIX.slice(1)).flat();
    const fields = {userInitiated: true, active: true, uuid: 'u-1', message: 'no'};
    await saysAll(early.map((name) => wire(name, fields)));
    expect(seen).to.deep.equal([]);
    expect(room.state).to.equal('loading');
    expect(room.diagnose().messages.unbound).to.equal(600);
  });
});
