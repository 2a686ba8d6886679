import type {HTMLAttributes} from 'preact';

import type {ElementOf, HandlersOf, PropsOf, Tag} from './markup.js';

/** The elements as Preact takes them. */
export type PexipChatRoomElements = {
  [T in Tag]: Omit<HTMLAttributes<ElementOf<T>>, keyof PropsOf<T>> & PropsOf<T> & HandlersOf<T>;
};

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends PexipChatRoomElements {}
  }
}
