/** Every event of a room that a page may listen to. */
export const ROOM_EVENTS = [
  'pexip-ready',
  'pexip-features-changed',
  'pexip-connected',
  'pexip-disconnected',
  'pexip-chat-toggle-request',
  'pexip-chat-toggled',
  'pexip-dial-out-request',
  'pexip-dial-out-succeeded',
  'pexip-dial-out-failed',
  'pexip-roster-changed',
  'pexip-self-changed',
  'pexip-participants-toggle-request',
  'pexip-error',
] as const;
