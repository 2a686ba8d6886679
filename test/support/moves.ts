import {expect} from '@open-wc/testing';

import {place} from './mount.js';

/** How a page moves an element that is in the page already. */
export const MOVES = ['append', 'moveBefore'] as const;
export type Move = (typeof MOVES)[number];

/**
 * What becomes of frames in the shadow tree of an element that was moved: they are `kept` as they are,
 * the browser has `reloaded` them, or the element has left and come again and makes them `anew`.
 */
export type Frames = 'kept' | 'reloaded' | 'anew';

/** WebKitGTK has none yet. */
const hasMoveBefore = 'moveBefore' in Element.prototype;

/** Tried on a plain element, as Firefox keeps a frame but in the document's own tree. */
const keepsFrames = (): boolean => {
  const [from, to] = [place(document.createElement('div')), place(document.createElement('div'))];
  const host = document.createElement('div');
  const frame = document.createElement('iframe');
  host.attachShadow({mode: 'open'}).append(frame);
  from.append(host);
  const before = frame.contentWindow;
  to.moveBefore(host, null);
  return frame.contentWindow === before;
};

/**
 * Moves an element to the end of another, and tells what becomes of its frames in this browser. Where
 * there is no `moveBefore` it says so, and moves by `append`.
 */
export const moveTo = (to: Element, element: Element, how: Move): Frames => {
  if (how === 'moveBefore' && hasMoveBefore) {
    const frames = keepsFrames() ? 'kept' : 'reloaded';
    to.moveBefore(element, null);
    return frames;
  }
  if (how === 'moveBefore') expect((to as Partial<Element>).moveBefore).to.equal(undefined);
  to.append(element);
  return 'anew';
};

/** What the title of a test says of browsers that keep nothing. */
export const kept = (how: Move): string =>
  how === 'append' ? '' : ', or as with append where the browser keeps no frame in a shadow tree';
