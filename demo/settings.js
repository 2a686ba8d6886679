/** What the demo's server knows and a page of yours would simply write into its attributes. */
export const settings = await (await fetch('settings.json')).json();

/** Asks the application's own server for its user's token, as docs/getting-started.md shows. */
export const accessToken = async () => {
  const answer = await fetch('access-token', {method: 'POST'});
  if (!answer.ok) throw new Error(`The demo's server answered ${answer.status}.`);
  return answer.text();
};

/** In the place of the pane's own words, which cannot know why Rocket.Chat is silent. */
const factoryNotice = () => {
  const notice = document.createElement('p');
  notice.slot = 'notice';
  notice.textContent =
    'This Rocket.Chat is as newly installed: it lets no page embed it. docs/getting-started.md, ' +
    'under "Rocket.Chat", lists the settings that an administrator changes.';
  return notice;
};

/** Shows the conversation in a pane, signed in as the person of this window. */
export const showChat = (pane) => {
  if (settings.factorySettings) pane.append(factoryNotice());
  pane.accessToken = accessToken;
  pane.setAttribute('broker', settings.broker);
  pane.setAttribute('server', settings.server);
  pane.setAttribute('room', `#${settings.room}`);
};
