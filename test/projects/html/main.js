const {PexipChatRoom} = window;
const {broker} = await (await fetch('settings.json')).json();
const accessToken = async () => (await fetch('access-token', {method: 'POST'})).text();

const tell = (line) => {
  const item = document.createElement('li');
  item.textContent = line;
  document.querySelector('ol').append(item);
};

const created = PexipChatRoom.create({
  broker,
  accessToken,
  userDetailsFormatter: ({userAlias}) => `Dr ${userAlias}`,
});
created.on('chat_loaded', ({participants}) => tell(`chat of ${participants.join(' and ')}`));
created.on('message_received', ({sender, text}) => tell(`${sender}: ${text}`));

const client = await created;
tell(`signed in: ${client.isAuthenticated()}`);

document.querySelector('#open').addEventListener('click', () => client.openWidget());
document.querySelector('#leave').addEventListener('click', async () => {
  await client.logout();
  tell('signed out');
});
