/** What an attribute of the widget, and the option of the same meaning, can be; the first is its default. */
export const OPTION_VALUES = {
  'call-type': ['audio_video', 'audio_only', 'audio_upgradable'],
  mode: ['embed', 'window'],
  'recording-type': ['automatic', 'manual'],
  view: ['native', 'embed'],
} as const;

/** Attributes of the widget that are there or not. */
export const OPTION_FLAGS = ['feedback', 'hidden', 'is-admin', 'record', 'use-cookie'] as const;

/** Tools that can be switched, in the order of the documents. */
export const TOOLS = [
  'chat',
  'screen_sharing',
  'file_upload',
  'whiteboard',
  'snapshot',
  'live_edit',
  'live_pointer',
] as const;

/** What an object as the tool `whiteboard` can have. */
export const WHITEBOARD_TOOLS = [
  'wb_add_file',
  'wb_cursor',
  'wb_text',
  'wb_shape',
  'wb_pen',
  'wb_eraser',
] as const;

/** What an access token that is text must be: a header holds it, and a browser that refuses one may repeat it. */
export const TOKEN_TEXT = /^[!-~]{1,16384}$/;
/** The same, as pages are told of it. */
export const TOKEN_ALLOWED = 'a token in ASCII without spaces, or a function that gives it';
