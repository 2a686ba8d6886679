import {expect} from '@open-wc/testing';

import {wire} from '../support/hand-written-page.js';
import {place, record, setupSettledCall} from '../support/mount.js';
import {nextMessage, puppetSendsAll} from '../support/puppet.js';
import {uncaught} from '../support/uncaught.js';
import {simulators} from 'test-simulators';

const MANY = 100_000;

const EVENTS = [
  'pexip-ready',
  'pexip-features-changed',
  'pexip-connected',
  'pexip-disconnected',
  'pexip-chat-toggle-request',
  'pexip-chat-toggled',
  'pexip-dial-out-succeeded',
  'pexip-dial-out-failed',
  'pexip-error',
];

describe('F21: a flood of messages', () => {
  it('of 100,000 from a foreign frame changes nothing, and each is counted as foreign', async function () {
    this.timeout(200_000);
    const errors = uncaught();
    const {room, meeting} = await setupSettledCall();
    const loaded = nextMessage(({data}) => data?.puppet === 'here');
    const sibling = place(document.createElement('iframe'));
    sibling.title = 'puppet';
    sibling.src = `${simulators.evil}/`;
    await loaded;
    const seen = record(room, ...EVENTS);
    const {messages: before, ...state} = room.diagnose();
    const attack = ['ready', 'connected', 'disconnected', 'toggle-chat'].map((name) =>
      wire(name, {active: true, userInitiated: true}),
    );
    await puppetSendsAll(sibling.contentWindow!, attack, {times: MANY / attack.length});
    expect(seen).to.deep.equal([]);
    const {messages: after, ...stateAfter} = room.diagnose();
    expect(stateAfter).to.deep.equal(state);
    // One more: the puppet's own word that it is done.
    expect(after).to.deep.equal({...before, foreign: before.foreign + MANY + 1});
    expect(errors).to.deep.equal([]);
    await meeting.clickChat();
    await meeting.until(({button}) => button?.pressed === true);
  });
});
