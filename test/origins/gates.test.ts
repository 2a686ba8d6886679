import {expect, oneEvent} from '@open-wc/testing';

import type {RocketChatFrame} from '../../demo/simulators/rocket-chat/remote.js';
import type {PageState} from '../../demo/simulators/rocket-chat/remote-protocol.js';
import type {Settings} from '../../demo/simulators/rocket-chat/settings.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import type {ErrorCode, PexipChatError} from '../../src/errors.js';
import {field} from '../../src/protocol/guards.js';
import {setupConversation} from '../support/conversation.js';
import {hasten} from '../support/hasten.js';
import {frameIn, place, record, setAttributes} from '../support/mount.js';
import {nextMessage} from '../support/puppet.js';
import {startWorkspace} from 'test-simulators';

/** A workspace of its own with a room, and a pane for it that is not yet in the page. */
const setupGate = async (settings: Partial<Settings>, signIn: 'auth' | 'form' = 'auth') => {
  const conversation = await setupConversation('c', await startWorkspace(settings));
  const {server, name, workspace, me} = conversation;
  const pane = document.createElement('rc-chat-pane');
  setAttributes(pane, {server, room: `#${name}`});
  if (signIn === 'auth') pane.auth = await workspace.token(me.username);
  const seen = record(pane, 'rc-ready', 'rc-logged-in', 'rc-room-opened', 'rc-error');
  return {...conversation, pane, seen};
};

type Gate = Awaited<ReturnType<typeof setupGate>>;

/** The page in the pane's frame, from before it has loaded. */
const pageIn = async ({pane, workspace}: Gate): Promise<RocketChatFrame> =>
  workspace.frame(await frameIn(pane));

const errorOf = async (pane: RcChatPaneElement): Promise<PexipChatError> =>
  (await oneEvent(pane, 'rc-error')).detail.error;

const noticeOf = (pane: RcChatPaneElement): HTMLElement =>
  pane.renderRoot.querySelector('[part=notice]')!;

/** Puts the pane into the page, and resolves when it is ready. */
const showReady = async (gate: Gate): Promise<RocketChatFrame> => {
  const ready = oneEvent(gate.pane, 'rc-ready');
  place(gate.pane);
  await ready;
  return pageIn(gate);
};

/** Changes a setting, and resolves when the page that is open knows of it. */
const change = async <Name extends keyof Settings>(
  {workspace}: Gate,
  page: RocketChatFrame,
  name: Name,
  value: Settings[Name],
): Promise<void> => {
  const version = await workspace.setting(name, value);
  await page.until(({settingsVersion}) => settingsVersion >= version);
};

const isDegraded = async ({pane, seen}: Gate): Promise<void> => {
  await pane.updateComplete;
  expect(pane.state).to.equal('degraded');
  expect(pane.matches(':state(degraded)')).to.be.true;
  expect(noticeOf(pane).checkVisibility()).to.be.true;
  expect(noticeOf(pane).textContent).not.to.equal('');
  expect(pane.renderRoot.querySelector('iframe')!.checkVisibility()).to.be.true;
  expect(seen).not.to.include('rc-ready');
};

interface Shut {
  readonly settings: Partial<Settings>;
  readonly signIn: 'auth' | 'form';
  /** What the frame shows all the same; nothing where the browser refuses it. */
  readonly screen?: PageState['screen'];
  readonly code: ErrorCode;
  readonly remedy: RegExp;
  /** How an administrator opens the gate. */
  readonly opening: Partial<Settings>;
}

const HERE = location.origin;
const ELSEWHERE = 'https://elsewhere.example';
/** Without a token there is no live connection that could tell what is wrong. */
const unknown = (remedy: RegExp) => ({code: 'embed-silent', remedy}) as const;
const refused = {
  code: 'framing-forbidden',
  remedy: /Restrict access inside any Iframe/,
  opening: {Iframe_Restrict_Access: false},
} as const;
const mute = {
  code: 'events-disabled',
  remedy: /Iframe Integration: Enable Send/,
  opening: {Iframe_Integration_send_enable: true},
} as const;
const deaf = {
  code: 'commands-disabled',
  remedy: /Iframe Integration: Enable Receive/,
  opening: {Iframe_Integration_receive_enable: true},
} as const;
const elsewhere = {code: 'origin-not-allowed', remedy: /origins of "Iframe Integration"/} as const;

const SHUT: Readonly<Record<string, Shut>> = {
  'framing is restricted': {
    settings: {Iframe_Restrict_Access: true},
    signIn: 'auth',
    ...refused,
  },
  'framing is restricted, and nobody is signed in by the page': {
    settings: {Iframe_Restrict_Access: true},
    signIn: 'form',
    ...refused,
    ...unknown(/may be framed by this page/),
  },
  'framing is denied altogether': {
    settings: {Iframe_Restrict_Access: true, Iframe_X_Frame_Options: 'deny'},
    signIn: 'form',
    ...refused,
    ...unknown(/may be framed by this page/),
  },
  'events are off, though the user is signed in': {
    settings: {Iframe_Integration_send_enable: false},
    signIn: 'auth',
    screen: 'room',
    ...mute,
  },
  "events are off, and Rocket.Chat's own form is shown": {
    settings: {Iframe_Integration_send_enable: false},
    signIn: 'form',
    screen: 'login',
    ...mute,
    ...unknown(/sends events to/),
  },
  'events go to another origin': {
    settings: {Iframe_Integration_send_target_origin: ELSEWHERE},
    signIn: 'auth',
    screen: 'room',
    ...elsewhere,
    opening: {Iframe_Integration_send_target_origin: HERE},
  },
  'events go to a list of origins, which the browser takes for none': {
    settings: {Iframe_Integration_send_target_origin: `${HERE},${ELSEWHERE}`},
    signIn: 'auth',
    screen: 'room',
    ...elsewhere,
    opening: {Iframe_Integration_send_target_origin: `${HERE}/`},
  },
  'commands are off': {
    settings: {Iframe_Integration_receive_enable: false},
    signIn: 'auth',
    screen: 'login',
    ...deaf,
  },
  'commands are taken from another origin': {
    settings: {Iframe_Integration_receive_origin: ELSEWHERE},
    signIn: 'auth',
    screen: 'login',
    ...elsewhere,
    opening: {Iframe_Integration_receive_origin: `${ELSEWHERE},${HERE}`},
  },
  'the origin for commands has a slash at its end': {
    settings: {Iframe_Integration_receive_origin: `${HERE}/`},
    signIn: 'auth',
    screen: 'login',
    ...elsewhere,
    opening: {Iframe_Integration_receive_origin: HERE},
  },
  'the origins for commands have a space between them': {
    settings: {Iframe_Integration_receive_origin: `${ELSEWHERE}, ${HERE}`},
    signIn: 'auth',
    screen: 'login',
    ...elsewhere,
    opening: {Iframe_Integration_receive_origin: '*'},
  },
  'everything is as newly installed': {
    settings: {
      Iframe_Restrict_Access: true,
      Iframe_Integration_send_enable: false,
      Iframe_Integration_receive_enable: false,
    },
    signIn: 'auth',
    ...mute,
    opening: {
      Iframe_Restrict_Access: false,
      Iframe_Integration_send_enable: true,
      Iframe_Integration_receive_enable: true,
    },
  },
};

/** Starts a pane before a gate that is shut. */
const begin = async ({settings, signIn}: Shut) => {
  const gate = await setupGate(settings, signIn);
  const failed = errorOf(gate.pane);
  // Not `place`: it is to stay while other tests run.
  document.body.append(gate.pane);
  return {...gate, failed, page: await pageIn(gate)};
};

describe('<rc-chat-pane> where Rocket.Chat is shut', () => {
  // All at once, as each takes as long as the pane's patience.
  const gates = new Map<string, ReturnType<typeof begin>>();
  before(() => {
    for (const [what, shut] of Object.entries(SHUT)) gates.set(what, begin(shut));
  });
  after(async () => {
    for (const gate of gates.values()) (await gate).pane.remove();
  });

  for (const [what, {signIn, screen, code, remedy, opening}] of Object.entries(SHUT)) {
    it(`is degraded while ${what}, and says how to mend it`, async () => {
      const gate = await gates.get(what)!;
      const error = await gate.failed;
      expect(error.code).to.equal(code);
      expect(error.message).to.match(remedy);
      await isDegraded(gate);
      if (screen) await gate.page.until((state) => state.screen === screen);
      else expect(gate.page.state).to.equal(undefined);
    });

    it(`is ready when the page sets the room again, once that is mended: ${what}`, async () => {
      const {workspace, server, pane, me, failed} = await gates.get(what)!;
      await failed;
      for (const [name, value] of Object.entries(opening)) {
        await workspace.setting(name as keyof Settings, value);
      }
      const started = nextMessage(
        ({origin, data}) => origin === server && field(data, 'eventName') === 'startup',
      );
      const ready = oneEvent(pane, 'rc-ready');
      const {room} = pane;
      pane.room = room;
      if (signIn === 'form') {
        await started;
        const page = workspace.frame(pane.renderRoot.querySelector('iframe')!);
        await page.until((state) => state.screen === 'login');
        await page.loginForm(me.username, me.password);
      }
      await ready;
      expect(pane.state).to.equal('ready');
      await pane.updateComplete;
      expect(noticeOf(pane).checkVisibility()).to.be.false;
    });
  }
});

describe('<rc-chat-pane> where Rocket.Chat is open to this page alone', () => {
  it('is ready when events and commands name its exact origin', async () => {
    const gate = await setupGate({
      Iframe_Integration_send_target_origin: HERE,
      Iframe_Integration_receive_origin: HERE,
      Iframe_X_Frame_Options: 'deny', // not sent, as framing is not restricted
    });
    await showReady(gate);
    expect(gate.seen).to.deep.equal(['rc-logged-in', 'rc-ready', 'rc-room-opened']);
  });

  it('is ready by the form although commands are off, as the form needs none', async () => {
    const gate = await setupGate({Iframe_Integration_receive_enable: false}, 'form');
    const ready = oneEvent(gate.pane, 'rc-ready');
    place(gate.pane);
    const page = await pageIn(gate);
    await page.until(({screen}) => screen === 'login');
    expect(gate.pane.state).to.equal('authenticating');
    await page.loginForm(gate.me.username, gate.me.password);
    await ready;
    expect(gate.pane.state).to.equal('ready');
  });
});

describe('<rc-chat-pane> while its page is open', () => {
  /** One more room of the same people. */
  const createSecond = ({workspace, name, me, other}: Gate) =>
    workspace.createRoom({
      type: 'p',
      name: `second-${name}`,
      members: [me.username, other.username],
    });

  it('stays ready when framing is restricted, and hears what is unread', async () => {
    const gate = await setupGate({});
    const page = await showReady(gate);
    await change(gate, page, 'Iframe_Restrict_Access', true);
    const changed = oneEvent(gate.pane, 'rc-unread-changed');
    await gate.write('hello');
    await changed;
    expect(gate.pane.state).to.equal('ready');
  });

  it('is refused after that when it loads the page again', async () => {
    const gate = await setupGate({});
    const page = await showReady(gate);
    hasten();
    await change(gate, page, 'Iframe_Restrict_Access', true);
    const failed = errorOf(gate.pane);
    gate.pane.remove();
    gate.seen.length = 0;
    place(gate.pane);
    expect((await failed).code).to.equal('framing-forbidden');
    await isDegraded(gate);
  });

  it('does not call another room open when events are switched off', async () => {
    const gate = await setupGate({});
    const page = await showReady(gate);
    hasten();
    const second = await createSecond(gate);
    await change(gate, page, 'Iframe_Integration_send_enable', false);
    gate.seen.length = 0;
    const error = await gate.pane.open(`group/${second.name}`).catch((reason) => reason);
    expect(error.code).to.equal('events-disabled');
    await isDegraded(gate);
    expect(gate.seen).to.deep.equal(['rc-error']);
    await gate.workspace.setting('Iframe_Integration_send_enable', true);
    expect((await gate.pane.open(`group/${second.name}`)).roomId).to.equal(second._id);
    expect(gate.pane.state).to.equal('ready');
  });

  it('hears the person once events are switched on', async () => {
    const gate = await setupGate({Iframe_Integration_send_enable: false}, 'form');
    place(gate.pane);
    const page = await pageIn(gate);
    await page.until(({screen}) => screen === 'login');
    await change(gate, page, 'Iframe_Integration_send_enable', true);
    const ready = oneEvent(gate.pane, 'rc-ready');
    await page.loginForm(gate.me.username, gate.me.password);
    await ready;
    expect(gate.pane.state).to.equal('ready');
  });

  it('opens another room by loading the page there when commands are switched off', async () => {
    const gate = await setupGate({});
    const page = await showReady(gate);
    hasten();
    const second = await createSecond(gate);
    await change(gate, page, 'Iframe_Integration_receive_enable', false);
    expect((await gate.pane.open(`group/${second.name}`)).roomId).to.equal(second._id);
    expect(gate.pane.state).to.equal('ready');
    expect((await page.until(({roomId}) => roomId === second._id)).user).to.equal(gate.me.username);
  });

  it('goes there without loading it when commands are switched on again', async () => {
    const gate = await setupGate({});
    const page = await showReady(gate);
    const second = await createSecond(gate);
    await change(gate, page, 'Iframe_Integration_receive_enable', false);
    await change(gate, page, 'Iframe_Integration_receive_enable', true);
    const before = (await gate.workspace.requests()).length;
    await gate.pane.open(`group/${second.name}`);
    const since = (await gate.workspace.requests()).slice(before);
    expect(since.filter(({line}) => line.includes('layout=embedded'))).to.deep.equal([]);
  });

  it('signs the user out when commands are switched off, too, as the token ends', async () => {
    const gate = await setupGate({});
    const page = await showReady(gate);
    await change(gate, page, 'Iframe_Integration_receive_enable', false);
    const out = oneEvent(gate.pane, 'rc-logged-out');
    const other = await setupGate({Iframe_Integration_receive_enable: false}, 'form');
    const ready = oneEvent(other.pane, 'rc-ready');
    place(other.pane);
    const form = await pageIn(other);
    await form.until(({screen}) => screen === 'login');
    await form.loginForm(other.me.username, other.me.password);
    await ready;
    gate.seen.length = 0;
    await gate.pane.logout();
    await out;
    await page.until(({screen, user}) => screen === 'login' && user === null);
    // Whose token does not end is said to be still there, as long after it was asked to go.
    hasten();
    const failed = errorOf(other.pane);
    await other.pane.logout();
    await failed;
    expect(gate.seen).to.deep.equal([]);
  });

  it('does not take whom its own form signed in for signed out when commands are off', async () => {
    const gate = await setupGate({Iframe_Integration_receive_enable: false}, 'form');
    const ready = oneEvent(gate.pane, 'rc-ready');
    place(gate.pane);
    const page = await pageIn(gate);
    await page.until(({screen}) => screen === 'login');
    await page.loginForm(gate.me.username, gate.me.password);
    await ready;
    hasten();
    gate.seen.length = 0;
    const failed = errorOf(gate.pane);
    await gate.pane.logout();
    const error = await failed;
    expect(error.code).to.equal('embed-silent');
    expect(error.message).to.match(/did not confirm the sign-out/);
    await isDegraded(gate);
    expect(page.state).to.include({screen: 'room', user: gate.me.username});
  });
});

describe("the REST API from a page's own script", () => {
  const call = async (server: string): Promise<unknown> =>
    (await fetch(`${server}/api/v1/info`)).json();
  /** With headers that take a preflight. */
  const me = async ({
    server,
    workspace,
    me: {username},
  }: Gate): Promise<Record<string, unknown>> => {
    const {userId, authToken} = await workspace.token(username);
    const headers = {'X-User-Id': userId, 'X-Auth-Token': authToken};
    return (await fetch(`${server}/api/v1/me`, {headers})).json();
  };
  const rejected = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => 'answered',
      (error: Error) => error.name,
    );

  it('is refused from the factory, which is nothing to the pane', async () => {
    const gate = await setupGate({});
    expect(await rejected(call(gate.server))).to.equal('TypeError');
    expect(await rejected(me(gate))).to.equal('TypeError');
    await showReady(gate);
  });

  it('is open once CORS is on, and shut again once it is off', async () => {
    const gate = await setupGate({});
    await showReady(gate);
    await gate.workspace.setting('API_Enable_CORS', true);
    expect(await call(gate.server)).to.include({success: true});
    expect((await me(gate))['username']).to.equal(gate.me.username);
    await gate.workspace.setting('API_Enable_CORS', false);
    expect(await rejected(me(gate))).to.equal('TypeError');
    expect(gate.pane.state).to.equal('ready');
  });

  it('is open to the origins on the list, and to no other', async () => {
    const gate = await setupGate({
      API_Enable_CORS: true,
      API_CORS_Origin: `${ELSEWHERE}, ${HERE.toUpperCase()}`,
    });
    expect((await me(gate))['username']).to.equal(gate.me.username);
    await gate.workspace.setting('API_CORS_Origin', ELSEWHERE);
    expect(await rejected(call(gate.server))).to.equal('TypeError');
    expect(await rejected(me(gate))).to.equal('TypeError');
    await showReady(gate);
  });
});
