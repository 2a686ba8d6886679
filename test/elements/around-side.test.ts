import {expect} from '@open-wc/testing';

import type {AroundContent} from '../../src/elements/around.js';
import {make} from '../../src/elements/dom.js';
import {aroundEnglish} from '../../src/elements/strings/around-en.js';
import {AroundSide} from '../../src/elements/views/around-side.js';
import {QUIET, roomsOf} from '../support/around-place.js';
import {place} from '../support/mount.js';

/** Nothing is to be said or shown, and there is no connection either. */
const NOTHING: AroundContent = {...QUIET, status: undefined};

const setup = () => {
  const root = place(document.createElement('div')).attachShadow({mode: 'open'});
  const body = root.appendChild(make('div', {class: 'body'}));
  const reported: unknown[] = [];
  const chat = {root, body, report: (error: unknown) => reported.push(error)};
  let side: AroundSide;
  /** Shows it, and says what is there once the file is. */
  const shown = (content: AroundContent): Promise<string | null> =>
    new Promise((resolve) => {
      const loaded = (): void => {
        side.show(content);
        resolve(body.textContent);
      };
      const actions = {open: () => undefined, signIn: () => undefined, loaded};
      side = new AroundSide({...chat, requestOpen: () => undefined}, actions);
      side.show(NOTHING);
      expect(body.childElementCount).to.equal(0);
      side.show(content);
    });
  return {shown, reported};
};

describe('the file of what stands around a conversation', () => {
  const REASONS: Readonly<Record<string, Partial<AroundContent>>> = {
    'a connection': {status: 'connecting'},
    'nobody who is signed in': {signedOut: true},
    'a place in the queue': {queued: 3},
    'a place in the queue that is not known': {queued: null},
    'a way out': {link: 'https://chat.example.com/'},
    'a list of rooms': {rooms: roomsOf('general')},
  };
  for (const [what, content] of Object.entries(REASONS)) {
    it(`is loaded for ${what}`, async () => {
      const {shown, reported} = setup();
      const text = await shown({...NOTHING, ...content});
      if (content.queued === null) expect(text).to.include(aroundEnglish.statusWaiting);
      expect(reported).to.deep.equal([]);
    });
  }
});
