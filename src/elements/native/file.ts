import {html, LitElement, nothing, type PropertyDeclarations, type TemplateResult} from 'lit';

import type {FileAttachment, ImageAttachment} from '../../protocol/attachment-types.js';
import {linkTarget} from '../../protocol/message-link.js';
import type {FilesStrings} from '../strings/files-en.js';
import type {Language} from '../strings/strings.js';
import {sizeText} from './composer-words.js';
import type {FileAccess, MessageContext} from './context.js';
import {filesWords} from './files-words.js';
import {signs} from './signs.js';

/** Types of pictures that browsers draw and nothing can hide scripts in. */
const PICTURES = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/;

/** Places for pictures are no larger, in CSS pixels. */
const MOST = {width: 320, height: 240};

type Shown = FileAttachment | ImageAttachment;

/** Whether it is the same file still: with each change of its message it is told anew. */
const isSame = (one: Shown | undefined, other: Shown): boolean =>
  (['type', 'url', 'mediaType'] as const).every((name) => one?.[name] === other[name]);

/** The pictures of the workspace that somebody has opened, by their paths: they come back as they were. */
const opened = new WeakMap<FileAccess, Map<string, string>>();

/** A file of a message: a picture where it can be shown, else its name and a way to save it. */
export class RcFileElement extends LitElement {
  static override properties: PropertyDeclarations = {
    file: {attribute: false},
    context: {attribute: false},
    language: {attribute: false},
    picture: {state: true},
    problem: {state: true},
  };

  declare file: Shown;
  declare context: MessageContext;
  declare language: Language;
  /** Where the picture is, once somebody wants to see it. */
  declare picture: string | undefined;
  declare problem: boolean;
  #busy = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const {file, context} = this;
    if (!changed.has('file') || isSame(changed.get('file') as Shown | undefined, file)) return;
    this.problem = false;
    this.picture = this.#isPicture
      ? (context.files.direct(file) ?? opened.get(context.files)?.get(file.url))
      : undefined;
  }

  protected override render(): TemplateResult {
    return this.picture && !this.problem ? this.#shownPicture(this.picture) : this.#card();
  }

  /** Like all else in a message, Tab reaches it in the one that has been gone to. */
  protected override updated(): void {
    const {tabIndex = 0} = this.closest('article') ?? {};
    for (const each of this.querySelectorAll('button')) each.tabIndex = tabIndex;
  }

  get #isPicture(): boolean {
    const {file} = this;
    return file.type === 'image' && (!file.mediaType || PICTURES.test(file.mediaType));
  }

  /** The place is there before the picture is, so that nothing moves when it comes. */
  #shownPicture(address: string): TemplateResult {
    const file = this.file as ImageAttachment;
    const {width = MOST.width, height = MOST.height} = file;
    const scale = Math.min(1, MOST.width / width, MOST.height / height);
    const label = filesWords(this.language).filesImage.replace('{name}', () => file.title);
    return html`<img
      class="picture"
      src=${address}
      alt=${label}
      width=${Math.round(width * scale)}
      height=${Math.round(height * scale)}
      loading="lazy"
      referrerpolicy="no-referrer"
      @error=${() => this.#failed(address)}
    />`;
  }

  /** Not of the workspace: its server hears of whoever asks for it, and is named before. */
  get #isRemote(): boolean {
    return !this.file.url.startsWith('/');
  }

  #card(): TemplateResult {
    const {title, size, url} = this.file;
    const words = filesWords(this.language);
    return html`<p class="file">
      ${signs.file}
      <span
        ><bdi>${title}</bdi>${
          size === undefined ? nothing : html` <small>${sizeText(this.language.tag, size)}</small>`
        }${this.#isRemote ? html` <small><bdi>${linkTarget(url)}</bdi></small>` : nothing}</span
      >
      ${this.#way(words)}
      ${this.problem ? html`<small role="alert">${words.filesFailed}</small>` : nothing}
    </p>`;
  }

  /** How it is come by: by a button, by a link, or not at all. */
  #way(words: FilesStrings): TemplateResult | typeof nothing {
    const {title, url} = this.file;
    const {files} = this.context;
    const remote = this.#isRemote;
    if (remote ? this.#isPicture : files.fetches) {
      const open = this.#isPicture ? words.filesImageShow : words.filesDownload;
      return html`<button
        type="button"
        @click=${() => this.#fetch()}
        aria-label=${open.replace('{name}', () => title)}
      >
        ${signs.down}
      </button>`;
    }
    const address = remote ? url : files.direct(this.file);
    if (!address || this.#isPicture) return nothing;
    // In a place of its own, as a page is left for what its server does not say is a file.
    return html`<a
      href=${address}
      download=${title}
      target="_blank"
      rel="noopener noreferrer"
      aria-label=${words.filesDownload.replace('{name}', () => title)}
      >${signs.down}</a
    >`;
  }

  #failed(address: string): void {
    this.picture = undefined;
    // Where the workspace gives its pictures to nobody without a cookie, there may be another way.
    const {files} = this.context;
    this.problem = !files.fetches || address !== files.direct(this.file);
  }

  #open(address: string): void {
    const {files} = this.context;
    this.picture = address;
    // To load one of elsewhere again tells its server again.
    if (this.#isRemote) return;
    if (!opened.has(files)) opened.set(files, new Map());
    opened.get(files)!.set(this.file.url, address);
  }

  async #fetch(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const {file} = this;
    try {
      const address = await this.context.files.fetch(file);
      if (!isSame(file, this.file)) return;
      this.problem = false;
      if (this.#isPicture) this.#open(address);
      else save(address, file.title);
    } catch {
      this.problem = isSame(file, this.file);
    } finally {
      this.#busy = false;
    }
  }
}

/** Lets the browser save what is at an address of ours. */
const save = (address: string, name: string): void => {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
};
