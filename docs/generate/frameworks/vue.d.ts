import type {EmitFn, HTMLAttributes, PublicProps} from 'vue';

import type {AttributesOf, ElementOf, EventsOf, PropsOf, Tag} from './markup.js';

type Emits<T extends Tag> = EmitFn<{
  [Type in keyof EventsOf<T>]: (event: EventsOf<T>[Type]) => void;
}>;

/** Vue's checker of templates reads `mute-camera` as `muteCamera`. */
type Camelized<A> = {[K in keyof A & string as CamelCase<K>]: A[K]};
type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;
type Either<A, B> = {
  [K in keyof A | keyof B]?:
    (K extends keyof A ? A[K] : never) | (K extends keyof B ? B[K] : never);
};
type PropsOfTemplate<T extends Tag> = Either<
  PropsOf<T>,
  Omit<Camelized<AttributesOf<T>>, keyof HTMLAttributes>
>;

/** An element as Vue's templates take one. */
type InTemplates<T extends Tag> = new () => ElementOf<T> & {
  $props: Omit<HTMLAttributes, keyof PropsOf<T>> &
    PublicProps & {slot?: string | undefined} & PropsOfTemplate<T>;
  $emit: Emits<T>;
};

/** The elements as Vue takes them. */
export type PexipChatRoomElements = {[T in Tag]: InTemplates<T>};

declare module 'vue' {
  interface GlobalComponents extends PexipChatRoomElements {}
}
