const PREFIX = 'Conference Call Chat History';

/**
 * What the discussion of a meeting is called, as Rocket.Chat's own integration calls it. A name is for
 * people: two meetings may have the same.
 *
 * @param at when the meeting begins, epoch ms
 * @param timeZone such as `Europe/Berlin`
 */
export const discussionName = (at: number, timeZone: string): string => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(format.formatToParts(at).map(({type, value}) => [type, value]));
  const [year, month, day, hour, minute] = ['year', 'month', 'day', 'hour', 'minute'].map((each) =>
    parts.get(each as Intl.DateTimeFormatPartTypes),
  );
  return `${PREFIX} - ${year}-${month}-${day} ${hour}:${minute}`;
};
