import {invitationRow} from './invitation-row.js';

/** Where a meeting is joined; every part as src/protocol/invitation-place.ts has read it. */
export interface InvitationPlace {
  /** The workspace's host, with its port and path if it has any: `chat.example.com`. */
  readonly workspace: string;
  /** Origin of the Conferencing Node, such as `https://pexip.example.com`. */
  readonly node: string;
  /** Branding path of Web App 3; without it the links are those of the default branding. */
  readonly path?: string | undefined;
  /** Address of Rocket.Chat's icon; default: the one that the workspace itself serves. */
  readonly icon?: string | undefined;
}

/** By what one is invited. */
export interface Invitation {
  /** Opens Rocket.Chat's client, which opens the meeting. */
  readonly rocketChatUrl: string;
  /** Opens the meeting in the browser. */
  readonly webAppUrl: string;
  /** A table row with the first link, for the HTML of an invitation. */
  readonly html: string;
}

/** What Pexip's Secure Scheduler for Exchange fills in; it stands in no alias, as braces are encoded there. */
const PLACEHOLDER = /(\{\{\w+\}\})/;
const NODE = 'https://{{addin_server_domain}}';
const ALIAS = '{{numeric_alias}}';
const SHOWN = '{{alias}}';
/** As the document has it; whoever uses the template puts the address in. */
const ICON = 'https://[your link to Rocket.Chat icon]';

/** With these, too, nothing is left that a quote or a bracket of another language could end. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Encodes for a query what may have placeholders, which stay as they are. */
const aroundPlaceholders = (text: string): string =>
  text
    .split(PLACEHOLDER)
    .map((part, index) => (index % 2 ? part : encoded(part)))
    .join('');

/** `/brand`, or nothing. */
const step = (path: string | undefined): string => (path ? `/${path}` : '');

/**
 * The link as "Enabling scheduled meetings" of Pexip's document has it: the meeting's address is encoded
 * as a parameter of a path, which is encoded as a parameter itself.
 */
const rocketChatLink = ({workspace, node, path}: InvitationPlace, alias: string): string => {
  const callUrl = `${node}${step(path)}/conference?conference=${alias}`;
  const place = `conference/${alias}?callUrl=${aroundPlaceholders(callUrl)}&callProvider=Pexip`;
  return `https://go.rocket.chat/conference?host=${encoded(workspace)}&path=${aroundPlaceholders(place)}`;
};

/** The link as "Pexip Webapp3 links" of that document has it. */
const webAppLink = ({node, path}: InvitationPlace, alias: string): string =>
  `${node}${step(path || 'webapp')}/m/${alias}`;

/**
 * An invitation into the meeting of an alias, which `invitationAlias` has read: a personal VMR's, or a
 * single-use one's.
 */
export const invitationFor = (place: InvitationPlace, alias: string): Invitation => {
  const rocketChatUrl = rocketChatLink(place, encoded(alias));
  const icon = place.icon ?? `https://${place.workspace}/assets/touchicon_180.png`;
  return {
    rocketChatUrl,
    webAppUrl: webAppLink(place, encoded(alias)),
    html: invitationRow({icon, href: rocketChatUrl, alias}),
  };
};

/**
 * An invitation for a template of joining instructions in Pexip's Secure Scheduler for Exchange, for
 * personal and for single-use VMRs alike: its placeholders stand where an invitation has the rest.
 */
export const invitationTemplate = (place: Omit<InvitationPlace, 'node'>): Invitation => {
  const whole = {...place, node: NODE};
  const rocketChatUrl = rocketChatLink(whole, ALIAS);
  const icon = place.icon ?? ICON;
  return {
    rocketChatUrl,
    webAppUrl: webAppLink(whole, ALIAS),
    html: invitationRow({icon, href: rocketChatUrl, alias: SHOWN}),
  };
};
