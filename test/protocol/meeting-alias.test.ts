import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {meetingAlias} from '../../src/protocol/meeting-alias.js';
import {joinAddress, meetingAddress} from '../../src/protocol/web-app3-url.js';
import {HOSTILE_RUNS} from './hostile.js';

const NODE = 'https://node.example.com';

describe('meetingAlias', () => {
  it('is the room where there is no link', () => {
    expect(meetingAlias({room: 'consultation'})).to.equal('consultation');
    for (const room of [undefined, null, '']) expect(meetingAlias({room})).to.equal(undefined);
  });

  it('is that of the link, whatever the room says', () => {
    const room = 'other';
    for (const url of [
      `${NODE}/webapp3/m/meet.alice`,
      `${NODE}/webapp3/m/meet.alice/express?role=guest&pin=1234`,
      `${NODE}/webapp3/m/meet.alice/step-by-step?callTag=x#y`,
      `${NODE}/branding/two/m/meet.alice`,
      `${NODE}/m/m/meet.alice`,
      `${NODE}/brand/conference/m/meet.alice/`,
      `${NODE}/webapp2/conference/meet.alice`,
      `${NODE}/webapp3/?conference=meet.alice&name=m`,
      `${NODE}/webapp3/m/?conference=meet.alice`,
    ])
      expect(meetingAlias({url, room}), url).to.equal('meet.alice');
  });

  it('may be a word of the path itself', () => {
    expect(meetingAlias({url: `${NODE}/webapp3/m/m/express`})).to.equal('m');
  });

  it('takes the encoding of the link away', () => {
    expect(meetingAlias({url: `${NODE}/webapp3/m/a%2Fb%20c%40d`})).to.equal('a/b c@d');
  });

  it('is none of a link that names none, or that is none', () => {
    for (const url of [
      NODE,
      `${NODE}/webapp3/home`,
      `${NODE}/webapp3/m/%ff`,
      'm/alias',
      'http://x.example/m/a',
    ])
      expect(meetingAlias({url, room: 'other'}), url).to.equal(undefined);
  });

  it('finds every alias in the link that is made of it', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme', minLength: 1}), (room) => {
        const address = meetingAddress({node: NODE, room});
        fc.pre(address instanceof URL);
        expect(meetingAlias({url: joinAddress(address, {guest: true, pin: '1234'})})).to.equal(
          room,
        );
      }),
      HOSTILE_RUNS,
    );
  });
});
