const MINUTE = 60_000;

/** What was written before the demo began, so that there is something of each kind to look at. */
const TEXTS = {
  plan: [
    'bob',
    'This is for *today*, @alice:\n\n1. your results, page by page\n2. the new dose: `5 mg`, _in the evening_\n3. when we see each other again',
  ],
  link: ['bob', 'All of it is at [the clinic’s pages](https://example.com/results) as well.'],
  question: ['alice', 'Is the tablet to be taken before or after dinner?'],
  thanks: ['alice', 'Thank you! :tada: See you at ten.'],
};
const ANSWERS = {
  before: ['bob', 'Half an hour before is best.'],
  fine: ['alice', 'That is easy to remember.'],
};

/** A message is there once, also in a demo that keeps its data. */
const idOf = (name) => `demo-${name}`;

const read = async ({origin, issueToken}, roomId, username) => {
  const {userId, authToken} = issueToken(username);
  const headers = {
    'content-type': 'application/json',
    'x-user-id': userId,
    'x-auth-token': authToken,
  };
  const body = JSON.stringify({rid: roomId});
  await fetch(`${origin}/api/v1/subscriptions.read`, {method: 'POST', headers, body});
};

/**
 * Writes messages with what the native view can show: markup, a link, a thread, a quote, reactions,
 * an edit. Alice and Bob have read all of it.
 *
 * @param rocketChat the simulator
 * @param {string} room its name
 */
export const tellExamples = async (rocketChat, room) => {
  const roomId = rocketChat.room(room)._id;
  if (rocketChat.messages(room).some(({_id}) => _id === idOf('plan'))) return;
  let time = Date.now() - 5 * MINUTE;
  const post = (name, [username, text], more) => {
    time += MINUTE / 4;
    const ts = new Date(time).toISOString();
    rocketChat.post(username, room, text, {_id: idOf(name), ts, _updatedAt: ts, ...more});
  };
  for (const [name, message] of Object.entries(TEXTS)) post(name, message);
  for (const [name, message] of Object.entries(ANSWERS))
    post(name, message, {tmid: idOf('question')});
  const link = `${rocketChat.origin}/channel/${room}?msg=${idOf('question')}`;
  const [author, text] = TEXTS.question;
  post('quote', ['alice', `[ ](${link}) I have asked the pharmacist, too.`], {
    attachments: [{message_link: link, author_name: author, text}],
  });
  rocketChat.react('alice', room, idOf('plan'), ':thumbsup:');
  rocketChat.react('bob', room, idOf('thanks'), ':smile:');
  rocketChat.edit('bob', room, idOf('link'), `${TEXTS.link[1]} They are in French, too.`);
  for (const username of ['alice', 'bob']) await read(rocketChat, roomId, username);
};
