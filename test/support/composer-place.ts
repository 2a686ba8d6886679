import {RcComposerElement} from '../../src/elements/native/composer.js';
import {composerStyles} from '../../src/elements/native/composer.styles.js';
import type {ComposedMessage, UploadOptions} from '../../src/elements/native/composer-types.js';
import {frameViewStyles} from '../../src/elements/frame-view.styles.js';
import {composerArabic} from '../../src/elements/strings/composer-ar.js';
import type {Language} from '../../src/elements/strings/strings.js';
import {MemoryDrafts} from '../../src/session/drafts.js';
import {ARABIC as PLAIN_ARABIC} from './around-place.js';
import {place} from './mount.js';

// A name of its own: the pane may have defined another one.
class TestComposer extends RcComposerElement {}
customElements.define('test-composer', TestComposer);

/** Arabic with the composer's texts. */
export const ARABIC: Language = {
  tag: 'ar',
  strings: {...PLAIN_ARABIC.strings, ...composerArabic},
};

/** An upload that a test answers. */
export interface PendingUpload extends UploadOptions {
  readonly file: File;
  readonly done: () => void;
  readonly fail: (error: Error) => void;
}

/** A file of so many bytes. */
export const fileOf = (name: string, type = 'text/plain', size = 10): File =>
  new File([new Uint8Array(size)], name, {type});

/** A composer in a pane's tree without the pane, in its style, that keeps its drafts to itself. */
export const placeComposer = async (fields: Partial<RcComposerElement> = {}) => {
  const host = place(document.createElement('div'));
  const root = host.attachShadow({mode: 'open'});
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(composerStyles);
  root.adoptedStyleSheets = [frameViewStyles.styleSheet!, sheet];
  const area = document.createElement('div');
  area.style.cssText = 'position: relative; inline-size: 24rem; padding-block-start: 20rem';
  const composer = new TestComposer();
  const sent: ComposedMessage[] = [];
  const uploads: PendingUpload[] = [];
  composer.drafts = new MemoryDrafts();
  composer.draftKey = 'room';
  composer.enterSends = true;
  composer.onSend = (message) => void sent.push(message);
  composer.upload = (file, options) =>
    new Promise((done, fail) => uploads.push({file, ...options, done, fail}));
  Object.assign(composer, fields);
  area.append(composer);
  root.append(area);
  await composer.updateComplete;
  const all = <Found extends HTMLElement = HTMLElement>(selector: string): Found[] => [
    ...composer.querySelectorAll<Found>(selector),
  ];
  const textarea = composer.querySelector('textarea')!;
  return {
    host,
    root,
    area,
    composer,
    textarea,
    sent,
    uploads,
    all,
    /** What is seen of the elements. */
    texts: (selector: string) => all(selector).map((each) => each.innerText.trim()),
    /** The button of this name. */
    button: (name: string) =>
      all<HTMLButtonElement>('button').find(({ariaLabel, innerText}) =>
        [ariaLabel, innerText].includes(name),
      ),
    /** Writes at the caret as a person does. */
    write: async (text: string) => {
      textarea.focus();
      const {selectionStart, selectionEnd} = textarea;
      textarea.setRangeText(text, selectionStart, selectionEnd, 'end');
      textarea.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
      await composer.updateComplete;
    },
  };
};

/** A paste, as far as a script can: the browser puts nothing in. */
export const paste = (target: Element, data: DataTransfer): ClipboardEvent => {
  const event = new ClipboardEvent('paste', {bubbles: true, cancelable: true});
  // WebKit takes no data from the constructor.
  Object.defineProperty(event, 'clipboardData', {value: data});
  target.dispatchEvent(event);
  return event;
};

/** What is carried by a drag or a paste. */
export const dataOf = (...contents: readonly (File | string)[]): DataTransfer => {
  const data = new DataTransfer();
  for (const each of contents) {
    if (typeof each === 'string') data.setData('text/plain', each);
    else data.items.add(each);
  }
  return data;
};

/** A drag event over an element. */
export const drag = (target: Element, type: string, data: DataTransfer): DragEvent => {
  const event = new DragEvent(type, {bubbles: true, cancelable: true});
  Object.defineProperty(event, 'dataTransfer', {value: data});
  target.dispatchEvent(event);
  return event;
};
