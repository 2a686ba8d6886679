import {expect, oneEvent} from '@open-wc/testing';

import type {FramedElement} from '../../src/elements/framed-element.js';
import {strings as ar} from '../../src/elements/strings/ar.js';
import {en} from '../../src/elements/strings/en.js';
import {makePane, mountRoom, place, record} from '../support/mount.js';
import {simulators} from 'test-simulators';

const PLACE = {node: simulators.puppetNode, room: 'x'};

/** Resolves when `element` shows `text`. */
const shows = (element: FramedElement, text: string): Promise<void> =>
  new Promise((resolve) => {
    const root = element.shadowRoot ?? element.renderRoot;
    const look = (): boolean => !!root.textContent?.includes(text);
    const observer = new MutationObserver(() => {
      if (!look()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(root, {subtree: true, childList: true, characterData: true});
    if (look()) {
      observer.disconnect();
      resolve();
    }
  });

const paragraph = (element: FramedElement, text: string): HTMLElement =>
  [...element.shadowRoot!.querySelectorAll('p')].find((each) => each.textContent === text)!;

describe('language', () => {
  const {documentElement} = document;
  const pageLanguage = documentElement.lang;
  afterEach(() => (documentElement.lang = pageLanguage));

  it('loads Arabic, and shows its texts from right to left', async () => {
    const room = mountRoom({language: 'ar'});
    await room.updateComplete;
    await shows(room, ar.meetingIdle);
    const text = paragraph(room, ar.meetingIdle);
    expect(text.lang).to.equal('ar');
    expect(getComputedStyle(text).direction).to.equal('rtl');
  });

  it('takes the region for granted, in any spelling', async () => {
    for (const language of ['ar-EG', 'AR', 'Ar-Latn-x-mine']) {
      await shows(mountRoom({language}), ar.meetingIdle);
    }
  });

  it("is the page's unless the element has its own", async () => {
    documentElement.lang = 'ar';
    const pane = place(document.createElement('rc-chat-pane'));
    await pane.updateComplete;
    await shows(pane, ar.chatIdle);
    const room = mountRoom({language: 'en-GB'});
    await room.updateComplete;
    await shows(room, en.meetingIdle);
    expect(paragraph(room, en.meetingIdle).lang).to.equal('en');
  });

  it('names frame and button in it, and leaves the direction of the chat to the page', async () => {
    const pane = makePane('', {language: 'ar', server: simulators.puppetNode});
    const room = mountRoom({...PLACE, language: 'ar', 'plugin-timeout': '1'}, pane);
    await oneEvent(room, 'pexip-error');
    await shows(room, ar.chatButton);
    await room.updateComplete;
    const button = room.shadowRoot!.querySelector<HTMLElement>('[part=toolbar] button')!;
    expect(button.textContent).to.equal(ar.chatButton);
    expect(button.dir).to.equal('rtl');
    const frame = room.shadowRoot!.querySelector('iframe')!;
    expect([frame.title, frame.lang]).to.deep.equal([ar.meetingFrame, 'ar']);
    expect(getComputedStyle(pane).direction).to.equal('ltr');
  });

  it('changes while the element is shown', async () => {
    const room = mountRoom({language: 'ar'});
    await room.updateComplete;
    await shows(room, ar.meetingIdle);
    room.language = 'en';
    await shows(room, en.meetingIdle);
    expect(paragraph(room, en.meetingIdle).dir).to.equal('ltr');
  });

  it('that does not exist is an error of the element, which goes on in English', async () => {
    for (const language of ['zz', 'constructor', '__proto__', '-', 'x'.repeat(1e5)]) {
      const room = document.createElement('pexip-chat-room');
      const failed = oneEvent(room, 'pexip-error');
      room.language = language;
      Object.assign(room, PLACE);
      place(room);
      const {error} = (await failed).detail;
      expect(error.code).to.equal('invalid-attribute');
      expect(error.message).to.contain('"language"');
      expect(room.state).to.equal('loading');
      expect(room.shadowRoot!.querySelector('iframe')!.title).to.equal(en.meetingFrame);
    }
  });

  it('is said to be wrong once, not with each update', async () => {
    const room = mountRoom({});
    const seen = record(room, 'pexip-error');
    room.language = 'zz';
    await room.updateComplete;
    room.frameTitle = 'Visit';
    await room.updateComplete;
    expect(seen).to.deep.equal(['pexip-error']);
  });

  it('of a page that we have no texts in is no error', async () => {
    documentElement.lang = 'tlh';
    const room = mountRoom({});
    const seen = record(room, 'pexip-error');
    await room.updateComplete;
    await shows(room, en.meetingIdle);
    expect(seen).to.deep.equal([]);
  });

  it('is accessible in Arabic', async () => {
    const room = mountRoom({language: 'ar', node: 'http://pexip.example.com', room: 'x'});
    await room.updateComplete;
    await shows(room, ar.meetingFailed);
    await expect(room).shadowDom.to.be.accessible();
  });
});
