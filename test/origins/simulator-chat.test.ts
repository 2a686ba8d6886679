import {expect} from '@open-wc/testing';

import type {RocketChatRemote} from '../../demo/simulators/rocket-chat/remote.js';
import {setupConversation} from '../support/conversation.js';
import {place} from '../support/mount.js';
import {startWorkspace} from 'test-simulators';

const GOODBYE = 'Custom_Script_On_Logout';
const SUBSCRIPTION = 'unread-changed-by-subscription';

let life: AbortController;
beforeEach(() => {
  life = new AbortController();
});
afterEach(() => life.abort());

/** The embedded page of a workspace in a frame, without any pane. */
const showPage = (server: string, path: string, workspace: RocketChatRemote) => {
  const {signal} = life;
  const frame = document.createElement('iframe');
  frame.title = 'Chat';
  frame.src = `${server}/${path}?layout=embedded`;
  const heard: string[] = [];
  addEventListener(
    'message',
    ({source, data}: MessageEvent<{eventName?: string}>) => {
      if (source === frame.contentWindow && data.eventName) heard.push(data.eventName);
    },
    {signal},
  );
  place(frame);
  /** Resolves when the page tells of it the next time. */
  const next = (eventName: string): Promise<void> =>
    new Promise((resolve) => {
      const hear = ({source, data}: MessageEvent<{eventName?: string}>): void => {
        if (source === frame.contentWindow && data.eventName === eventName) resolve();
      };
      addEventListener('message', hear, {signal});
    });
  const login = (token: string): void =>
    frame.contentWindow!.postMessage({externalCommand: 'login-with-token', token}, server);
  return {frame, heard, next, login, page: workspace.frame(frame)};
};

/** A page that shows a room to somebody who was signed in by token. */
const setupPage = async () => {
  const conversation = await setupConversation('c', await startWorkspace());
  const {server, name, workspace, auth, room} = conversation;
  const shown = showPage(server, `channel/${name}`, workspace);
  await shown.next('startup');
  const {authToken} = await auth();
  const listed = shown.next(SUBSCRIPTION);
  shown.login(authToken);
  await listed;
  await shown.page.until(({roomId}) => roomId === room._id);
  return {...conversation, ...shown, authToken};
};

type Page = Awaited<ReturnType<typeof setupPage>>;

describe("the embedded page of the Rocket.Chat simulator, as Rocket.Chat's own", () => {
  const ENDS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
    'has expired': ({workspace, authToken}) => workspace.expireToken(authToken),
    'was revoked': ({workspace, me}) => workspace.revoke(me.username),
    'was ended by a forced logout': ({workspace, me}) => workspace.forceLogout(me.username),
  };
  for (const [how, end] of Object.entries(ENDS)) {
    it(`tells of a logout, once, where its token ${how}`, async () => {
      const setup = await setupPage();
      const {page, heard, next} = setup;
      const goodbye = next(GOODBYE);
      await end(setup);
      await goodbye;
      const {user} = await page.until(({screen}) => screen === 'login');
      expect(user).to.equal(null);
      expect(heard.filter((each) => each === GOODBYE)).to.deep.equal([GOODBYE]);
    });
  }

  it('tells of none where another token of the user has ended', async () => {
    const {workspace, auth, page, heard, write} = await setupPage();
    await workspace.expireToken((await auth()).authToken);
    await write('Still here?');
    const {screen} = await page.until(({messages}) => messages.includes('Still here?'));
    expect(screen).to.equal('room');
    expect(heard).not.to.include(GOODBYE);
  });

  it('tells of none where its server is away, and shows the room when that is back', async () => {
    const {workspace, page, heard, next, write} = await setupPage();
    const {room} = page.state!;
    const listed = next(SUBSCRIPTION);
    // Long enough for the page to try in vain.
    await workspace.restart(1_500);
    await listed;
    await write('Welcome back.');
    await page.until(({messages}) => messages.includes('Welcome back.'));
    expect(page.state).to.include({screen: 'room', room});
    expect(heard).not.to.include(GOODBYE);
  });

  it('shows the room again by another token, in the same document, at the moment it has told', async () => {
    const {workspace, authToken, auth, me, page, heard, next, login, write, frame} =
      await setupPage();
    const {authToken: another} = await auth();
    const loads: Event[] = [];
    frame.addEventListener('load', (event) => loads.push(event), {signal: life.signal});
    const goodbye = next(GOODBYE);
    await workspace.expireToken(authToken);
    await goodbye;
    login(another);
    await next('room-opened');
    const {user} = await page.until(({screen}) => screen === 'room');
    expect(user).to.equal(me.username);
    await write('Hello again.');
    await page.until(({messages}) => messages.includes('Hello again.'));
    expect(heard.filter((each) => each === GOODBYE)).to.have.length(1);
    expect(loads).to.deep.equal([]);
  });

  it('tells of none where it loads with a token that has ended before', async () => {
    const {server, name, workspace, authToken, frame} = await setupPage();
    frame.remove();
    await workspace.expireToken(authToken);
    const {heard, next, page} = showPage(server, `channel/${name}`, workspace);
    await next('startup');
    await page.until(({screen}) => screen === 'login');
    expect(heard).to.deep.equal(['startup']);
  });
});
