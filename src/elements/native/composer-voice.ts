import type {FileProblem} from '../../session/file-rules.js';
import {make, setText} from '../dom.js';
import {plural} from '../strings/plural.js';
import type {Language} from '../strings/strings.js';
import {composerWords, problemText, put} from './composer-words.js';

/** What is said of the composer to those who do not see it: politely, and each thing once. */
export class ComposerVoice {
  // Always there, as a live region that only comes with its text is not announced.
  readonly region = make('p', {class: 'composer-said', role: 'status'});
  #found: readonly unknown[] = [];

  /** How much there is to choose from. */
  found(items: readonly unknown[], language: Language): void {
    if (items === this.#found) return;
    this.#found = items;
    const {composerFound} = composerWords(language);
    setText(this.region, items.length ? plural(language.tag, composerFound, items.length) : '');
  }

  /**
   * A file was sent, or not.
   *
   * @param most the largest file that the workspace takes, in bytes
   */
  uploaded(
    {name}: File,
    problem: FileProblem | undefined,
    language: Language,
    most: number | undefined,
  ): void {
    const words = composerWords(language);
    const text = problem
      ? `${name}: ${problemText(problem, words, language.tag, most)}`
      : put(words.fileSent, 'file', name);
    setText(this.region, text);
  }
}
