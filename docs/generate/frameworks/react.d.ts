import type {ClassAttributes, HTMLAttributes, ReactElement} from 'react';

import type {AttributesOf, ElementOf, HandlersOf, PropsOf, Tag} from './markup.js';

/** The types of React 18 have `any` there. */
type IsReact18 = 0 extends 1 & ReactElement['props'] ? true : false;

/**
 * React 18 sets attributes only, and hears no event of a custom element: that takes a ref. `never`, as
 * TypeScript lets every unknown name with a hyphen pass.
 */
type Of18<T extends Tag> = Omit<
  HTMLAttributes<ElementOf<T>>,
  'className' | 'hidden' | keyof AttributesOf<T>
> &
  ClassAttributes<ElementOf<T>> & {
    class?: string | undefined;
    hidden?: '' | true | undefined;
  } & AttributesOf<T> & {[Name in keyof HandlersOf<T>]?: never};

type Of19<T extends Tag> = Omit<HTMLAttributes<ElementOf<T>>, keyof PropsOf<T>> &
  ClassAttributes<ElementOf<T>> & {class?: string | undefined} & PropsOf<T> &
  HandlersOf<T>;

/** The elements as React takes them. */
export type PexipChatRoomElements = {
  [T in Tag]: IsReact18 extends true ? Of18<T> : Of19<T>;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends PexipChatRoomElements {}
  }
}
