import {oneEvent} from '@open-wc/testing';

import {place} from './mount.js';

/** A page of its own, with what a script tag of ours has put on it. */
export type Page = Window & typeof globalThis;

/**
 * A page of its own with the script tag, below a folder of test/support/delivery.mjs.
 *
 * @param allow the frame's `allow`: what the page may use, and grant
 */
export const openPage = async (path: string, allow = ''): Promise<Page> => {
  const frame = document.createElement('iframe');
  frame.title = 'page';
  frame.allow = allow;
  frame.src = `/delivery/${path}`;
  const loaded = oneEvent(frame, 'load');
  place(frame);
  await loaded;
  return frame.contentWindow! as Page;
};

/** Lets the page ask for a file of ours only once it is released. */
export const holdFile = ({document: {head}}: Page, file: string) => {
  const held: (() => void)[] = [];
  const {append} = head;
  let asked: () => void;
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  head.append = (...nodes: (Node | string)[]): void => {
    const go = (): void => append.apply(head, nodes);
    if (!nodes.some((node) => (node as HTMLScriptElement).src?.includes(file))) return go();
    held.push(go);
    asked();
  };
  const release = (): void => {
    head.append = append;
    held.splice(0).forEach((go) => go());
  };
  return {isAsked, release};
};
