import {oneEvent} from '@open-wc/testing';

import {place} from './mount.js';

/** A page of its own, in a frame of the test's. */
export type Page = Window & typeof globalThis;

/** A page with the built script, as one tag in its head. */
export const WITH_SCRIPT = '/test/fixtures/script.html';
/** A page without any script. */
export const BLANK = '/test/fixtures/blank.html';
/** A page without any script, where the built modules find their dependency. */
export const FOR_MODULES = '/test/fixtures/modules.html';
/** The built script. */
export const SCRIPT = '/dist/pexip-chat-room.min.js';

const openFrame = async (address: string): Promise<Window> => {
  const frame = document.createElement('iframe');
  frame.title = 'page';
  frame.src = address;
  const loaded = oneEvent(frame, 'load');
  place(frame);
  await loaded;
  return frame.contentWindow!;
};

/** Collects what a page warns of from now on. */
const warningsOf = (page: Page): string[] => {
  const warnings: string[] = [];
  page.console.warn = (...texts: unknown[]) => warnings.push(texts.join(' '));
  return warnings;
};

/** Opens a page of the test's own origin in a frame, and collects what it warns of once it has loaded. */
export const openPage = async (address: string) => {
  const page = (await openFrame(address)) as Page;
  const add = (fields: Partial<HTMLScriptElement>): Promise<Event> => {
    const script = page.document.createElement('script');
    const done = oneEvent(script, 'load');
    page.document.head.append(Object.assign(script, fields));
    return done;
  };
  return {page, warnings: warningsOf(page), add};
};

/** The same, in a frame of a page on another origin. @param around that page, which has but one frame */
export const openPageWithin = async (around: string): Promise<Page> =>
  (await openFrame(around))[0] as Page;
