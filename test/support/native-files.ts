import {oneEvent} from '@open-wc/testing';

import type {RcComposerElement} from '../../src/elements/native/composer.js';
import {setupBroker} from './broker-pane.js';
import {place, setAttributes} from './mount.js';
import {NativePage} from './native.js';
import {waitUntil} from './wait.js';

/** The files of a native view: those in the composer, and those in messages. */
export class NativeFiles {
  readonly page: NativePage;

  constructor(page: NativePage) {
    this.page = page;
  }

  get composer(): RcComposerElement {
    return this.page.find('.conversation > rc-composer');
  }

  /** What is said of each file in the composer. */
  get details(): readonly string[] {
    return [...this.page.root.querySelectorAll('.composer-chip .composer-detail')].map(
      ({textContent}) => textContent.trim(),
    );
  }

  /** Attaches files and sends them with a text. */
  async send(files: readonly File[], text = ''): Promise<void> {
    this.composer.addFiles(files);
    await this.composer.updateComplete;
    this.page.send(text);
  }

  /** Resolves when this is said of a file in the composer. */
  says(text: string): Promise<void> {
    return waitUntil(() => this.details.some((each) => each.includes(text)), `it says "${text}"`);
  }

  /** Resolves when the composer has no file any more. */
  gone(): Promise<void> {
    return waitUntil(() => !this.page.root.querySelector('.composer-chip'), 'no file is left');
  }

  /** Presses a button of the composer, by its name. */
  press(name: string): void {
    const {composer} = this;
    const found = [...composer.querySelectorAll('button')].find(
      (each) => each.ariaLabel === name || each.textContent.trim() === name,
    );
    if (!found) throw new Error(`No button "${name}".`);
    found.click();
  }
}

/** The native view of somebody who is signed in by a broker, which passes files on. */
export const setupBrokerNative = async (...setup: Parameters<typeof setupBroker>) => {
  const scene = await setupBroker(...setup);
  const {pane} = scene;
  setAttributes(pane, {view: 'native'});
  const ready = oneEvent(pane, 'rc-ready');
  place(pane);
  await ready;
  const page = new NativePage(pane);
  await waitUntil(() => page.root.querySelector('rc-composer textarea'), 'one can write');
  return {...scene, page, files: new NativeFiles(page)};
};

/** A file of so many bytes. */
export const fileOf = (name: string, type = 'text/plain', size = 10): File =>
  new File([new Uint8Array(size)], name, {type});

/** A picture that browsers can draw. */
export const pictureOf = async (name: string): Promise<File> => {
  const canvas = document.createElement('canvas');
  canvas.width = 60;
  canvas.height = 40;
  canvas.getContext('2d')!.fillRect(0, 0, 30, 20);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  return new File([blob!], name, {type: 'image/png'});
};
