/**
 * The lines that keep out what must not come in, each with what it becomes when it is taken away.
 *
 * @typedef {object} Guard
 * @property {string} name what it keeps out
 * @property {string} file
 * @property {RegExp} find matches exactly one place of the file, wherever it has moved to
 * @property {string} instead what stands there without the guard
 * @property {string[]} tests the files of which a test has to fail then
 *
 * Not here is what nothing but another guard makes needless: `!source` and `!partner.closed` beside
 * isWithin(), as a closed window has no parent, and what Chromium alone does not need: the wildcard in
 * origins.ts.
 */

const FRAME_CHANNEL = 'src/transport/frame-channel.ts';
const GUARDS_FILE = 'src/protocol/guards.ts';
const DIALECTS = 'src/protocol/dialects.ts';
const EXTERNAL_CHAT = 'src/protocol/external-chat.ts';
const DIAL_ANSWER = 'src/protocol/dial-answer.ts';
const SECURE_URL = 'src/protocol/secure-url.ts';
const PAGE_CHANNEL = 'plugin/src/page-channel.ts';
const ORIGINS = 'plugin/src/origins.ts';
const ANSWER_PAGE = 'plugin/src/answer-page.ts';
const ROSTER = 'src/protocol/roster.ts';
const CONTROLS = 'src/protocol/controls.ts';
const ASKING = 'src/session/controls.ts';
const CONTROLLING = 'plugin/src/controls.ts';
const DOCUMENTED = 'plugin/src/documented-keys.ts';

const CREDENTIALS = 'src/protocol/credentials.ts';
const CHAT_MESSAGE = 'src/protocol/chat-message.ts';
const ROOM_LOG = 'src/session/room-log.ts';
const LIVE_ROOMS = 'src/session/live-rooms.ts';
const TOKEN_KEEPER = 'src/session/token-keeper.ts';
const OUTBOX = 'src/session/outbox.ts';
const TIMELINE = 'src/session/timeline.ts';
const EMBED_SESSION = 'src/session/embed-session.ts';
const DDP_SOCKET = 'src/transport/ddp-socket.ts';
const DDP_CONNECTION = 'src/transport/ddp-connection.ts';
const MESSAGE_LINK = 'src/protocol/message-link.ts';
const OPTION_KINDS = 'src/widget/option-kinds.ts';
const OPTION_ERROR = 'src/widget/option-error.ts';
const OPTIONS = 'src/widget/options.ts';
const MARKUP = 'src/protocol/markup.ts';
const CONVERSATION = 'src/session/conversation.ts';
const UNSENT = 'src/session/unsent-messages.ts';
const ROOM_ACTIVITY = 'src/session/room-activity.ts';
const READ_MARKS = 'src/session/read-marks.ts';
const ROOM_TRAITS = 'src/protocol/room-traits.ts';

/** The tests of each file. */
const TESTS = {
  [MESSAGE_LINK]: ['test/protocol/message-link.test.ts'],
  [MARKUP]: ['test/protocol/markup.test.ts'],
  [CONVERSATION]: ['test/session/conversation.test.ts'],
  [UNSENT]: ['test/session/unsent-messages.test.ts'],
  [ROOM_ACTIVITY]: ['test/session/room-activity.test.ts'],
  [READ_MARKS]: ['test/session/read-marks.test.ts'],
  [ROOM_TRAITS]: ['test/protocol/room-traits.test.ts'],
  [CREDENTIALS]: ['test/protocol/credentials.test.ts'],
  [CHAT_MESSAGE]: ['test/protocol/chat-message.test.ts'],
  [ROOM_LOG]: ['test/session/room-log.test.ts'],
  [LIVE_ROOMS]: ['test/session/live-rooms.test.ts'],
  [TOKEN_KEEPER]: ['test/session/token-keeper.test.ts'],
  [OUTBOX]: ['test/session/outbox.test.ts'],
  [TIMELINE]: ['test/session/timeline.test.ts'],
  [EMBED_SESSION]: ['test/session/embed-goodbye.test.ts'],
  [DDP_SOCKET]: ['test/transport/ddp-socket.test.ts'],
  [DDP_CONNECTION]: ['test/transport/ddp-connection.test.ts'],
  [FRAME_CHANNEL]: ['test/transport/frame-channel.test.ts'],
  [GUARDS_FILE]: ['test/protocol/guards.test.ts'],
  [DIALECTS]: ['test/protocol/dialects.test.ts'],
  [EXTERNAL_CHAT]: ['test/protocol/external-chat.test.ts'],
  // As the one above, with which it reads what a plugin says.
  [DIAL_ANSWER]: ['test/protocol/external-chat.test.ts'],
  [SECURE_URL]: ['test/protocol/secure-url.test.ts'],
  [PAGE_CHANNEL]: ['test/plugin/page-channel.test.ts'],
  [ORIGINS]: ['test/plugin/origins.test.ts'],
  [ANSWER_PAGE]: ['test/plugin/answer-page.test.ts'],
  [ROSTER]: ['test/protocol/roster.test.ts'],
  [CONTROLS]: ['test/protocol/controls.test.ts'],
  [ASKING]: ['test/session/controls.test.ts'],
  [CONTROLLING]: ['test/plugin/controls.test.ts'],
  [DOCUMENTED]: ['test/plugin/page-channel.test.ts'],
  [OPTION_KINDS]: ['test/widget/options.test.ts', 'test/widget/options-hostile.test.ts'],
  [OPTION_ERROR]: ['test/widget/options-hostile.test.ts'],
  [OPTIONS]: ['test/widget/options.test.ts', 'test/widget/options-hostile.test.ts'],
};

const guard = (file, name, find, instead) => ({file, name, find, instead, tests: TESTS[file]});

/** @type {readonly Guard[]} */
export const GUARDS = [
  // Window, origin and binding, on the side of the page.
  guard(FRAME_CHANNEL, 'a window below the frame', /return each === frame;/, 'return true;'),
  guard(FRAME_CHANNEL, 'a frame that is there', /!frame \|\| !source \|\|/, '!source ||'),
  guard(
    FRAME_CHANNEL,
    'the right window',
    /if \(isWithin\(source, frame\)\) return false;/,
    'return false;',
  ),
  guard(
    FRAME_CHANNEL,
    'the frame itself, where nothing is nested',
    /if \(!this\.#options\.nested\) return source !== frame;/,
    '',
  ),
  guard(
    FRAME_CHANNEL,
    'only that frame is remembered as elsewhere',
    /this\.#elsewhere\.get\(source\) === frame/,
    'this.#elsewhere.has(source)',
  ),
  guard(
    FRAME_CHANNEL,
    'the window of a page that was replaced',
    /if \(source === this\.#former && source !== frame\) return false;/,
    '',
  ),
  guard(
    FRAME_CHANNEL,
    'the right origin',
    /event\.origin !== origin && !\(nested && event\.origin === 'null'\)/,
    'false',
  ),
  guard(
    FRAME_CHANNEL,
    'an opaque origin for a nested partner only',
    /!\(nested && event\.origin === 'null'\)/,
    "event.origin !== 'null'",
  ),
  guard(
    FRAME_CHANNEL,
    'no third origin for a nested partner',
    /!\(nested && event\.origin === 'null'\)/,
    '!nested',
  ),
  guard(
    FRAME_CHANNEL,
    'window and origin before the data is read',
    /const frame = frameOf\(\);/,
    'void event.data; const frame = frameOf();',
  ),
  guard(FRAME_CHANNEL, 'messages of the protocol', /if \(!message\) \{/, 'if (false) {'),
  guard(
    FRAME_CHANNEL,
    'the bound window',
    /nested && source !== this\.#partner && !this\.#bind\(source, frame, message, binds\)/,
    'nested && (this.#bind(source, frame, message, binds), false)',
  ),
  guard(
    FRAME_CHANNEL,
    'one bound window at a time',
    /\(this\.#first !== null && this\.#holds\(frame\)\) \|\| !binds\?\.\(message\)/,
    '!binds?.(message)',
  ),
  guard(
    FRAME_CHANNEL,
    'messages that bind',
    /\(this\.#first !== null && this\.#holds\(frame\)\) \|\| !binds\?\.\(message\)/,
    'this.#first !== null && this.#holds(frame)',
  ),
  guard(
    FRAME_CHANNEL,
    'a bound window that is below the frame still',
    / && isWithin\(partner, frame\);/,
    ';',
  ),
  guard(
    FRAME_CHANNEL,
    'a new address binds anew',
    /this\.#partner = null;\n {4}this\.#first = undefined;\n {2}\}/,
    '}',
  ),
  guard(FRAME_CHANNEL, 'a new page binds anew', /this\.#first !== null && /, ''),
  guard(
    FRAME_CHANNEL,
    'a window that lingers is of the page before',
    /partner !== this\.#first && /,
    '',
  ),
  guard(
    FRAME_CHANNEL,
    'a window that was later than its page is of that page',
    /if \(this\.#first === null\) this\.#first = this\.#partner;/,
    '',
  ),
  guard(
    FRAME_CHANNEL,
    'a named target for an origin with a name',
    /nested && this\.#partnerOrigin === 'null' \? '\*' : origin/,
    "'*'",
  ),
  guard(
    FRAME_CHANNEL,
    'no other target for the frame itself',
    /nested && this\.#partnerOrigin === 'null'/,
    'true',
  ),

  // Reading untrusted data.
  guard(GUARDS_FILE, 'objects', /typeof data === 'object' && data/, 'data'),
  guard(GUARDS_FILE, 'no null', / && data !== null/, ''),
  guard(GUARDS_FILE, 'own properties', /Object\.hasOwn\(data, name\)/, 'true'),
  guard(GUARDS_FILE, 'no inherited property', /Object\.hasOwn\(data, name\)/, 'name in data'),
  guard(GUARDS_FILE, 'texts', /typeof value === 'string' \?/, 'true ?'),
  guard(GUARDS_FILE, 'texts of bounded length', /value\.slice\(0, max\)/, 'value'),
  guard(
    GUARDS_FILE,
    'identifiers that are texts',
    /typeof value === 'string' && value !== ''/,
    "value !== ''",
  ),
  guard(GUARDS_FILE, 'identifiers that are not empty', / && value !== ''/, ''),
  guard(GUARDS_FILE, 'identifiers of bounded length', / && value\.length <= max/, ''),
  guard(GUARDS_FILE, 'no key without a value', /value !== undefined\)/, 'true)'),

  // The messages.
  guard(DIALECTS, 'actions that are texts', /typeof action !== 'string' \|\| /, ''),
  guard(DIALECTS, 'actions of bounded length', / \|\| action\.length > 99/, ''),
  guard(DIALECTS, 'the prefix', /action\.startsWith\(DOCUMENTED\)/, 'true'),
  guard(DIALECTS, 'the second prefix', /action\.startsWith\(SECOND\) && /, ''),
  guard(
    EXTERNAL_CHAT,
    'whole versions',
    /Number\.isSafeInteger\(value\)/,
    "typeof value === 'number'",
  ),
  guard(EXTERNAL_CHAT, 'features in a list', /Array\.isArray\(value\)/, 'value'),
  guard(EXTERNAL_CHAT, 'at most 64 features', /\.slice\(0, 64\)/, ''),
  guard(
    EXTERNAL_CHAT,
    'features that are names',
    /identifier\(name, LIMITS\.code\) !== undefined/,
    'true',
  ),
  guard(
    EXTERNAL_CHAT,
    'a real boolean in disconnected',
    /if \(typeof userInitiated !== 'boolean'\) return;/,
    '',
  ),
  guard(
    EXTERNAL_CHAT,
    'a real boolean in toggle-chat',
    /typeof active === 'boolean' \? \{type: 'toggle-chat', active\}/,
    "true ? {type: 'toggle-chat', active}",
  ),
  guard(DIAL_ANSWER, 'a uuid in dial-out-success', /return uuid \?/, 'return true ?'),
  guard(DIAL_ANSWER, 'a text in dial-out-error', /if \(message === undefined\) return;/, ''),
  guard(DIAL_ANSWER, 'nothing but answers', /if \(type !== 'dial-out-error'\) return;/, ''),
  ...[
    [EXTERNAL_CHAT, 'conferenceAlias', 'name'],
    [EXTERNAL_CHAT, 'error', 'message'],
    [EXTERNAL_CHAT, 'errorCode', 'code'],
    [DIAL_ANSWER, 'displayName', 'name'],
    [DIAL_ANSWER, 'message', 'message'],
  ].map(([file, field, limit]) =>
    guard(
      file,
      `a text of bounded length for ${field}`,
      new RegExp(`text\\(get\\('${field}'\\), LIMITS\\.${limit}\\)`),
      `get('${field}')`,
    ),
  ),
  guard(
    EXTERNAL_CHAT,
    'a real boolean for the button',
    /typeof active === 'boolean' \? \{type: (?:name|'toggle-chat-button-state'), active\}/,
    "true ? {type: 'toggle-chat-button-state', active}",
  ),
  guard(EXTERNAL_CHAT, 'a real boolean for the badge', /typeof visible === 'boolean' \?/, 'true ?'),
  guard(
    EXTERNAL_CHAT,
    'a timeout that is a number',
    /typeof wait === 'number' && wait > 0/,
    'wait > 0',
  ),
  guard(EXTERNAL_CHAT, 'a timeout of some time', / && wait > 0/, ''),
  guard(EXTERNAL_CHAT, 'a timeout of ten minutes at most', /Math\.min\(wait, 600_000\)/, 'wait'),
  guard(EXTERNAL_CHAT, 'what to cancel', /return requestId \?/, 'return true ?'),
  guard(EXTERNAL_CHAT, 'the one version of hello', /get\('version'\) === HELLO_VERSION/, 'true'),

  // Addresses.
  guard(SECURE_URL, 'no control character', /\/\[\\0-\\x20\\x7f\\\\\]\/\.test\(value\) \|\| /, ''),
  guard(SECURE_URL, 'no user name in an address', /if \(url\.username .*\n/, ''),
  guard(
    SECURE_URL,
    'https',
    /url\.protocol === 'https:' \|\| LOOPBACK\.test\(url\.hostname\)/,
    'true',
  ),

  // Window and origin, on the side of the plugin.
  guard(
    PAGE_CHANNEL,
    'a page that embeds Web App 3',
    /self\.parent\.parent === self\.parent \? undefined : /,
    '',
  ),
  guard(
    PAGE_CHANNEL,
    'the messages of Web App 3 for plugin-api alone',
    /if \(event\.source === self\.parent\) return;/,
    '',
  ),
  guard(PAGE_CHANNEL, 'none but these for plugin-api', /event\.stopImmediatePropagation\(\);/, ''),
  guard(PAGE_CHANNEL, 'the window of the page', /if \(event\.source !== page\) return;/, ''),
  guard(
    PAGE_CHANNEL,
    'the origins that were packaged',
    /origins\.length && !origins\.includes\(event\.origin\)/,
    'false',
  ),
  guard(
    PAGE_CHANNEL,
    'a named target for an origin with a name',
    /this\.#options\.origins\.length \? this\.#options\.origins : \['\*'\]/,
    "['*']",
  ),
  guard(
    PAGE_CHANNEL,
    'the origin of the page once it is known',
    /if \(this\.#pageOrigin && .*\n/,
    '\n',
  ),
  guard(
    PAGE_CHANNEL,
    'the documented keys until hello',
    /this\.#greeted \? toWire\(message, dialect\) : documentedOnly\(message, dialect\)/,
    'toWire(message, dialect)',
  ),
  guard(PAGE_CHANNEL, 'one line for each kind', /if \(this\.#warned\.has\(line\)\) return;/, ''),
  guard(ORIGINS, 'origins as a browser spells them', / && url\.origin === value/, ''),
  guard(ORIGINS, 'exact origins alone', /values\.filter\(isExactOrigin\)/, 'values'),
  guard(
    ANSWER_PAGE,
    'origins before anybody is dialled',
    /if \(hasOrigins\) return dialOut/,
    'return dialOut',
  ),
  guard(
    ANSWER_PAGE,
    'origins before hello, a control or the end of a call',
    /if \(!hasOrigins\) return drop\(message\.type\);/,
    '',
  ),
  guard(
    PAGE_CHANNEL,
    'the dialect after hello',
    /if \(this\.#greeted \|\| this\.#dialect === dialect\) return;/,
    'if (this.#dialect === dialect) return;',
  ),
  guard(
    PAGE_CHANNEL,
    'people before hello in the documented dialect',
    /const knows = this\.#greeted \|\| this\.#dialect === 'videoconf';/,
    'const knows = true;',
  ),
  guard(ROSTER, 'people in the second dialect alone', /if \(dialect !== 'videoconf'\) return;/, ''),
  guard(
    ROSTER,
    'flags that are true itself',
    /field\(data, name\) === true/,
    '!!field(data, name)',
  ),
  guard(ROSTER, 'the number of participants', /people\.size < ROSTER_LIMIT/, 'true'),
  guard(CONTROLS, 'controls in the second dialect alone', /dialect !== 'videoconf' \|\| /, ''),
  guard(CONTROLS, 'the fields of a control', /if \(!passes\(value\)\) return \{field: name\};/, ''),
  guard(
    ROSTER,
    'participants who have an id',
    /if \(!uuid\) return;/,
    'if (!uuid) return {} as Participant;',
  ),
  guard(
    PAGE_CHANNEL,
    'people where any site may embed the meeting',
    / && this\.#options\.origins\.length > 0;/,
    ';',
  ),
  guard(
    DOCUMENTED,
    'addresses before hello',
    /\(\{uri: _, \.\.\.each\}\) => each/,
    '(each) => each',
  ),
  guard(ASKING, 'what the features lack', /if \(!features\.includes\(feature\)\)/, 'if (false)'),
  guard(ASKING, 'controls outside a meeting', /if \(phase !== 'connected'\)/, 'if (false)'),
  guard(
    ASKING,
    'what a guest may not do',
    /if \(self && !self\.canControl && !own\)/,
    'if (false)',
  ),
  guard(
    ASKING,
    "what a participant's flags forbid",
    /\?\.can\[need\] === false/,
    '?.can[need] === undefined',
  ),
  guard(
    CONTROLLING,
    'controls for somebody who is not there',
    /!isParticipantID\(participantUuid\) \|\| !people\.mayInclude\(participantUuid\)/,
    'false',
  ),

  // The live connection: nothing lost, nothing twice, nothing of anybody else.
  guard(CREDENTIALS, 'a well-formed token', /\/\^\[\\w-\]\{20,128\}\$\//, '/.*/'),
  guard(CHAT_MESSAGE, 'a message that is hidden', /'_hidden'\) === true\)/, "'_hidden') === 0)"),
  guard(TIMELINE, 'the earlier state of a message', /known && !isLater\(message, known\)/, 'false'),
  guard(TIMELINE, 'what was deleted', /this\.#removed\.has\(id\) \|\| \(known/, 'false || (known'),
  guard(ROOM_LOG, 'a sync that begins too late', /this\.#mark - OVERLAP/, 'this.#mark'),
  guard(
    ROOM_LOG,
    'live messages before missed ones',
    /if \(this\.#held\) this\.#held/,
    'if (false) this.#held!',
  ),
  guard(ROOM_LOG, 'what was there before', /time > this\.#start && /, ''),
  guard(LIVE_ROOMS, 'channels of others', /if \(message && !foreign\) this/, 'if (message) this'),
  guard(
    LIVE_ROOMS,
    'answers of an ended connection',
    /if \(epoch !== this\.#epoch\) throw/,
    'if (false) throw',
  ),
  guard(LIVE_ROOMS, 'a server that has stumbled', /later = !refusalOf\(error\)/, 'later = false'),
  guard(
    EMBED_SESSION,
    'a goodbye of the page that is not believed at once',
    /const doubt = user && this\.#auth && this\.#frame\.judge\?\.\(\);/,
    'const doubt = undefined as Promise<Farewell> | undefined;',
  ),
  guard(LIVE_ROOMS, 'news before the first list', /if \(this\.#early\) \{/, 'if (false) {'),
  guard(
    TOKEN_KEEPER,
    'the token of another user',
    /credentials\.userId !== this\.#userId\)/,
    'false)',
  ),
  guard(TOKEN_KEEPER, 'a second ask for one token', /if \(under\) return under;/, ''),
  guard(
    TOKEN_KEEPER,
    'an ask for what is there already',
    /known && known\.authToken !== token \? known : /,
    '',
  ),
  guard(
    OUTBOX,
    'a second sending over one connection',
    /if \(this\.#over === connection\) return;/,
    '',
  ),
  // What a view shows.
  guard(MESSAGE_LINK, 'a user name in an address', / && !username && !password/, ''),
  guard(
    MESSAGE_LINK,
    'what nobody sees in an address',
    /href\.length > LONGEST \|\| REFUSED\.test\(href\)\) return;/,
    'href.length > LONGEST) return;',
  ),
  guard(
    MESSAGE_LINK,
    'a scheme of another kind',
    /if \(!whole \|\| !\S+\.test\(whole\)\) return;\n  try \{\n/,
    'if (!whole) return;\n  try {\n    return new URL(whole).href;\n',
  ),
  guard(MARKUP, 'a tree that is none', /if \(!Array\.isArray\(md\)\) return;/, ''),
  guard(CONVERSATION, 'other rooms', /if \(roomId !== this\.roomId\) return;/, ''),
  guard(
    CONVERSATION,
    'a message beyond a gap',
    /if \(message\.time < this\.#from && !this\.#timeline\.has\(message\.id\)\) return false;/,
    '',
  ),
  guard(CONVERSATION, 'a second page at once', /older === 'loading' \|\| /, ''),
  guard(
    UNSENT,
    'a second sending of what is on its way',
    /if \(!message\?\.error\) return;/,
    'if (!message) return;',
  ),
  guard(
    ROOM_ACTIVITY,
    'the user among those who write',
    /if \(user === this\.#ownName\) return;/,
    '',
  ),
  guard(ROOM_ACTIVITY, 'those who write in threads', /user && !field\(args\[2\], 'tmid'\)/, 'user'),
  guard(
    READ_MARKS,
    "one's own messages as read by oneself",
    / && sender\.userId !== userId\);/,
    ');',
  ),
  guard(READ_MARKS, 'what nobody has written', /isByPerson\(message\) && wanted/, 'wanted'),
  guard(ROOM_TRAITS, 'who may write where it is read-only', / && !posts/, ''),
  guard(DDP_SOCKET, 'a second connection', /if \(this\.#life\) return;/, ''),
  guard(DDP_CONNECTION, 'a second handshake', /if \(this\.#opened\) return;/, ''),
  // Options of the widget, which a page gives.
  guard(OPTION_KINDS, 'what looks like no options', /if \(kindOf\(value\) === 'Object'\) /, ''),
  guard(
    OPTION_KINDS,
    'options that there are not',
    /if \(!Object\.hasOwn\(table, key\)\)/,
    'if (!(key in table))',
  ),
  guard(OPTION_ERROR, 'a text that may be a token', /tellWord && \(WORD/, '(WORD'),
  guard(OPTION_ERROR, 'a name that may be a token', /WORD\.test\(name\) \?/, 'name ?'),
  guard(OPTIONS, 'a token that is no header', / && TOKEN_TEXT\.test\(value\)/, ''),
];

/** How often a guard is found in the text of its file; it has to be once. */
export const occurrences = ({find}, text) =>
  [...text.matchAll(new RegExp(find.source, `g${find.flags}`))].length;
