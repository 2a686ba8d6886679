import {shown, shownList} from '../shown.js';
import {ok, unchecked, wrong, type Verdict} from '../verdict.js';

/** Where these settings are. */
const PLACE = 'Manage > Workspace > Settings > General > Iframe Integration';
const NATIVE = 'A pane with view="native" does not need it.';

/** Public settings by id, as `settings.public` tells them. */
export type PublicSettings = ReadonlyMap<string, unknown>;

/** The origin that `postMessage` makes of a target, which may have a path; `undefined` if it throws. */
const targetOf = (target: string): string | undefined =>
  URL.canParse(target) ? new URL(target).origin : undefined;

/** Judges what the workspace's page tells the page around it, and whom (`Iframe_Integration_send_*`). */
export const judgeEvents = (settings: PublicSettings, origins: readonly string[]): Verdict => {
  const enabled = settings.get('Iframe_Integration_send_enable');
  const target = settings.get('Iframe_Integration_send_target_origin');
  if (typeof enabled !== 'boolean') return notTold('Iframe_Integration_send_enable', 'Enable Send');
  if (!enabled) {
    return wrong(
      `Rocket.Chat's page tells the page around it nothing (Iframe_Integration_send_enable is off). ${NATIVE}`,
      `Turn on ${PLACE} > Enable Send.`,
    );
  }
  if (target === '*') {
    return ok(
      "Rocket.Chat's page sends its events, to every page around it (Send Target Origin is *).",
      `With pages on one origin only, set ${PLACE} > Send Target Origin to it.`,
    );
  }
  if (typeof target !== 'string')
    return notTold('Iframe_Integration_send_target_origin', 'Send Target Origin');
  if (origins.length === 0) return noPage('Send Target Origin', target);
  const others = origins.filter((origin) => origin !== targetOf(target));
  if (others.length === 0) return ok(`Rocket.Chat's page sends its events to ${shown(target)}.`);
  return wrong(
    `Rocket.Chat's page sends its events to ${shown(target)} alone, which is not ${others.join(', ')}.`,
    origins.length === 1
      ? `Set ${PLACE} > Send Target Origin to ${origins[0]}.`
      : `There is one target only, and a list of them sends nothing: set ${PLACE} > Send Target Origin to *.`,
  );
};

/** Judges which commands the workspace's page takes, and of whom (`Iframe_Integration_receive_*`). */
export const judgeCommands = (settings: PublicSettings, origins: readonly string[]): Verdict => {
  const enabled = settings.get('Iframe_Integration_receive_enable');
  const listed = settings.get('Iframe_Integration_receive_origin');
  if (typeof enabled !== 'boolean')
    return notTold('Iframe_Integration_receive_enable', 'Enable Receive');
  if (!enabled) {
    return wrong(
      `Rocket.Chat's page takes no command, so that nobody is signed in by token (Iframe_Integration_receive_enable is off). ${NATIVE}`,
      `Turn on ${PLACE} > Enable Receive.`,
    );
  }
  if (listed === '*') {
    return ok(
      "Rocket.Chat's page takes commands, of every page around it (Receive Origins is *).",
      `List your pages in ${PLACE} > Receive Origins instead.`,
    );
  }
  if (typeof listed !== 'string')
    return notTold('Iframe_Integration_receive_origin', 'Receive Origins');
  if (origins.length === 0) return noPage('Receive Origins', listed);
  // Letter by letter, as Rocket.Chat compares: nothing is trimmed.
  const known = listed.split(',');
  const missing = origins.filter((origin) => !known.includes(origin));
  if (missing.length === 0) return ok("Rocket.Chat's page takes commands of the pages.");
  const near = known.filter((each) =>
    missing.includes(each.trim().replace(/\/+$/, '').toLowerCase()),
  );
  const why = near.length
    ? ` ${shownList(near)} does not count: a space, a slash at the end or a capital letter is another origin to Rocket.Chat.`
    : '';
  return wrong(
    `Rocket.Chat's page takes no command of ${missing.join(', ')}; Receive Origins is ${shown(listed)}.${why}`,
    `Set ${PLACE} > Receive Origins to ${origins.join(',')} (commas without spaces, no slash at the end).`,
  );
};

const notTold = (id: string, label: string): Verdict =>
  unchecked(`The workspace did not tell the setting ${id}.`, `Look at ${PLACE} > ${label}.`);

const noPage = (label: string, value: string): Verdict =>
  unchecked(
    `The setting is on, for ${shown(value)}; no page was given to compare with.`,
    `Run the doctor with --page, or compare ${PLACE} > ${label} with the origin of your page.`,
  );
