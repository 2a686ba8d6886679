import {html, render, type TemplateResult} from 'lit';

import {warnOfError} from '../../log.js';
import {VERSION} from '../../version.js';
import type {WidgetOperations} from '../floating/widget-operations.js';
import {make} from '../dom.js';
import {Avatar} from './avatar.js';
import type {Heading, Speech, ViewName, ViewPlace, WindowView} from './view-types.js';

/** The languages of the texts; what they are called is known to browsers. */
export const LANGUAGES = ['ar', 'de', 'en', 'it'] as const;

const nameOf = (tag: string): string => {
  const name = new Intl.DisplayNames(tag, {type: 'language'}).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
};

/** Who is signed in, the language, and the way out. */
export class SettingsView implements WindowView {
  readonly back: ViewName = 'list';
  readonly actions: readonly ViewName[] = [];
  readonly element = make('section', {part: 'settings', class: 'settings'});
  readonly #place: ViewPlace;
  readonly #avatar = new Avatar();

  constructor(place: ViewPlace) {
    this.#place = place;
  }

  heading({words}: Speech): Heading {
    return {text: words.windowSettings};
  }

  show(speech: Speech): void {
    render(this.#render(speech), this.element);
  }

  focus(): boolean {
    this.element.querySelector('select')?.focus();
    return true;
  }

  #render({language, words}: Speech): TemplateResult {
    const {desk} = this.#place.window;
    const {user} = desk.state;
    const person = user && desk.person(user.username);
    if (person) this.#avatar.show({...person, username: user.username});
    return html`
      <div class="who">
        ${
          person
            ? html`${this.#avatar.element}
                <p>
                  ${words.windowUser} <strong><bdi lang="">${person.name}</bdi></strong>
                </p>`
            : html`<p>${words.windowNobody}</p>`
        }
      </div>
      <label>
        <span>${words.windowLanguage}</span>
        <select @change=${(event: Event) => this.#speak(event)}>
          ${LANGUAGES.map(
            (tag) =>
              html`<option value=${tag} lang=${tag} ?selected=${tag === language.tag}>
                ${nameOf(tag)}
              </option>`,
          )}
        </select>
      </label>
      <button type="button" class="plain" ?hidden=${!user} @click=${() => this.#signOut(words)}>
        ${words.windowSignOut}
      </button>
      <p class="version">${words.windowVersion.replace('{version}', VERSION)}</p>
    `;
  }

  /** By the attribute, so that a page can tell and change it. */
  #speak({target}: Event): void {
    this.#place.window.host.setAttribute('language', (target as HTMLSelectElement).value);
  }

  async #signOut(words: Speech['words']): Promise<void> {
    const {hands, window} = this.#place;
    if (!(await hands.confirm(words.windowSignOutAsk, words.windowSignOut))) return;
    // By the element, which takes itself away.
    const widget = window.host as HTMLElement & Pick<WidgetOperations, 'logout'>;
    await widget.logout().catch(warnOfError);
  }
}
