import type {BandyerOptions} from '../elements/floating/widget-options.js';
import {ownScript} from '../parts/load-part.js';
import {invalidOption} from './option-error.js';
import {address} from './option-kinds.js';
import type {CreateOptions} from './options.js';

const ENVIRONMENTS = ['sandbox', 'production'] as const;

/**
 * The address of the broker: the option's, that of the environment, or that of the script tag.
 *
 * @throws {PexipChatError} `invalid-option`: there is none, or the script tag has none that can be used
 */
export const brokerOf = (
  {broker, environment}: CreateOptions,
  environments: BandyerOptions['environments'] = {},
): string => {
  const byTag = (name: string): string | undefined => {
    const value = ownScript?.getAttribute(name);
    return value ? address()(value, name) : undefined;
  };
  const found =
    broker ??
    (environment && (environments[environment] ?? byTag(`data-broker-${environment}`))) ??
    byTag('data-broker');
  if (found) return found;
  const named = ENVIRONMENTS.some((one) => environments[one] ?? byTag(`data-broker-${one}`));
  if (!environment && named)
    throw invalidOption(
      'The option "environment" is missing: "sandbox" or "production" says which of the brokers that the page names.',
    );
  const one = environment ?? '…';
  throw invalidOption(
    `The option "broker" is missing, and nothing else names a broker${environment ? ` for "${one}"` : ''}: ` +
      `not data-broker or data-broker-${one} of the script tag, nor environments.${one} of compat().`,
  );
};
