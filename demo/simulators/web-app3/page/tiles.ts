import {drawIcon} from './icons.js';
import type {Attendee} from './participants.js';

/** Makes an element with a class and children. */
const element = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: (string | Node)[]
): HTMLElementTagNameMap[Name] => {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
};

/** The first letters of the first and the last word of a name. */
export const initials = (name: string): string => {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? ['?'];
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
};

/** A hue of 0 to 359 degrees that stays the same for the same name. */
export const hueOf = (name: string): string =>
  String([...name].reduce((hash, letter) => (hash * 137 + letter.charCodeAt(0)) % 360, 0));

/** Draws one participant: initials, name, and what is to be known of them. */
export const drawTile = ({participant, ringing}: Attendee, isSelf: boolean): HTMLLIElement => {
  const name = participant.displayName ?? '';
  const avatar = element('span', 'avatar', initials(name));
  avatar.ariaHidden = 'true';
  const label = element('span', 'label', element('span', 'person', name));
  const note = (text: string, className = 'note'): void => {
    label.append(' ', element('span', className, text));
  };
  if (isSelf) note('(you)');
  if (ringing) note('Ringing…');
  if (participant.isClientMuted) {
    note('microphone off', 'hidden-text');
    label.append(drawIcon('IconMicrophoneOff'));
  }
  if (participant.isCameraMuted) {
    note('camera off', 'hidden-text');
    label.append(drawIcon('IconVideoOff'));
  }
  const tile = element('li', ringing ? 'tile ringing' : 'tile', avatar, label);
  tile.style.setProperty('--hue', hueOf(name));
  return tile;
};
