/** When a meeting is; epoch ms. */
export interface InvitationTime {
  readonly startsAt: number;
  readonly endsAt: number;
}

// With Z or an offset: without one it would be the time of whichever machine reads it.
const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

const daysOf = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();

/**
 * Reads a moment as `2026-01-31T09:00:00Z` or `2026-01-31T10:00+01:00` (ISO 8601); a day that is not in
 * the calendar is refused, where `Date` would count on.
 *
 * @returns epoch ms
 */
export const invitationInstant = (value: unknown): number | undefined => {
  if (typeof value !== 'string') return;
  const [, year, month, day] = INSTANT.exec(value) ?? [];
  if (!Number(day) || Number(day) > daysOf(Number(year), Number(month))) return;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
};

/** Reads a beginning and an end, which comes later. */
export const invitationTime = (starts: unknown, ends: unknown): InvitationTime | undefined => {
  const startsAt = invitationInstant(starts);
  const endsAt = invitationInstant(ends);
  return startsAt !== undefined && endsAt !== undefined && startsAt < endsAt
    ? {startsAt, endsAt}
    : undefined;
};
