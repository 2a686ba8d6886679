import type {NativeStrings} from '../strings/native-en.js';
import type {Language} from '../strings/strings.js';

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format of a language, kept, as each costs more than a hundred uses of it. */
export const dateFormat = (
  tag: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat => {
  const key = tag + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(tag, options)));
  return format;
};

/** The time of day, as the language writes it. */
export const clockText = (tag: string, time: number): string =>
  dateFormat(tag, {hour: 'numeric', minute: '2-digit'}).format(time);

/** Day and time in full. */
export const momentText = (tag: string, time: number): string =>
  dateFormat(tag, {dateStyle: 'full', timeStyle: 'short'}).format(time);

/** Counts days in the time zone of the device. */
export const dayOf = (time: number): number => {
  const date = new Date(time);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
};

/** A day as people call it: today, yesterday, or its date. @param now epoch ms */
export const dayText = (
  {tag}: Language,
  words: NativeStrings,
  time: number,
  now = Date.now(),
): string => {
  const ago = dayOf(now) - dayOf(time);
  if (ago === 0) return words.nativeToday;
  if (ago === 1) return words.nativeYesterday;
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return dateFormat(tag, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(!sameYear && {year: 'numeric'}),
  }).format(time);
};

/** Names in a row as the language writes them, and how many more there are. */
export const namesText = (
  tag: string,
  words: NativeStrings,
  names: readonly string[],
  count: number,
  most = 10,
): string => {
  const shown = names.slice(0, most);
  const list = new Intl.ListFormat(tag).format(shown);
  const rest = count - shown.length;
  if (rest <= 0) return list;
  return words.nativeAnd
    .replace('{count}', new Intl.NumberFormat(tag).format(rest))
    .replace('{names}', () => shown.join(', '));
};
