import {expect} from '@open-wc/testing';

import {wire} from '../support/hand-written-page.js';
import {puppetFlood} from '../support/puppet.js';
import {setupPuppetPlugin} from '../support/puppet-plugin.js';
import {uncaught} from '../support/uncaught.js';

const MANY = 100_000;

/** How a button's and a badge's state travel. */
const button = (active: boolean) => wire('toggle-chat-button-state', {active});
const badge = (visible: boolean) => wire('toggle-chat-badge', {visible});

describe('F21: a flood of messages', () => {
  it('of 100,000 toggle-chat of the plugin ends with the last, each told and echoed once', async function () {
    this.timeout(200_000);
    const errors = uncaught();
    const {room, plugin, says, saysAll} = await setupPuppetPlugin();
    await says('ready');
    const nodes = room.renderRoot.querySelectorAll('*').length;
    const told = {requests: 0, toggled: 0};
    room.addEventListener('pexip-chat-toggle-request', () => told.requests++);
    room.addEventListener('pexip-chat-toggled', () => told.toggled++);
    const flood = puppetFlood(plugin);
    const toggles = Array.from({length: 50}, (_, i) => wire('toggle-chat', {active: i !== 25}));
    await saysAll(toggles, MANY / toggles.length);
    const echoes = Object.values(await flood());
    expect(room.chat).to.equal(true);
    expect(told.requests).to.equal(MANY);
    // Closed and opened again in each row, after it was opened once.
    expect(told.toggled).to.equal((2 * MANY) / toggles.length + 1);
    expect(echoes).to.deep.equal([{count: MANY, last: button(true)}]);
    expect(room.renderRoot.querySelectorAll('*').length).to.equal(nodes);
    expect(errors).to.deep.equal([]);
  });

  it('of 100,000 values that the page sets in one task is one message each, with the last', async () => {
    const {room, plugin, says} = await setupPuppetPlugin();
    await says('ready');
    const flood = puppetFlood(plugin);
    for (let time = 0; time < MANY; time++) {
      room.setChatActive(time % 2 === 1);
      room.setChatBadge(time % 2 === 1);
    }
    await room.updateComplete;
    expect(Object.values(await flood())).to.have.deep.members([
      {count: 1, last: button(true)},
      {count: 1, last: badge(true)},
    ]);
  });
});
