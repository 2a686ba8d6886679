import type {UserDetails, WidgetProperties} from '../elements/floating/widget-options.js';
import type {CreateOptions} from './options.js';

/** What is no attribute: it is set as a property. */
const PROPERTIES: readonly (keyof WidgetProperties)[] = [
  'accessToken',
  'layout',
  'tools',
  'userDetailsProvider',
  'userDetailsFormatter',
];
/** What has done its work when there is a broker and a token. */
const USED_UP: readonly (keyof CreateOptions)[] = ['appId', 'environment', 'userAlias'];

/** `screenSharingExtensionURL` is `screen-sharing-extension-url`. */
const attributeOf = (option: string): string =>
  option.replace(/URL$|[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);

/** As Bandyer shows users where the page has no say; nothing that a provider tells is needed for it. */
const alias = Object.assign(({userAlias}: UserDetails): string => userAlias, {byAlias: true});

/** Writes options onto the widget. @param compat the page is one of Bandyer's, whose defaults hold */
export const write = (host: HTMLElement, options: CreateOptions, compat: boolean): void => {
  const all: CreateOptions = compat
    ? {...options, language: options.language ?? 'it'}
    : {...options};
  if (compat) all.userDetailsFormatter ??= alias;
  for (const name of PROPERTIES) {
    if (all[name]) Object.assign(host, {[name]: all[name]});
    delete all[name];
  }
  for (const name of USED_UP) delete all[name];
  for (const [name, value] of Object.entries(all)) {
    // Chats are there by default: the one attribute that says what is not.
    if (name === 'chat' && value === false) host.setAttribute(name, 'false');
    else if (value && name !== 'chat')
      host.setAttribute(attributeOf(name), value === true ? '' : String(value));
  }
};

/** Takes the widget out of the page, and from it what it was given. */
export const takeBack = (host: HTMLElement): void => {
  host.remove();
  for (const name of host.getAttributeNames()) host.removeAttribute(name);
  Object.assign(host, Object.fromEntries(PROPERTIES.map((name) => [name, undefined])));
};
