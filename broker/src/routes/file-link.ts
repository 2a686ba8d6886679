import {createHash} from 'node:crypto';

import {field, identifier} from '../../../src/protocol/guards.js';
import {BrokerError} from '../errors.js';
import type {Seal} from '../store/seal.js';

/** How long a link works, ms. */
export const LINK_LIFETIME = 5 * 60_000;

const PURPOSE = 'file-link';
const LONGEST = 4096;

/** What a link is for: one file, as one person may read it. */
export interface FileLink {
  readonly alias: string;
  /** Of the file, below the workspace's address. */
  readonly path: string;
  /** Epoch ms. */
  readonly expires: number;
}

const parse = (plain: string): FileLink | undefined => {
  const data: unknown = JSON.parse(plain);
  const alias = identifier(field(data, 'alias'), LONGEST);
  const path = identifier(field(data, 'path'), LONGEST);
  const expires = field(data, 'exp');
  if (!alias || !path || typeof expires !== 'number') return;
  return {alias, path, expires};
};

/** The refusal of a link that the broker has not made. */
export const linkInvalid = (): BrokerError =>
  new BrokerError(
    403,
    'link-invalid',
    'This link was changed or is not of this broker. Ask for a new one where you got it.',
  );

/** The text that stands for a link, and tells nothing of it. */
export const closeLink = (seal: Seal, {alias, path, expires}: FileLink): string =>
  seal.close(PURPOSE, JSON.stringify({alias, path, exp: expires}));

/**
 * Reads what a ticket stands for.
 *
 * @throws {BrokerError} `link-invalid`, `link-expired`
 */
export const openLink = (seal: Seal, ticket: string): FileLink => {
  const plain = ticket.length > 2 * LONGEST ? undefined : seal.open(PURPOSE, ticket);
  const link = plain === undefined ? undefined : parse(plain);
  if (!link) throw linkInvalid();
  if (link.expires <= Date.now()) {
    throw new BrokerError(
      410,
      'link-expired',
      'This link has expired: it works for 5 minutes. Ask for a new one where you got it.',
    );
  }
  return link;
};

/** What a link is counted under: of the link itself, as more than one text might stand for it. */
export const linkKey = ({alias, path, expires}: FileLink): string =>
  `file-link:${createHash('sha256')
    .update(JSON.stringify([alias, path, expires]))
    .digest('base64url')}`;
