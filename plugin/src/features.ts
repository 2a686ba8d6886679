/**
 * What the plugin offers a page of a listed origin. Controls have the names of their messages.
 *
 * Source: RocketChat/Pexip.External.Chat, branch v2, README, message `ready`.
 */
export const FEATURES: readonly string[] = Object.freeze([
  'chat',
  'dial-out',
  'participants',
  'roster',
  'self',
  'mute',
  'mute-video',
  'admit',
  'disconnect',
  'spotlight',
  'raise-hand',
  'set-role',
  'transfer',
  'dtmf',
  'mute-all-guests',
]);

/** What it offers if it was packaged without origins: any site may embed it then. */
export const FEATURES_FOR_ANYBODY: readonly string[] = Object.freeze(['chat']);
