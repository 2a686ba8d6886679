import {element} from './dom.js';

const TONES = 6;

const initialsOf = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toLocaleUpperCase();
};

/** Draws a person's initials on a colour of their own. Their name stands beside it as text. */
export const avatar = (username: string, name: string): HTMLElement => {
  const sum = Array.from(username, (letter) => letter.codePointAt(0) ?? 0).reduce(
    (total, code) => total * 31 + code,
    7,
  );
  const tone = String(sum % TONES);
  return element(
    'span',
    {class: 'avatar', 'aria-hidden': 'true', 'data-tone': tone},
    initialsOf(name),
  );
};
