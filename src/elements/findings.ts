import {PexipChatError} from '../errors.js';
import {loadPart} from '../parts/load-part.js';
import {parseFindings, type Finding} from '../protocol/findings.js';
import type {AccessToken} from '../transport/broker-client.js';
import type {Examination} from './diagnosis.js';
import {workspaceAddress} from './workspace-address.js';

const DOCTOR = 'run "npx pexip-chat-room doctor" where both servers can be reached';

const unchecked = (message: string, remedy: string): Finding[] => [
  {id: 'broker', status: 'unchecked', message, remedy},
];

// A text of several lines could pass for several findings, and some controls hide what stands there.
const inOneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');

const ask = async (broker: string, accessToken: AccessToken | undefined): Promise<Finding[]> => {
  const base = workspaceAddress(broker, 'broker');
  const {brokerClient} = await loadPart('broker');
  const findings = parseFindings(await brokerClient({base, accessToken}).diagnose());
  if (!findings.length)
    return unchecked('The broker answered without findings.', `Update it, or ${DOCTOR}.`);
  return findings.map(({message, remedy, ...finding}) => ({
    ...finding,
    message: inOneLine(message),
    remedy: inOneLine(remedy),
  }));
};

/** Why the broker told nothing. Of other errors no text is taken, as it may hold a token. */
const failed = (error: unknown): Finding[] => {
  if (error instanceof PexipChatError) return unchecked(error.message, `Or ${DOCTOR}.`);
  const {status} = Object(error) as {readonly status?: unknown};
  return unchecked(
    `The broker gave no diagnosis (${status ? `HTTP ${Number(status)}` : 'no answer'}).`,
    `Check its address, its list of origins, and the accessToken of this page, or ${DOCTOR}.`,
  );
};

const textOf = ({id, status, message, remedy}: Finding): string =>
  `${status} ${id}: ${message}${remedy && `\n  Remedy: ${remedy}`}`;

/**
 * A file that is loaded when a diagnosis is waited for: what the element has seen, with what its broker
 * finds, which is told in the text, too. Says why where no broker could be asked, and doesn't fail.
 *
 * @param broker as the attribute has it
 */
export const examined = async <Seen extends object>(
  seen: Seen,
  broker: string | null,
  accessToken: AccessToken | undefined,
): Promise<Seen & Examination> => {
  const findings = broker
    ? await ask(broker, accessToken).catch(failed)
    : unchecked(
        'The element has no broker that could be asked.',
        `Give it the attribute "broker", or ${DOCTOR}.`,
      );
  const text = [JSON.stringify(seen, null, 1), ...findings.map(textOf)].join('\n');
  return Object.assign(Object.create({toString: () => text}), seen, {findings});
};
