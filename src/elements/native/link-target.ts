import {linkTarget} from '../../protocol/message-link.js';

// Full stops of other scripts count as dots, as browsers take them for dots in host names.
const WORDS = /[\p{L}\p{N}.。．｡-]+/gu;
const DOTS = /[.。．｡]/;
const WWW = /^www\./;

/** Words that could be a host: parts between dots, the last of which begins with a letter. */
const hostsIn = (label: string): readonly string[] => {
  // Of one address only what stands before its path counts, as `/index.html` looks like a host, too.
  const [, start] = /^(?:https?:\/\/)?([^\s/?#]+)[/?#]?\S*$/i.exec(label) ?? [];
  return ((start ?? label).match(WORDS) ?? []).filter((word) => {
    const parts = word.split(DOTS).filter(Boolean);
    return parts.length > 1 && /^\p{L}./u.test(parts.at(-1) ?? '');
  });
};

/**
 * Where a link really leads, if its label looks like another address; the real one is to be shown
 * beside it then. Names are compared by their letters as they are written: one of look-alikes from
 * another script is another name.
 *
 * @param href an address of `messageLink`
 * @returns the host or the mail address; `undefined` where the label says it, or says no address
 */
export const otherTarget = (label: string, href: string): string | undefined => {
  const target = linkTarget(href);
  const said = label.trim().toLowerCase();
  if (href.startsWith('mailto:') && said.includes('@'))
    return said.replace(/^mailto:/, '') === target.toLowerCase() ? undefined : target;
  // The port is no part of what a label's name says.
  const host = target.replace(/^.*@/, '').replace(/:\d+$/, '').replace(WWW, '').toLowerCase();
  const isHonest = hostsIn(said).every((each) => each.replace(/\.$/, '').replace(WWW, '') === host);
  return isHonest && !/:\/\//.test(said.replace(/^https?:\/\//, '')) ? undefined : target;
};
