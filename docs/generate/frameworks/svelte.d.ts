import type {HTMLAttributes} from 'svelte/elements';

import type {ElementOf, HandlersOf, PropsOf, Tag} from './markup.js';

/** The elements as Svelte takes them; `on:` is how Svelte 4 listens. */
export type PexipChatRoomElements = {
  [T in Tag]: Omit<HTMLAttributes<ElementOf<T>>, keyof PropsOf<T>> &
    PropsOf<T> &
    HandlersOf<T> &
    HandlersOf<T, 'on:'>;
};

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends PexipChatRoomElements {}
}
