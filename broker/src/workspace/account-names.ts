import {createHmac} from 'node:crypto';

import type {Seal} from '../store/seal.js';

/** Names that mean more than a person: Rocket.Chat's own mentions, accounts and blocked names. */
const RESERVED = new Set([
  'all',
  'channel',
  'everyone',
  'here',
  'me',
  'moderator',
  'null',
  'owner',
  'root',
  'support',
  'system',
  'undefined',
  'user',
]);

/** Rocket.Chat takes more; so long a name is no name for people. */
const LONGEST = 64;
const LONGEST_SLUG = 32;
/** What Rocket.Chat takes from the factory (UTF8_User_Names_Validation), begun and ended by a letter or digit. */
const VALID = /^[0-9a-zA-Z](?:[0-9a-zA-Z-_.]*[0-9a-zA-Z])?$/;

/** The names and addresses that the broker gives to the accounts of aliases. */
export class AccountNames {
  readonly #email: Buffer;
  readonly #name: Buffer;
  readonly #domain: string;

  /** @param domain of the derived addresses */
  constructor(seal: Seal, domain: string) {
    this.#email = seal.key('account-email');
    this.#name = seal.key('account-name');
    this.#domain = domain.toLowerCase();
  }

  /** The alias itself where it can be a username, else a readable name that no other alias has. */
  username(alias: string): string {
    return alias.length <= LONGEST && VALID.test(alias) && !RESERVED.has(alias.toLowerCase())
      ? alias
      : this.otherUsername(alias);
  }

  /** A name that no other alias has, for an alias whose own name cannot be had. */
  otherUsername(alias: string): string {
    const slug = alias
      .normalize('NFKD')
      .replace(/[^0-9a-zA-Z]+/g, '-')
      .slice(0, LONGEST_SLUG)
      .replace(/^-+|-+$/g, '')
      .toLowerCase();
    const mark = createHmac('sha256', this.#name).update(alias).digest('hex').slice(0, 12);
    return `${slug || 'user'}-${mark}`;
  }

  /**
   * The address of the account that the broker makes for an alias. Nobody without the broker's secret
   * can tell it beforehand: an account that has it, verified, was made by the broker for this alias.
   */
  email(alias: string): string {
    const mark = createHmac('sha256', this.#email).update(alias).digest('hex').slice(0, 32);
    return `${mark}@${this.#domain}`;
  }

  /** Whether an address is of the kind that only brokers give. */
  isDerived(address: string): boolean {
    return /^[0-9a-f]{32}@/.test(address) && address.endsWith(`@${this.#domain}`);
  }
}
