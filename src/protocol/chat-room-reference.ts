/**
 * Turns the `room` of a chat pane into the paths under which Rocket.Chat shows it.
 *
 * `#name` is a channel, `@user` a direct message, `channel/…`, `group/…`, `direct/…` Rocket.Chat's
 * own path form. A bare id does not tell its kind: the three are to be tried in turn.
 *
 * @returns one or three paths without a leading slash, encoded; none if `room` is no room
 */
export const roomPaths = (room: string): string[] => {
  const [, mark, kind, name = ''] =
    /^(?:([#@])|(channel|group|direct)\/|(?![#@]))([^/]+)$/.exec(room) ?? [];
  // "." and ".." would be path steps, however they are encoded.
  if (!name.trim() || /^\.+$|\p{Cs}/u.test(name)) return [];
  const kinds = mark === '#' ? ['channel'] : mark === '@' ? ['direct'] : kind ? [kind] : undefined;
  return (kinds ?? ['channel', 'group', 'direct']).map(
    (each) => `${each}/${encodeURIComponent(name)}`,
  );
};
