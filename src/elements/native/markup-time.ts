import type {TimeFormat} from '../../protocol/markup-types.js';

const FORMATS: Readonly<Record<Exclude<TimeFormat, 'R'>, Intl.DateTimeFormatOptions>> = {
  t: {timeStyle: 'short'},
  T: {timeStyle: 'medium'},
  d: {dateStyle: 'short'},
  D: {dateStyle: 'long'},
  f: {dateStyle: 'long', timeStyle: 'short'},
  F: {dateStyle: 'full', timeStyle: 'short'},
};

/** Units of time from long to short, in ms. */
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

const relative = (tag: string, milliseconds: number): string => {
  const [unit, length] = UNITS.find(([, each]) => Math.abs(milliseconds) >= each) ?? [
    'second' as const,
    1000,
  ];
  const format = new Intl.RelativeTimeFormat(tag, {numeric: 'auto'});
  return format.format(Math.trunc(milliseconds / length), unit);
};

/**
 * A point in time as a language writes it, in the time zone of whoever reads it.
 *
 * @param time epoch ms
 * @param now against which `R` is told: epoch ms
 */
export const timeText = (tag: string, time: number, format: TimeFormat, now: number): string =>
  format === 'R'
    ? relative(tag, time - now)
    : new Intl.DateTimeFormat(tag, FORMATS[format]).format(time);
