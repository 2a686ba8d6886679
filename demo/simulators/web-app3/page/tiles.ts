import type {InfinityParticipant} from '@pexip/plugin-api';

import {LIMITS, text} from '../../../../src/protocol/guards.js';
import {element} from './dom.js';
import {drawIcon} from './icons.js';
import type {Attendee} from './people.js';

/** What a tile shows in its corner: a member of the participant, the icon, the words. */
const MARKS = [
  ['isPresenting', 'IconShare', 'presenting'],
  ['raisedHand', 'IconRaiseHand', 'hand raised'],
  ['isSpotlight', 'IconSpotlight', 'in the spotlight'],
  ['isMuted', 'IconMicrophoneOff', 'muted by a host'],
] as const;

/** The name to show; a test may give one of a wrong type. */
export const nameOf = ({displayName}: InfinityParticipant): string =>
  text(displayName, LIMITS.name) ?? '';

/** The first letters of the first and the last word of a name. */
export const initials = (name: string): string => {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? ['?'];
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
};

/** A hue of 0 to 359 degrees that stays the same for the same name. */
export const hueOf = (name: string): string =>
  String([...name].reduce((hash, letter) => (hash * 137 + letter.charCodeAt(0)) % 360, 0));

/** The initials in a circle, for the eye only. */
export const drawAvatar = (name: string): HTMLElement => {
  const avatar = element('span', 'avatar', initials(name));
  avatar.ariaHidden = 'true';
  avatar.style.setProperty('--hue', hueOf(name));
  return avatar;
};

const drawMark = (icon: string, words: string): HTMLElement => {
  const mark = element(
    'span',
    `mark ${icon}`,
    drawIcon(icon),
    element('span', 'hidden-text', words),
  );
  mark.title = words;
  return mark;
};

/** Draws one participant: initials, name, and what is to be known of them. */
export const drawTile = ({participant, ringing}: Attendee, isSelf: boolean): HTMLLIElement => {
  const name = nameOf(participant);
  const label = element('span', 'label', element('span', 'person', name));
  const note = (words: string, className = 'note'): void => {
    label.append(' ', element('span', className, words));
  };
  if (isSelf) note('(you)');
  if (participant.role === 'chair') note('Host');
  if (ringing) note('Ringing…');
  if (participant.isClientMuted === true) {
    note('microphone off', 'hidden-text');
    label.append(drawIcon('IconMicrophoneOff'));
  }
  if (participant.isCameraMuted === true) {
    note('camera off', 'hidden-text');
    label.append(drawIcon('IconVideoOff'));
  }
  const tile = element('li', ringing ? 'tile ringing' : 'tile', drawAvatar(name), label);
  const shown = MARKS.filter(([member]) => participant[member] === true);
  const marks = shown.map(([, icon, words]) => drawMark(icon, words));
  if (marks.length > 0) tile.append(' ', element('span', 'marks', ...marks));
  tile.style.setProperty('--hue', hueOf(name));
  return tile;
};
