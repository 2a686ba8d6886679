import {expect, oneEvent} from '@open-wc/testing';

import {mountRoom, setupCall} from '../support/mount.js';
import {nextMessage, puppetSends} from '../support/puppet.js';
import {simulators} from 'test-simulators';

describe('the plugin packaged without origins', () => {
  it('lets the chat work', async () => {
    const {room, meeting} = await setupCall({node: simulators.withoutOrigins});
    await meeting.clickChat();
    await meeting.until((state) => state.button?.pressed === true);
    expect(room.chat).to.be.true;
  });

  it('answers a dial-out with how to package it, and dials nobody', async () => {
    const {room, meeting} = await setupCall({node: simulators.withoutOrigins});
    const request = {role: 'GUEST', destination: 'carol@example.com', protocol: 'sip'} as const;
    const error = await room.dialOut(request).catch((reason) => reason);
    expect(error.code).to.equal('origins-missing');
    expect(error.message).to.contain('make package ORIGINS');
    expect((await meeting.state()).dials).to.deep.equal([]);
  });
});

describe('a room without its plugin', () => {
  for (const [why, node] of [
    ['is missing', simulators.withoutPlugin],
    ['was packaged for another origin', simulators.otherOrigins],
  ] as const) {
    it(`becomes unbridged with plugin-timeout where the plugin ${why}, and stays usable`, async () => {
      const room = mountRoom({node, room: 'x', 'plugin-timeout': '400'});
      const {detail} = await oneEvent(room, 'pexip-error');
      expect(detail.error.code).to.equal('plugin-timeout');
      expect(detail.error.message).to.contain('make package ORIGINS');
      expect(room.state).to.equal('unbridged');
      expect(room.matches(':state(unbridged)')).to.be.true;
      await room.updateComplete;
      expect(room.renderRoot.querySelector('iframe')!.checkVisibility()).to.be.true;
      expect(room.renderRoot.querySelector('[part=notice]')!.checkVisibility()).to.be.true;
    });
  }

  it('counts a ready that comes later', async () => {
    const loaded = nextMessage(({data}) => data?.puppet === 'here');
    const room = mountRoom({node: simulators.puppetNode, room: 'x', 'plugin-timeout': '50'});
    const failed = oneEvent(room, 'pexip-error');
    await Promise.all([loaded, failed]);
    const puppet = room.renderRoot.querySelector('iframe')!.contentWindow!;
    await puppetSends(puppet, {action: 'pexip:plugin:external-chat/ready'});
    expect(room.state).to.equal('ready');
    await room.updateComplete;
    expect(room.renderRoot.querySelector('[part=notice]')!.checkVisibility()).to.be.false;
  });

  it('offers a chat button of its own, which goes the way of the toolbar', async () => {
    const chat = document.createElement('p');
    chat.textContent = 'Any chat';
    const room = mountRoom(
      {node: simulators.withoutPlugin, room: 'x', 'plugin-timeout': '50'},
      chat,
    );
    await oneEvent(room, 'pexip-error');
    await room.updateComplete;
    const button = room.renderRoot.querySelector<HTMLButtonElement>('[part=toolbar] button')!;
    expect(button.checkVisibility()).to.be.true;
    expect(button.getAttribute('aria-pressed')).to.equal('false');
    const toggled = oneEvent(room, 'pexip-chat-toggled');
    button.click();
    expect((await toggled).detail).to.deep.equal({active: true, by: 'toolbar'});
    expect(button.getAttribute('aria-pressed')).to.equal('true');
    expect(chat.checkVisibility({visibilityProperty: true})).to.be.true;
  });
});
