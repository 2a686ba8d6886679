import type {JSX} from 'solid-js';

import type {AttributesOf, ElementOf, EventsOf, PropertiesOf, Tag} from './markup.js';

type Booleans<A> = {[K in keyof A as true extends A[K] ? K : never]: A[K]};

/** Solid is told which it is: `attr:`, `bool:`, `prop:` or `on:`. */
type Told<T extends Tag> = {
  [K in keyof AttributesOf<T> & string as `attr:${K}`]?: AttributesOf<T>[K];
} & {
  [K in keyof Booleans<AttributesOf<T>> & string as `bool:${K}`]?: boolean | undefined;
} & {
  [K in keyof PropertiesOf<T> & string as `prop:${K}`]?: PropertiesOf<T>[K];
} & {
  [Type in keyof EventsOf<T> & string as `on:${Type}`]?:
    JSX.EventHandlerWithOptionsUnion<ElementOf<T>, Extract<EventsOf<T>[Type], Event>> | undefined;
};

/** The elements as Solid takes them. */
export type PexipChatRoomElements = {
  [T in Tag]: JSX.HTMLAttributes<ElementOf<T>> & Told<T>;
};

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends PexipChatRoomElements {}
  }
}
