import type {CompletionList} from './composer-completion.js';
import type {ComposerDesk} from './composer-desk.js';
import {filesOf} from './composer-drop.js';
import type {ComposerField} from './composer-field.js';
import {isComposing, isPlain} from './composer-keys.js';

/** What is done with the field, beside writing in it. */
export interface Hands {
  readonly field: ComposerField;
  readonly desk: ComposerDesk;
  readonly list: CompletionList;
  enterSends(): boolean;
  submit(): void;
  /** The last own message is wanted. */
  editLast(): void;
  /** Something was written. */
  wrote(): void;
  /** The focus has gone. */
  left(): void;
  addFiles(files: readonly File[]): void;
}

/** Escape ends one thing after the other; when there is none left it is for what the composer stands in. */
const escape = ({list, desk}: Hands): boolean => {
  if (list.key('Escape')) return true;
  if (desk.room.edit) desk.endEdit();
  else if (desk.room.quote) desk.set({quote: undefined});
  else return false;
  return true;
};

/** @returns whether the key did something, so that the browser is to do nothing */
const press = (event: KeyboardEvent, hands: Hands): boolean => {
  const {key} = event;
  if (isComposing(event) || !isPlain(event)) return false;
  if (key === 'Escape') return escape(hands);
  if (hands.list.key(key)) return true;
  const {field, desk} = hands;
  if (key === 'Enter' && hands.enterSends()) {
    hands.submit();
    return true;
  }
  if (key !== 'ArrowUp' || field.value || desk.room.edit) return false;
  hands.editLast();
  return true;
};

/** Follows the caret. While letters are composed the list of the input method is there already. */
const follow = ({list, field}: Hands): void =>
  list.follow(field.isFocused ? field.written : undefined);

/** Files of the clipboard; where there is text with them it is what was copied, and they are its picture. */
const paste = (event: ClipboardEvent, {desk, addFiles}: Hands): void => {
  const data = event.clipboardData;
  const text = data?.getData('text/plain') ?? '';
  const files = text ? [] : filesOf(data);
  if (!files.length && desk.takes(text)) return;
  event.preventDefault();
  if (files.length) addFiles(files);
};

/** Text that is dropped into the field, or comes by a menu that tells no paste. */
const insert = (event: InputEvent, {desk}: Hands): void => {
  const text = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
  if (!desk.takes(text)) event.preventDefault();
};

/** Listens to the field, until the signal aborts. */
export const giveHands = (hands: Hands, signal: AbortSignal): void => {
  const {field, desk, list} = hands;
  const on = <Type extends keyof HTMLElementEventMap>(
    type: Type,
    hear: (event: HTMLElementEventMap[Type]) => void,
  ): void => field.area.addEventListener(type, hear, {signal});
  on('input', (event) => {
    field.grow();
    desk.keep();
    hands.wrote();
    if (!(event as InputEvent).isComposing) follow(hands);
  });
  on('compositionend', () => follow(hands));
  on('keydown', (event) => {
    if (!press(event, hands)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  // The caret may have been moved; what a key did to the list is done by then.
  on('keyup', ({isComposing}) => !isComposing && follow(hands));
  on('click', () => follow(hands));
  on('paste', (event) => paste(event, hands));
  on('beforeinput', (event) => insert(event, hands));
  on('blur', () => {
    list.close();
    hands.left();
  });
};
