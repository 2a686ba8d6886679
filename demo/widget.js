import {eventLog} from './event-log.js';
import {accessToken, settings} from './settings.js';

const {PexipChatRoom} = window;
const byId = (id) => document.getElementById(id);

/** The demo's people other than the one of this window, by the aliases that the application gives them. */
const ADVISERS = ['alice', 'bob', 'carol'].filter((alias) => alias !== settings.username);
const LAYOUT = {
  launcher: {background: '#0a5c4a'},
  header: {background: '#0a5c4a', color: '#ffffff'},
  messageSent: {background: '#0a5c4a', color: '#ffffff'},
};

eventLog(byId('log'));
byId('adviser').append(...ADVISERS.map((alias) => new Option(alias, alias)));
byId('bob').href = settings.bob;

const say = (text) => (byId('result').textContent = text);
const adviser = () => byId('adviser').value;

const create = async () => {
  const client = await PexipChatRoom.create({
    broker: settings.broker,
    accessToken,
    layout: LAYOUT,
    language: byId('language').value || 'en',
  });
  client.on('access_token_is_about_to_expire', async () => {
    await PexipChatRoom.updateAccessToken(await accessToken());
  });
  return 'The widget stands.';
};

/** What the buttons do beside the operation of their own name. */
const DEEDS = {
  create,
  ask: () => PexipChatRoom.composeMessage(adviser(), 'A question about my mortgage: ', false),
  send: () => PexipChatRoom.composeMessage(adviser(), 'Please call me.', true),
};

document.addEventListener('click', async ({target}) => {
  const name = target.dataset?.do;
  if (!name) return;
  try {
    const done = await (DEEDS[name] ?? PexipChatRoom[name])(adviser());
    say(done === undefined ? 'Done.' : typeof done === 'string' ? done : JSON.stringify(done));
  } catch (error) {
    say(`${error.code}: ${error.message}`);
  }
});
byId('language').addEventListener('change', ({target}) => {
  const widget = document.querySelector('pexip-chat-widget');
  if (target.value) widget?.setAttribute('language', target.value);
  else widget?.removeAttribute('language');
});

await create().then(say, (error) => say(`${error.code}: ${error.message}`));
