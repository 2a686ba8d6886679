import {expect, oneEvent} from '@open-wc/testing';

import {pluginTimeout, standby} from '../../src/elements/standby.js';
import {PexipChatError} from '../../src/errors.js';
import {mountRoom, place} from '../support/mount.js';
import {simulators} from 'test-simulators';

/** What the remedy of plugin-timeout has to name. */
const CAUSES = {
  'a branding without the plugin': /branding of this path has the plugin/,
  'a package without the origin of the page': /lists this page's origin \(make package ORIGINS=/,
  'a node that lets nobody frame it': /the node lets this page frame it/,
  'the original plugin below the top window': /original plugin.* top window/,
};

const expectCauses = (error: PexipChatError): void => {
  expect(error).to.be.instanceOf(PexipChatError);
  expect(error.code).to.equal('plugin-timeout');
  for (const [cause, words] of Object.entries(CAUSES)) expect(error.message, cause).to.match(words);
};

describe('the file that stands in for a meeting', () => {
  it('says with plugin-timeout what may be the cause, each with what to check', () => {
    expectCauses(pluginTimeout());
  });

  it('is loaded for that by a room whose plugin is not heard', async () => {
    const room = mountRoom({node: simulators.puppetNode, room: 'x', 'plugin-timeout': '1'});
    expectCauses((await oneEvent(room, 'pexip-error')).detail.error);
    expect(room.state).to.equal('unbridged');
    await room.updateComplete;
    const notice = room.renderRoot.querySelector('[part="notice"]')!;
    expect(notice.textContent).to.equal('The meeting works, but without its Chat button.');
    expect(notice.checkVisibility()).to.be.true;
  });

  it('tells nothing of the room in that error, where a PIN may be in the address', () => {
    expect(pluginTimeout().message).not.to.match(/https?:|pin=/);
  });
});

describe('Standby', () => {
  const language = {tag: 'en', strings: {direction: 'ltr'}} as Parameters<
    ReturnType<typeof standby>['show']
  >[0]['language'];
  const content = {
    waitsFor: '',
    withButton: false,
    open: false,
    count: 0,
    alert: false,
    language,
  } as const;

  const setup = () => {
    const room = place(document.createElement('div'));
    const root = room.attachShadow({mode: 'open'});
    const [cover, bar] = [document.createElement('div'), document.createElement('div')];
    root.append(cover, bar);
    const calls: string[] = [];
    let started = (): void => undefined;
    const starts = new Promise<void>((resolve) => (started = resolve));
    const stand = standby({
      room,
      root,
      cover,
      bar,
      start: () => {
        calls.push('start');
        started();
      },
      toggleChat: () => void calls.push('toggle'),
    });
    const [starter, button] = [cover, bar].map((each) => each.querySelector('button')!);
    return {room, stand, calls, starts, starter: starter!, button: button!};
  };

  it('shows the button that starts for click only, and the chat button where it is wanted', () => {
    const {stand, starter, button} = setup();
    for (const waitsFor of ['', 'lazy', 'click'] as const) {
      stand.show({...content, waitsFor});
      expect(starter.checkVisibility()).to.equal(waitsFor === 'click');
      expect(button.checkVisibility()).to.be.false;
    }
    stand.show({...content, withButton: true});
    expect(button.checkVisibility()).to.be.true;
    stand.stop();
  });

  it('starts and toggles once for each click', () => {
    const {stand, calls, starter, button} = setup();
    stand.show({...content, waitsFor: 'click', withButton: true});
    starter.click();
    button.click();
    button.click();
    expect(calls).to.deep.equal(['start', 'toggle', 'toggle']);
  });

  it('starts when the room is near, if it waits for that', async () => {
    const {stand, starts} = setup();
    stand.show({...content, waitsFor: 'lazy'});
    await starts;
    stand.stop();
  });

  it('says on its button whether the chat is open, and what is unread', () => {
    const {stand, button} = setup();
    const says = (fields: object): (string | null)[] => {
      stand.show({...content, withButton: true, ...fields});
      return [button.textContent, button.getAttribute('aria-pressed')];
    };
    expect(says({})).to.deep.equal(['Chat', 'false']);
    expect(says({open: true})).to.deep.equal(['Chat', 'true']);
    expect(says({alert: true})).to.deep.equal(['Chat, new messages', 'false']);
    expect(says({count: 1, alert: true})).to.deep.equal(['Chat, 1 new message', 'false']);
    expect(says({count: 12})).to.deep.equal(['Chat, 12 new messages', 'false']);
  });
});
