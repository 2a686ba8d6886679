import {expect, oneEvent} from '@open-wc/testing';

import {wire} from '../support/hand-written-page.js';
import {mountRoom, record, setAttributes} from '../support/mount.js';
import {nextMessage, puppetSends} from '../support/puppet.js';
import {openPage, openPageWithin, WITH_SCRIPT, type Page} from '../support/script-page.js';
import {simulators} from 'test-simulators';

type Attributes = Readonly<Record<string, string | boolean>>;

/** A room of that page's own, with a node where our plugin is. */
const addRoom = (page: Page, attributes: Attributes) => {
  const room = page.document.createElement('pexip-chat-room');
  setAttributes(room, {node: simulators.webApp3, room: 'consultation', ...attributes});
  page.document.body.append(room);
  return room;
};

/** A plugin that speaks to the top window, as the original does, in a room that is `levels` below it. */
const startTopPlugin = async (levels: number, add: () => HTMLElement) => {
  const here = nextMessage(({data}) => data?.puppet === 'here');
  const room = add();
  await here;
  const plugin = room.shadowRoot!.querySelector('iframe')!.contentWindow!;
  return {room, says: (name: string) => puppetSends(plugin, wire(name), {up: levels})};
};

describe('a page that is itself framed', () => {
  it('by another origin works both ways with our plugin', async () => {
    const address = encodeURIComponent(new URL(WITH_SCRIPT, location.href).href);
    const page = await openPageWithin(`${simulators.evil}/around?page=${address}`);
    expect(page.parent).not.to.equal(window);
    expect(page.top).to.equal(window);
    const room = addRoom(page, {join: true});
    await oneEvent(room, 'pexip-connected');
    room.setChatActive(true);
    const request = {role: 'GUEST', destination: 'carol@example.com', protocol: 'sip'} as const;
    expect((await room.dialOut(request)).displayName).to.equal('carol');
  });

  it('says in plugin-timeout that a plugin may speak to the top window only, and hears none that does', async () => {
    const {page} = await openPage(WITH_SCRIPT);
    const node = simulators.puppetNode;
    // Its patience may end before the plugin is there.
    const failed = oneEvent(page, 'pexip-error');
    const seen = record(page, 'pexip-ready');
    const {room, says} = await startTopPlugin(2, () =>
      addRoom(page, {node, 'plugin-timeout': '1500'}),
    );
    await says('ready');
    const {error} = (await failed).detail;
    expect(error.code).to.equal('plugin-timeout');
    expect(error.message).to.match(/original plugin.*top window/);
    expect(seen).to.deep.equal([]);
    expect(room.matches(':state(unbridged)')).to.be.true;
  });

  it('is what keeps that plugin from being heard: in a top window the same one is', async () => {
    const node = simulators.puppetNode;
    const {room, says} = await startTopPlugin(1, () => mountRoom({node, room: 'consultation'}));
    expect(window.top).to.equal(window);
    await says('ready');
    expect(room.matches(':state(ready)')).to.be.true;
  });
});
