import type {ElementTypes} from './elements.js';

export type Tag = keyof ElementTypes;
export type ElementOf<T extends Tag> = ElementTypes[T]['element'];
/** As they are written in HTML. */
export type AttributesOf<T extends Tag> = ElementTypes[T]['attributes'];
/** As a script sets them. */
export type PropertiesOf<T extends Tag> = ElementTypes[T]['properties'];
/** By the name of a property or of an attribute, for frameworks that tell them apart at run time. */
export type PropsOf<T extends Tag> = ElementTypes[T]['props'];
export type EventsOf<T extends Tag> = ElementTypes[T]['events'];

/** A handler for each event: `onpexip-ready`, or with another beginning. */
export type HandlersOf<T extends Tag, Before extends string = 'on'> = {
  [Type in keyof EventsOf<T> & string as `${Before}${Type}`]?:
    ((event: EventsOf<T>[Type]) => void) | undefined;
};
