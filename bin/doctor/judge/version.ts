import {shown} from '../shown.js';
import {ok, unchecked, wrong, type Verdict} from '../verdict.js';

/** The numbers of a version such as `8.8` or `6.11.0-rc.1`; `undefined` for anything else. */
export const numbersOf = (version: string): readonly number[] | undefined => {
  const [, ...parts] =
    /^v?(\d{1,5})(?:\.(\d{1,5}))?(?:\.(\d{1,5}))?(?:[-+ ].*)?$/.exec(version) ?? [];
  return parts[0] === undefined ? undefined : parts.map((each) => Number(each ?? 0));
};

/** Whether a version is the other or newer. */
export const isAtLeast = (version: readonly number[], other: readonly number[]): boolean => {
  for (const [index, least] of other.entries()) {
    const own = version[index] ?? 0;
    if (own !== least) return own > least;
  }
  return true;
};

/** Which versions are asked for, and in whose words. */
export interface VersionWords {
  /** Such as `Rocket.Chat`. */
  readonly product: string;
  readonly least: string;
  /** For Pexip's persistent chat. */
  readonly persistent: string;
  readonly remedy: string;
  readonly byHand: string;
}

/** Judges a version that a product has told. */
export const judgeVersion = (
  version: string,
  {product, least, persistent, remedy, byHand}: VersionWords,
): Verdict => {
  const numbers = numbersOf(version);
  if (!numbers)
    return unchecked(`${product} told no version that can be read: ${shown(version)}.`, byHand);
  if (!isAtLeast(numbers, numbersOf(least) ?? [])) {
    return wrong(`${product} is ${shown(version)}; ${least} is the least.`, remedy);
  }
  return isAtLeast(numbers, numbersOf(persistent) ?? [])
    ? ok(
        `${product} is ${shown(version)}; ${least} is the least, ${persistent} for persistent chat.`,
      )
    : ok(
        `${product} is ${shown(version)}: enough for scheduled meetings, but persistent chat of the Pexip app needs ${persistent}.`,
        `Only for persistent chat: ${remedy}`,
      );
};
