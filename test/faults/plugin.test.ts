import {expect, oneEvent} from '@open-wc/testing';

import {wire} from '../support/hand-written-page.js';
import {heldBranding} from '../support/held-branding.js';
import {mountRoom, record, remoteOf} from '../support/mount.js';
import {puppetMail} from '../support/puppet.js';
import {setupPuppetPlugin} from '../support/puppet-plugin.js';
import {uncaught} from '../support/uncaught.js';
import {simulators} from 'test-simulators';

/** What a room answers to a bare ready. */
const answer = (active: boolean, visible: boolean): object[] => [
  wire('toggle-chat-button-state', {active}),
  wire('toggle-chat-badge', {visible}),
  wire('hello', {version: 1}),
];

describe('F2: a room whose page has no plugin', () => {
  it('lets the person join, talk and leave', async () => {
    const errors = uncaught();
    const node = simulators.withoutPlugin;
    const room = mountRoom({node, room: 'consultation', 'plugin-timeout': '1'});
    await oneEvent(room, 'pexip-error');
    const meeting = remoteOf(room, node);
    expect((await meeting.join()).phase).to.equal('in-meeting');
    expect((await meeting.leave()).phase).to.equal('left');
    expect(room.state).to.equal('unbridged');
    expect(errors).to.deep.equal([]);
  });

  it('tells a plugin that comes later the last of a thousand values, each once', async () => {
    const errors = uncaught();
    const {room, says, caughtUp} = await setupPuppetPlugin({'plugin-timeout': '1'});
    const mail = puppetMail();
    for (let time = 0; time < 1000; time++) {
      room.setChatActive(time % 2 === 0);
      room.setChatBadge(time % 2 === 1);
      if (time % 100 === 0) await room.updateComplete;
    }
    room.setChatActive(true);
    await room.updateComplete;
    await says('ready');
    await caughtUp();
    expect(mail).to.deep.equal(answer(true, true));
    expect(errors).to.deep.equal([]);
  });

  it('has the real button show what was set before it came', async () => {
    const {path, hold, release} = heldBranding();
    await hold('plugin');
    const node = simulators.heldWebApp3;
    const room = mountRoom({node, path, room: 'consultation', 'plugin-timeout': '1'});
    await oneEvent(room, 'pexip-error');
    room.setChatBadge(true);
    room.setChatActive(true);
    await room.updateComplete;
    const ready = oneEvent(room, 'pexip-ready');
    await release();
    await ready;
    const meeting = remoteOf(room, node);
    await meeting.join();
    await meeting.until(({button}) => button?.pressed === true && button.badge);
  });
});

describe('F4: a plugin that says ready a thousand times', () => {
  it('is answered once each time, and each is one pexip-ready', async () => {
    const errors = uncaught();
    const {room, saysAll, caughtUp} = await setupPuppetPlugin({chat: true});
    const seen = record(room, 'pexip-ready', 'pexip-features-changed', 'pexip-error');
    const mail = puppetMail();
    await saysAll([wire('ready')], 1000);
    await caughtUp();
    expect(seen).to.deep.equal(Array.from({length: 1000}, () => 'pexip-ready'));
    expect(mail).to.deep.equal(Array.from({length: 1000}, () => answer(true, false)).flat());
    expect(room.state).to.equal('ready');
    expect(errors).to.deep.equal([]);
  });

  it('is not answered where it says it with a version: that completes the ready before', async () => {
    const {room, says, saysAll, caughtUp} = await setupPuppetPlugin();
    await says('ready');
    await caughtUp();
    const seen = record(room, 'pexip-ready', 'pexip-features-changed');
    const mail = puppetMail();
    await saysAll([wire('ready', {version: 1, features: ['chat', 'dial-out']})], 1000);
    await caughtUp();
    expect(seen).to.deep.equal([]);
    expect(mail).to.deep.equal([]);
  });
});
