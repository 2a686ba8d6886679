import {expect, oneEvent} from '@open-wc/testing';

import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {field} from '../../src/protocol/guards.js';
import {hasten} from '../support/hasten.js';
import {frameIn, mountRoom, place, record, setAttributes} from '../support/mount.js';
import {nextMessage} from '../support/puppet.js';
import {simulators} from 'test-simulators';

const mountPane = (
  attributes: Readonly<Record<string, string | boolean>> = {},
): RcChatPaneElement => {
  const pane = document.createElement('rc-chat-pane');
  setAttributes(pane, attributes);
  return place(pane);
};
const frameOf = (pane: Element): HTMLIFrameElement | null =>
  pane.shadowRoot!.querySelector('iframe');

const puppetIsHere = () => nextMessage(({data}) => data?.puppet === 'here');

describe('<rc-chat-pane>', () => {
  it('is idle without server or room, which is no error', async () => {
    const pane = mountPane();
    const seen = record(pane, 'rc-error');
    await pane.updateComplete;
    expect(pane.state).to.equal('idle');
    pane.server = simulators.rocketChat;
    await pane.updateComplete;
    expect(pane.state).to.equal('idle');
    pane.room = '#general';
    await pane.updateComplete;
    expect(pane.state).to.equal('loading');
    expect(seen).to.deep.equal([]);
  });

  for (const scheme of ['light', 'dark'] as const)
    it(`has the colours of a page with color-scheme: ${scheme}`, () => {
      const page = place(document.createElement('div'));
      page.style.colorScheme = scheme;
      const pane = document.createElement('rc-chat-pane');
      page.append(pane);
      const {colorScheme, backgroundColor} = getComputedStyle(pane);
      expect(colorScheme).to.equal(scheme);
      const colours = {light: 'rgb(242, 245, 248)', dark: 'rgb(21, 27, 34)'};
      expect(backgroundColor).to.equal(colours[scheme]);
    });

  const WRONG: Readonly<Record<string, readonly [Record<string, string>, string]>> = {
    'an http server': [{server: 'http://chat.example.com', room: '#x'}, 'insecure-url'],
    'a script for a server': [{server: 'javascript:alert(1)', room: '#x'}, 'insecure-url'],
    'a server with a query': [
      {server: 'https://chat.example.com?x=1', room: '#x'},
      'invalid-attribute',
    ],
    'a server with a password': [
      {server: 'https://a:b@chat.example.com', room: '#x'},
      'invalid-attribute',
    ],
    'an unknown view': [
      {server: 'https://chat.example.com', room: '#x', view: 'tv'},
      'invalid-attribute',
    ],
    'a room that climbs': [
      {server: 'https://chat.example.com', room: 'channel/..'},
      'invalid-attribute',
    ],
    'a room with too many parts': [
      {server: 'https://chat.example.com', room: 'a/b/c'},
      'invalid-attribute',
    ],
    'auto, until there is a broker': [
      {server: 'https://chat.example.com', room: 'auto'},
      'invalid-attribute',
    ],
  };
  for (const [what, [attributes, code]] of Object.entries(WRONG)) {
    it(`fails with ${code} for ${what}, which never reaches a frame`, async () => {
      const pane = document.createElement('rc-chat-pane');
      setAttributes(pane, attributes);
      const failed = oneEvent(pane, 'rc-error');
      place(pane);
      const {error} = (await failed).detail;
      expect(error.code).to.equal(code);
      await pane.updateComplete;
      expect(pane.state).to.equal('failed');
      expect(pane.matches(':state(failed)')).to.be.true;
      expect(frameOf(pane)).to.equal(null);
      expect(pane.shadowRoot!.querySelector('[part=error]')!.textContent).to.contain(error.message);
    });
  }

  it('keeps the path of a server below one', async () => {
    const pane = mountPane({server: `${simulators.puppetNode}/chat`, room: '#a b'});
    await puppetIsHere();
    expect(frameOf(pane)!.src).to.equal(
      `${simulators.puppetNode}/chat/channel/a%20b?layout=embedded`,
    );
  });

  it('is shown without a room, open or closed', async () => {
    const pane = mountPane({server: simulators.puppetNode, room: '#x'});
    await pane.updateComplete;
    expect(pane.active).to.be.true;
    expect(pane.checkVisibility({visibilityProperty: true})).to.be.true;
    pane.active = false;
    await pane.updateComplete;
    expect(pane.checkVisibility({visibilityProperty: true})).to.be.true;
  });

  it('asks its room when the page sets active', async () => {
    const pane = document.createElement('rc-chat-pane');
    const room = mountRoom({node: simulators.puppetNode, room: 'x'}, pane);
    await pane.updateComplete;
    expect(pane.active).to.be.false;
    const toggled = oneEvent(room, 'pexip-chat-toggled');
    pane.active = true;
    expect((await toggled).detail).to.deep.equal({active: true, by: 'pane'});
  });

  it('becomes degraded, never blank, when the workspace says nothing', async () => {
    hasten();
    // No workspace: one would refuse the token over its socket, which is another error. And a function, as
    // a fixed object that shows no effect is `credentials-failed`.
    const pane = mountPane({server: simulators.puppetNode, room: '#general'});
    pane.auth = async () => ({userId: 'u1', authToken: 'x'.repeat(43)});
    const {error} = (await oneEvent(pane, 'rc-error')).detail;
    expect(error.code).to.equal('embed-silent');
    expect(error.message).to.contain('framed');
    await pane.updateComplete;
    expect(pane.state).to.equal('degraded');
    expect(pane.shadowRoot!.querySelector('[part=notice]')!.checkVisibility()).to.be.true;
  });

  for (const [what, auth, state] of [
    ['while it signs in', {userId: 'u1', authToken: 'x'.repeat(43)}, 'authenticating'],
    ['until the form is there', undefined, 'loading'],
  ] as const) {
    it(`says that it loads ${what}, as a frame that the browser refuses may be blank`, async () => {
      const pane = mountPane({server: simulators.factoryRocketChat, room: '#general'});
      pane.auth = auth;
      await oneEvent(await frameIn(pane), 'load');
      await pane.updateComplete;
      expect(pane.state).to.equal(state);
      const cover = pane.renderRoot.querySelector<HTMLElement>('.cover:not([part])')!;
      expect(cover.checkVisibility()).to.be.true;
      expect(cover.innerText).to.contain('loading');
    });
  }

  it('takes nothing from other windows, and counts it', async () => {
    const pane = mountPane({server: simulators.puppetNode, room: '#x'});
    await puppetIsHere();
    const seen = record(pane, 'rc-ready', 'rc-room-opened', 'rc-unread-changed');
    const heard = nextMessage(({data}) => field(data, 'eventName') === 'room-opened');
    window.postMessage({eventName: 'room-opened', data: {_id: 'r1', t: 'c', name: 'x'}}, '*');
    await heard;
    expect(seen).to.deep.equal([]);
    expect(pane.diagnose().messages?.foreign).to.be.at.least(1);
  });

  it('rejects open() for no room, and where there is no conversation', async () => {
    const idle = await mountPane()
      .open('#x')
      .catch((error) => error);
    expect(idle.code).to.equal('disconnected');
    const pane = mountPane({server: simulators.puppetNode, room: '#x'});
    const wrong = await pane.open('../..').catch((error) => error);
    expect(wrong.code).to.equal('invalid-argument');
  });

  it('is accessible when idle, loading, failed and degraded', async () => {
    await expect(mountPane()).shadowDom.to.be.accessible();
    await expect(
      mountPane({server: simulators.puppetNode, room: '#x'}),
    ).shadowDom.to.be.accessible();
    const failed = mountPane({server: 'http://chat.example.com', room: '#x'});
    await oneEvent(failed, 'rc-error');
    await expect(failed).shadowDom.to.be.accessible();
    const degraded = mountPane({server: simulators.puppetNode, room: '#x'});
    degraded.auth = () => Promise.reject(new Error('no'));
    await oneEvent(degraded, 'rc-error');
    await expect(degraded).shadowDom.to.be.accessible();
  });
});
