import {PexipChatError} from '../errors.js';
import type {Parts} from './parts.js';

const PARTS: {readonly [Name in keyof Parts]: () => Promise<Parts[Name]>} = {
  ar: () => import('../elements/strings/ar.js'),
  'ar-native': () => import('../elements/strings/ar-native.js'),
  around: () => import('../elements/around.js'),
  auto: () => import('../elements/auto.js'),
  broker: () => import('../elements/broker.js'),
  calls: () => import('../elements/calls.js'),
  composer: () => import('../elements/composer.js'),
  create: () => import('../widget/create.js'),
  de: () => import('../elements/strings/de.js'),
  'de-native': () => import('../elements/strings/de-native.js'),
  debug: () => import('../message-log.js'),
  desk: () => import('../elements/floating/desk.js'),
  dial: () => import('../elements/dialling.js'),
  embed: () => import('../elements/views/embed-view.js'),
  emoji: () => import('../elements/native/emoji/emoji.js'),
  files: () => import('../elements/files.js'),
  findings: () => import('../elements/findings.js'),
  it: () => import('../elements/strings/it.js'),
  'it-native': () => import('../elements/strings/it-native.js'),
  launcher: () => import('../elements/floating/launcher.js'),
  lit: () => import('../elements/lit.js'),
  live: () => import('../elements/live.js'),
  native: () => import('../elements/views/native-view.js'),
  people: () => import('../elements/people.js'),
  reasons: () => import('../elements/reasons.js'),
  rest: () => import('../elements/rest.js'),
  standby: () => import('../elements/standby.js'),
  tokens: () => import('../elements/tokens.js'),
  users: () => import('../elements/floating/users-part.js'),
  window: () => import('../elements/window/window.js'),
};

/** The script tag of the page; none where modules are imported. */
export const ownScript: HTMLScriptElement | null = null;

/** One for all who ask: of two `import()`s of a module the later one may be done first. */
const loads = new Map<keyof Parts, Promise<unknown>>();

/**
 * Loads a part when it is first needed, as a module beside this one. The classic script has
 * load-part-by-script.ts in the place of this file. Whoever asks first goes on first.
 */
export const loadPart = async <Name extends keyof Parts>(name: Name): Promise<Parts[Name]> => {
  try {
    if (!loads.has(name)) loads.set(name, PARTS[name]());
    return (await loads.get(name)) as Parts[Name];
  } catch (cause) {
    loads.delete(name);
    const text = `The module of the part "${name}" did not load. Serve all files of the package together.`;
    throw new PexipChatError('part-failed', text, {cause});
  }
};
