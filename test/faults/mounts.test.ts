// First of all, as it counts the timers and listeners of what is imported after it.
import {wrappedCounts} from '../../bench/mounts/page/wrapped.js';
import {expect, oneEvent} from '@open-wc/testing';

import {mountRoom} from '../support/mount.js';
import {setupPuppetPlugin} from '../support/puppet-plugin.js';
import {uncaught} from '../support/uncaught.js';
import {simulators} from 'test-simulators';

const counts = () => ({
  ...wrappedCounts(),
  frames: document.querySelectorAll('iframe').length,
  windows: window.length,
});

describe('F20: rooms that are mounted and removed', () => {
  it('leave listeners, timers and frames as before, a hundred times before their frame has come', async () => {
    const errors = uncaught();
    const before = counts();
    for (let time = 0; time < 100; time++) {
      const room = mountRoom({node: simulators.puppetNode, room: 'x'});
      await room.updateComplete;
      if (time === 0) expect(counts()).not.to.deep.equal(before);
      room.remove();
    }
    expect(counts()).to.deep.equal(before);
    expect(errors).to.deep.equal([]);
  });

  it('leave all of it as before in mid-call, with a dial-out under way', async () => {
    const errors = uncaught();
    const before = counts();
    const codes: string[] = [];
    for (let time = 0; time < 10; time++) {
      const {room, says} = await setupPuppetPlugin();
      await says('ready');
      await says('connected');
      const asked = oneEvent(room, 'pexip-dial-out-request');
      const dial = room.dialOut({role: 'GUEST', destination: 'carol@example.com', protocol: 'sip'});
      await asked;
      room.remove();
      codes.push(
        await dial.then(
          () => 'joined',
          ({code}) => code,
        ),
      );
    }
    expect(codes).to.deep.equal(Array.from({length: 10}, () => 'disconnected'));
    expect(counts()).to.deep.equal(before);
    expect(errors).to.deep.equal([]);
  });
});
