import {expect, oneEvent} from '@open-wc/testing';

import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import {mountRoom, place, record, setAttributes, setupMeeting} from '../support/mount.js';
import {simulators} from 'test-simulators';

const frameOf = (room: Element): HTMLIFrameElement | null =>
  room.shadowRoot!.querySelector<HTMLIFrameElement>('iframe#webapp3');

const addressOf = (room: Element): URL => new URL(frameOf(room)!.src);

/** A room at rest, with its frame if it has one. */
const setupRoom = async (attributes: Readonly<Record<string, string | boolean>> = {}) => {
  const room = mountRoom({node: simulators.puppetNode, room: 'consultation', ...attributes});
  await room.updateComplete;
  return room;
};

describe('<pexip-chat-room>', () => {
  describe('its frame', () => {
    it('shows the meeting at the branding path webapp3', async () => {
      const {origin, pathname, search} = addressOf(await setupRoom());
      expect(origin).to.equal(simulators.puppetNode);
      expect(pathname).to.equal('/webapp3/m/consultation');
      expect(search).to.equal('');
    });

    it('takes path and flow', async () => {
      const room = await setupRoom({path: 'clinic', flow: 'express'});
      expect(addressOf(room).pathname).to.equal('/clinic/m/consultation/express');
    });

    it('hands the join options to Web App 3', async () => {
      const room = document.createElement('pexip-chat-room');
      setAttributes(room, {
        node: simulators.puppetNode,
        room: 'x',
        'display-name': 'Ann & Bob',
        guest: true,
        'call-type': 'audio',
        join: true,
        'mute-microphone': true,
        'mute-camera': true,
      });
      room.pin = '1234';
      place(room);
      await room.updateComplete;
      expect(Object.fromEntries(addressOf(room).searchParams)).to.deep.equal({
        name: 'Ann & Bob',
        role: 'guest',
        callType: 'audio',
        join: '1',
        muteMicrophone: 'true',
        muteCamera: 'true',
        pin: '1234',
      });
    });

    it('takes a ready-made join link instead', async () => {
      const url = `${simulators.puppetNode}/webapp/conference?conference=x`;
      const room = mountRoom({url});
      await room.updateComplete;
      expect(frameOf(room)!.src).to.equal(url);
    });

    it("grants devices to the node's origin only, sends no path, and is not sandboxed", async () => {
      const frame = frameOf(await setupRoom())!;
      for (const grant of frame.allow.split('; ')) expect(grant).to.match(/^[a-z-]+ http:\/\/node/);
      expect(frame.allow).to.contain(`camera ${simulators.puppetNode}`);
      expect(frame.referrerPolicy).to.equal('strict-origin');
      expect(frame.hasAttribute('sandbox')).to.be.false;
    });

    it('has a name for screen readers, which the page can set', async () => {
      const room = await setupRoom();
      expect(frameOf(room)!.title).to.equal('Meeting');
      room.frameTitle = 'Video consultation';
      await room.updateComplete;
      expect(frameOf(room)!.title).to.equal('Video consultation');
    });

    it('loads again once for all changes of one task, and only if the address differs', async () => {
      const room = await setupRoom();
      const frame = frameOf(room)!;
      let loads = 0;
      frame.addEventListener('load', () => loads++);
      await oneEvent(frame, 'load');
      for (let change = 0; change < 10; change++) room.room = `room-${change}`;
      await room.updateComplete;
      expect(addressOf(room).pathname).to.equal('/webapp3/m/room-9');
      await oneEvent(frame, 'load');
      room.displayName = 'Ann';
      room.muteCamera = true;
      room.room = 'room-9';
      await room.updateComplete;
      expect(frame.src).not.to.contain('Ann');
      expect(loads).to.equal(2);
    });

    it('counts changed join options at the next reload()', async () => {
      const room = await setupRoom();
      room.displayName = 'Ann';
      room.reload();
      await room.updateComplete;
      expect(addressOf(room).searchParams.get('name')).to.equal('Ann');
    });

    it('goes with the element and comes back with it', async () => {
      const room = await setupRoom();
      room.remove();
      expect(frameOf(room)).to.equal(null);
      expect(room.state).to.equal('idle');
      place(room);
      await room.updateComplete;
      expect(room.shadowRoot!.querySelectorAll('iframe')).to.have.length(1);
      expect(room.state).to.equal('loading');
    });
  });

  describe('its states', () => {
    it('is idle without node or room, which is no error', async () => {
      const room = place(document.createElement('pexip-chat-room'));
      const seen = record(room, 'pexip-error');
      await room.updateComplete;
      expect(room.state).to.equal('idle');
      expect(room.matches(':state(idle)')).to.be.true;
      room.node = simulators.puppetNode;
      await room.updateComplete;
      expect(room.state).to.equal('idle');
      room.room = 'x';
      await room.updateComplete;
      expect(room.state).to.equal('loading');
      expect(room.matches(':state(idle)')).to.be.false;
      expect(seen).to.deep.equal([]);
    });

    const WRONG: Readonly<
      Record<string, readonly [attributes: Record<string, string>, code: string]>
    > = {
      'an http node': [{node: 'http://pexip.example.com', room: 'x'}, 'insecure-url'],
      'a script for a node': [{node: 'javascript:alert(1)', room: 'x'}, 'insecure-url'],
      'a script with a tab in it': [{url: 'java\tscript:alert(1)'}, 'invalid-attribute'],
      'a data address': [{url: 'data:text/html,<script>alert(1)</script>'}, 'insecure-url'],
      'a node with a path': [{node: 'https://pexip.example.com/x', room: 'x'}, 'invalid-attribute'],
      'a node with a password': [
        {node: 'https://a:b@pexip.example.com', room: 'x'},
        'invalid-attribute',
      ],
      'half a node': [{node: 'pexip.example.com', room: 'x'}, 'invalid-attribute'],
      'an unknown flow': [
        {node: 'https://pexip.example.com', room: 'x', flow: 'fast'},
        'invalid-attribute',
      ],
      'a path that climbs': [
        {node: 'https://pexip.example.com', room: 'x', path: '../x'},
        'invalid-attribute',
      ],
    };
    for (const [what, [attributes, code]] of Object.entries(WRONG)) {
      it(`fails with ${code} for ${what}, which never reaches a frame`, async () => {
        const room = document.createElement('pexip-chat-room');
        setAttributes(room, attributes);
        const failed = oneEvent(room, 'pexip-error');
        place(room);
        const {error} = (await failed).detail;
        expect(error.code).to.equal(code);
        expect(error.message).to.match(/attribute "(node|url|path|flow)"/);
        await room.updateComplete;
        expect(room.state).to.equal('failed');
        expect(frameOf(room)).to.equal(null);
        const shown = room.shadowRoot!.querySelector('[part=error]')!;
        expect(shown.checkVisibility()).to.be.true;
        expect(shown.textContent).to.contain(error.message);
      });
    }

    it('never repeats a wrong value, which may hold a secret', async () => {
      const room = document.createElement('pexip-chat-room');
      setAttributes(room, {url: 'https://me:hunter2@pexip.example.com'});
      const failed = oneEvent(room, 'pexip-error');
      place(room);
      expect((await failed).detail.error.message).not.to.contain('hunter2');
    });

    it('recovers when the attribute is put right', async () => {
      const room = mountRoom({node: 'http://pexip.example.com', room: 'x'});
      await oneEvent(room, 'pexip-error');
      room.node = simulators.puppetNode;
      await room.updateComplete;
      expect(room.state).to.equal('loading');
      expect(room.shadowRoot!.querySelector('[part=error]')!.checkVisibility()).to.be.false;
    });

    for (const wrong of ['soon', '-1', '0', 'Infinity']) {
      it(`says that plugin-timeout="${wrong}" is wrong, and goes on with 30 seconds`, async () => {
        const room = document.createElement('pexip-chat-room');
        setAttributes(room, {node: simulators.puppetNode, room: 'x', 'plugin-timeout': wrong});
        const failed = oneEvent(room, 'pexip-error');
        place(room);
        expect((await failed).detail.error.code).to.equal('invalid-attribute');
        expect(room.state).to.equal('loading');
      });
    }

    it('keeps the properties that a page set before the element was defined', async () => {
      const frame = place(document.createElement('iframe'));
      const inert = frame.contentDocument!.createElement('pexip-chat-room') as PexipChatRoomElement;
      inert.pin = '1234';
      inert.dialOutTimeout = 5;
      setAttributes(inert, {node: simulators.puppetNode, room: 'x'});
      // Adopted into this document it is upgraded, as an element of markup is when the script comes late.
      place(inert);
      await inert.updateComplete;
      expect(inert.dialOutTimeout).to.equal(5);
      expect(addressOf(inert).searchParams.get('pin')).to.equal('1234');
    });

    it("shows the page's own words in its slots", async () => {
      const own = document.createElement('p');
      own.slot = 'error';
      own.textContent = 'Call 555';
      const room = mountRoom({node: 'http://pexip.example.com', room: 'x'}, own);
      await oneEvent(room, 'pexip-error');
      await room.updateComplete;
      expect(own.checkVisibility()).to.be.true;
    });
  });

  describe('its chat', () => {
    it('fires no pexip-chat-toggled for chat in the first markup', async () => {
      const room = document.createElement('pexip-chat-room');
      const seen = record(room, 'pexip-chat-toggled');
      room.setAttribute('chat', '');
      place(room);
      await room.updateComplete;
      expect(room.chatActive).to.be.true;
      expect(seen).to.deep.equal([]);
    });

    it('fires pexip-chat-toggled by the page for setChatActive() and for the attribute', async () => {
      const room = await setupRoom();
      const opened = oneEvent(room, 'pexip-chat-toggled');
      room.setChatActive(true);
      expect((await opened).detail).to.deep.equal({active: true, by: 'page'});
      expect(room.hasAttribute('chat')).to.be.true;
      const closed = oneEvent(room, 'pexip-chat-toggled');
      room.removeAttribute('chat');
      expect((await closed).detail).to.deep.equal({active: false, by: 'page'});
    });

    for (const [width, side] of [
      ['800px', 'beside'],
      ['400px', 'below'],
    ] as const) {
      it(`lies ${side} the meeting in an element of ${width}`, async () => {
        const chat = document.createElement('p');
        chat.textContent = 'Chat';
        const room = mountRoom({node: simulators.puppetNode, room: 'x', chat: true}, chat);
        room.style.inlineSize = width;
        await room.updateComplete;
        const meeting = frameOf(room)!.getBoundingClientRect();
        const place = chat.getBoundingClientRect();
        if (side === 'beside') expect(place.left).to.be.at.least(meeting.right);
        else expect(place.top).to.be.at.least(meeting.bottom);
        expect(meeting.height).to.be.at.least(100);
      });
    }

    it('takes no room while it is closed or there is none', async () => {
      const chat = document.createElement('p');
      chat.textContent = 'Chat';
      const room = mountRoom({node: simulators.puppetNode, room: 'x'}, chat);
      room.style.inlineSize = '800px';
      await room.updateComplete;
      expect(frameOf(room)!.getBoundingClientRect().width).to.equal(800);
      expect(chat.checkVisibility({visibilityProperty: true})).to.be.false;
    });
  });

  describe('for everyone', () => {
    it('is at least 20rem high and as wide as its place', async () => {
      const {height, width} = (await setupRoom()).getBoundingClientRect();
      expect(height).to.be.at.least(320);
      expect(width).to.equal(document.body.getBoundingClientRect().width);
    });

    it('is accessible when idle, loading, failed, unbridged and ready', async () => {
      const idle = place(document.createElement('pexip-chat-room'));
      await expect(idle).shadowDom.to.be.accessible();
      await expect(await setupRoom()).shadowDom.to.be.accessible();
      const failed = mountRoom({node: 'http://pexip.example.com', room: 'x'});
      await oneEvent(failed, 'pexip-error');
      await expect(failed).shadowDom.to.be.accessible();
      const unbridged = mountRoom({
        node: simulators.withoutPlugin,
        room: 'x',
        'plugin-timeout': '50',
      });
      await oneEvent(unbridged, 'pexip-error');
      await expect(unbridged).shadowDom.to.be.accessible();
      const {room} = await setupMeeting({chat: true});
      await expect(room).shadowDom.to.be.accessible();
    });
  });
});
