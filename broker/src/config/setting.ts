import type {Kind} from './kinds.js';

/** One thing that the operator decides. */
export interface Setting {
  /** Its place in `BrokerSettings` and in the configuration file; `[]` after a list of tables. */
  readonly path: string;
  readonly kind: Kind;
  /** A line for docs/broker.md. */
  readonly about: string;
  /** As it would be written in the configuration file; without one the setting is absent. */
  readonly default?: string | number | boolean | readonly string[];
  /** Missing is a problem; within `cookie` and `jwt[]` only if that is there. */
  readonly required?: true;
  /** How to come by a value, where it is missing. */
  readonly remedy?: string;
  /** Several values of the kind. */
  readonly list?: true;
  /** Its value is never repeated, and it can be read from a file of its own (`…File`, `…_FILE`). */
  readonly secret?: true;
  /** Not secret, but can be read from a file of its own, too. */
  readonly file?: true;
  /** Another environment variable, as other programs call it. */
  readonly alias?: string;
  /** Of a number: bounds, included. Of a time: in seconds. Of a secret: bytes. */
  readonly least?: number;
  readonly most?: number;
  /** Of a choice. */
  readonly choices?: readonly string[];
  /** Of an address: where http will do; default `loopback`. */
  readonly http?: 'anywhere' | 'loopback';
}

const unbracketed = (path: string): string => path.replace(/\[\d*\]/g, '');

/** The environment variable of a setting: `BROKER_ROCKET_CHAT_USER_ID` of `rocketChat.userId`. */
export const variableOf = (path: string): string =>
  `BROKER_${unbracketed(path)
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll('.', '_')
    .toUpperCase()}`;

/** Whether the value may stand in a file of its own. */
export const hasFile = ({secret, file}: Setting): boolean => Boolean(secret ?? file);
