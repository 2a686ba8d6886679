import {clockText, dateFormat, dayOf} from '../native/native-time.js';

/** Days for which the name of the day says enough. */
const WEEK = 7;

const relative = new Map<string, Intl.RelativeTimeFormat>();

const yesterday = (tag: string): string => {
  let format = relative.get(tag);
  if (!format) relative.set(tag, (format = new Intl.RelativeTimeFormat(tag, {numeric: 'auto'})));
  return format.format(-1, 'day');
};

/** When the latest message came, as short as it can be told; empty if that is not known. @param now epoch ms */
export const chatTime = (tag: string, time: number, now = Date.now()): string => {
  if (!time) return '';
  const ago = dayOf(now) - dayOf(time);
  // The server's clock may be ahead.
  if (ago <= 0) return clockText(tag, time);
  if (ago === 1) return yesterday(tag);
  if (ago < WEEK) return dateFormat(tag, {weekday: 'long'}).format(time);
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return dateFormat(
    tag,
    sameYear
      ? {day: 'numeric', month: 'short'}
      : {day: 'numeric', month: 'numeric', year: 'numeric'},
  ).format(time);
};
