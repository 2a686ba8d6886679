/** What the demo's server knows and a page of yours would simply write into its attributes. */
export const settings = await (await fetch('settings.json')).json();

/** Asks the application's own server for a sign-in, as docs/getting-started.md shows. */
export const auth = async ({signal}) => {
  const answer = await fetch('chat-credentials', {method: 'POST', signal});
  if (!answer.ok) throw new Error(`The demo's server answered ${answer.status}.`);
  return answer.json();
};

/** Shows the conversation in a pane, signed in as the person of this window. */
export const showChat = (pane) => {
  pane.auth = auth;
  pane.setAttribute('server', settings.server);
  pane.setAttribute('room', `#${settings.room}`);
};
