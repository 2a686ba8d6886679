import type {StaticVmr} from './options.js';
import type {Service} from './service.js';

/** Infinity's own rooms. An alias is found whatever its case, and by its number at any domain. */
export class StaticVmrs {
  readonly #vmrs: ReadonlyMap<string, Service>;

  constructor(vmrs: readonly StaticVmr[]) {
    this.#vmrs = new Map(vmrs.map((vmr) => [plain(vmr.alias), serviceOf(vmr)]));
  }

  find(alias: string): Service | undefined {
    return this.#vmrs.get(plain(alias));
  }
}

const plain = (alias: string): string =>
  alias
    .toLowerCase()
    .replace(/^(?:sips?|h323):/, '')
    .replace(/@.*/, '');

const serviceOf = ({alias, name = alias, pin, guestPin, ...more}: StaticVmr): Service => ({
  name,
  type: 'conference',
  tag: '',
  ...(pin && {pin}),
  ...(guestPin && {guestPin}),
  allowGuests: more.allowGuests ?? pin !== undefined,
  isLocked: false,
  automatic: [],
  common: '',
});
