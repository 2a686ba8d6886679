import {variableOf} from './setting.js';
import {SETTINGS} from './setting-table.js';

const unnumbered = (path: string): string => path.replace(/\[\d+\]/g, '[]');
/** The variable for a path: also for `origins[1]`, which is of the setting `origins`, and for `secretFile`. */
const variableFor = (path: string): string | undefined => {
  const isFile = path.endsWith('File');
  const wanted = path.replace(/File$/, '');
  const paths = [unnumbered(wanted), wanted.replace(/\[\d+\]$/, '')];
  const setting = SETTINGS.find((each) => paths.includes(each.path));
  if (!setting || setting.kind === 'hook') return undefined;
  return `${variableOf(setting.path)}${isFile ? '_FILE' : ''}`;
};

/** Collects what is wrong, each under the path of a setting, the first of each path. */
export class Problems {
  readonly #texts = new Map<string, string>();

  /** @param what goes on from the setting's name, as "is missing" */
  add(path: string, what: string): void {
    if (!this.#texts.has(path)) this.#texts.set(path, what);
  }

  has(path: string): boolean {
    return this.#texts.has(path);
  }

  /** A sentence for each. */
  get sentences(): readonly string[] {
    return Array.from(this.#texts, ([path, what]) => {
      const variable = variableFor(path);
      const end = /[.?!]$/.test(what) ? '' : '.';
      return `${path}${variable ? ` (${variable})` : ''} ${what}${end}`;
    });
  }
}
