import type {EmitFn, HTMLAttributes, PublicProps} from 'vue';

import type {ElementOf, EventsOf, PropertiesOf, PropsOf, Tag} from './markup.js';

type Emits<T extends Tag> = EmitFn<{
  [Type in keyof EventsOf<T>]: (event: EventsOf<T>[Type]) => void;
}>;

/** An element as Vue's templates take one: `.name` is a property in any case. */
type InTemplates<T extends Tag> = new () => ElementOf<T> & {
  $props: Omit<HTMLAttributes, keyof PropsOf<T>> &
    PublicProps & {slot?: string | undefined} & PropsOf<T> & {
      [K in keyof PropertiesOf<T> & string as `.${K}`]?: PropertiesOf<T>[K];
    };
  $emit: Emits<T>;
};

/** The elements as Vue takes them. */
export type PexipChatRoomElements = {[T in Tag]: InTemplates<T>};

declare module 'vue' {
  interface GlobalComponents extends PexipChatRoomElements {}
}
