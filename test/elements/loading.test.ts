import {expect, oneEvent} from '@open-wc/testing';

import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import {mountRoom, record} from '../support/mount.js';
import {simulators} from 'test-simulators';

const starterOf = (room: PexipChatRoomElement): HTMLButtonElement =>
  room.shadowRoot!.querySelector<HTMLButtonElement>('.cover button')!;
/** The button, which comes with a file of its own. */
const starterIn = (room: PexipChatRoomElement): Promise<HTMLButtonElement> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!starterOf(room)) return;
      observer.disconnect();
      resolve(starterOf(room));
    };
    const observer = new MutationObserver(look);
    observer.observe(room.renderRoot, {subtree: true, childList: true});
    look();
  });
const frameOf = (room: PexipChatRoomElement) => room.shadowRoot!.querySelector('iframe');
const PLACE = {node: simulators.puppetNode, room: 'x'};

describe('loading="click"', () => {
  it('stays idle with a button and no frame, and starts when it is pressed', async () => {
    const room = mountRoom({...PLACE, loading: 'click'});
    await room.updateComplete;
    expect(room.state).to.equal('idle');
    expect(frameOf(room)).to.equal(null);
    const starter = await starterIn(room);
    await room.updateComplete;
    expect(starter.textContent).to.equal('Show the meeting');
    expect(starter.checkVisibility()).to.be.true;
    starter.click();
    await room.updateComplete;
    expect(room.state).to.equal('loading');
    expect(frameOf(room)!.src).to.equal(`${PLACE.node}/webapp3/m/x`);
    expect(starter.checkVisibility()).to.be.false;
  });

  it('hands the focus on to the frame', async () => {
    const room = mountRoom({...PLACE, loading: 'click'});
    await room.updateComplete;
    (await starterIn(room)).focus();
    starterOf(room).click();
    await room.updateComplete;
    expect(room.shadowRoot!.activeElement).to.equal(frameOf(room));
  });

  it('starts with reload(), too', async () => {
    const room = mountRoom({...PLACE, loading: 'click'});
    await room.updateComplete;
    room.reload();
    await room.updateComplete;
    expect(room.state).to.equal('loading');
  });

  it('counts plugin-timeout from the start', async () => {
    const room = mountRoom({...PLACE, loading: 'click', 'plugin-timeout': '1'});
    const seen = record(room, 'pexip-error');
    await room.updateComplete;
    // One that has started has run out of time by now.
    await oneEvent(mountRoom({...PLACE, 'plugin-timeout': '1'}), 'pexip-error');
    expect(seen).to.deep.equal([]);
    expect(room.state).to.equal('idle');
    const failed = oneEvent(room, 'pexip-error');
    room.reload();
    expect((await failed).detail.error.code).to.equal('plugin-timeout');
  });

  it('once started, follows another address without a click', async () => {
    const room = mountRoom({...PLACE, loading: 'click'});
    await room.updateComplete;
    (await starterIn(room)).click();
    room.room = 'y';
    await room.updateComplete;
    expect(frameOf(room)!.src).to.equal(`${PLACE.node}/webapp3/m/y`);
  });

  it('has no button while there is no meeting to show', async () => {
    const room = mountRoom({loading: 'click'});
    await room.updateComplete;
    expect(starterOf(room)).to.equal(null);
    room.node = PLACE.node;
    room.room = 'x';
    await room.updateComplete;
    await starterIn(room);
    await room.updateComplete;
    expect(starterOf(room).checkVisibility()).to.be.true;
    room.room = null;
    await room.updateComplete;
    expect(starterOf(room).checkVisibility()).to.be.false;
  });

  it('says at once that an attribute is wrong', async () => {
    const room = mountRoom({...PLACE, node: 'http://pexip.example.com', loading: 'click'});
    await room.updateComplete;
    expect(room.state).to.equal('failed');
    expect(starterOf(room)).to.equal(null);
    room.node = PLACE.node;
    await room.updateComplete;
    expect(room.state).to.equal('idle');
    await starterIn(room);
    await room.updateComplete;
    expect(starterOf(room).checkVisibility()).to.be.true;
  });

  it('keeps the button beside what the page puts in the slot', async () => {
    const picture = document.createElement('p');
    picture.slot = 'loading';
    picture.textContent = 'Doctor Keller awaits you.';
    const room = mountRoom({...PLACE, loading: 'click'}, picture);
    await room.updateComplete;
    expect(picture.checkVisibility()).to.be.true;
    await starterIn(room);
    await room.updateComplete;
    expect(starterOf(room).checkVisibility()).to.be.true;
  });

  it('starts when the page changes its mind', async () => {
    const room = mountRoom({...PLACE, loading: 'click'});
    await room.updateComplete;
    room.loading = 'eager';
    await room.updateComplete;
    expect(room.state).to.equal('loading');
  });

  it('is accessible', async () => {
    const room = mountRoom({...PLACE, loading: 'click'});
    await room.updateComplete;
    await starterIn(room);
    await room.updateComplete;
    await expect(room).shadowDom.to.be.accessible();
  });
});

describe('loading', () => {
  it('is eager if left out, empty or eager', async () => {
    for (const loading of [undefined, '', 'eager']) {
      const room = mountRoom({...PLACE, loading});
      await room.updateComplete;
      expect(room.state).to.equal('loading');
    }
  });

  it('says that a value is unknown, and starts at once', async () => {
    const room = document.createElement('pexip-chat-room');
    const failed = oneEvent(room, 'pexip-error');
    Object.assign(room, PLACE, {loading: 'later'});
    document.body.append(room);
    const {error} = (await failed).detail;
    expect(error.code).to.equal('invalid-attribute');
    expect(error.message).to.contain('"loading"').and.not.to.contain('later');
    expect(room.state).to.equal('loading');
    room.remove();
  });
});
