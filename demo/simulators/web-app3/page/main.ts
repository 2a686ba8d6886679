import {setLogger} from '@pexip/plugin-api';

import type {SimulatorState} from '../remote-protocol.js';
import {DialOut} from './dial.js';
import {takeJoinLink} from './join-link.js';
import {fetchPlugins} from './manifest.js';
import {Meeting, type DropReason} from './meeting.js';
import {PluginButtons, type PluginButton} from './plugin-buttons.js';
import {createHiddenFrame} from './plugin-frames.js';
import {PluginHost} from './plugin-host.js';
import {acceptRemoteControl, type PublishState} from './remote-control.js';
import {silentLogger} from './silent-logger.js';
import {Toasts} from './toasts.js';
import {byId, View} from './view.js';

/** Web App 3's default for a call that was lost. */
const LOST: DropReason = {error: 'WebRTC connection closed', errorCode: '#pex117'};

setLogger(silentLogger);

const life = new AbortController();
const link = takeJoinLink();
const frames = byId('plugin-frames', HTMLElement);
let registrations = 0;
let extraFrame: HTMLIFrameElement | undefined;
let publish: PublishState = () => undefined;

const changed = (): void => {
  render();
  publish();
};

const buttons = new PluginButtons(changed);
const toasts = new Toasts(changed);
const meeting = new Meeting({
  link,
  send: (event) => host.send(event),
  pluginsSettled: async () => {
    await pluginsListed;
    await host.settled();
  },
  changed,
});
const dialOut = new DialOut(meeting, link.role, changed);
const host = new PluginHost(
  {
    container: frames,
    handlers: new Map([...buttons.handlers, ...dialOut.handlers, ['ui:toast:show', toasts.show]]),
    registered: () => {
      registrations += 1;
      changed();
    },
    unregistered: (chanId) => buttons.removeAll(chanId),
  },
  life.signal,
);

const press = ({id, chanId}: PluginButton): void =>
  host.send({event: 'ui:button:click', payload: {buttonId: id, input: {buttonId: id}}}, chanId);

const view = new View(
  link.alias,
  link.name,
  {
    join: (name) => void meeting.join(name),
    leave: () => meeting.leave(),
    drop: () => meeting.drop(LOST),
    reloadPlugin: () => host.reload(),
    press,
  },
  life.signal,
);

const shownButtons = (): PluginButton[] =>
  meeting.phase === 'in-meeting' ? buttons.visibleTo(link.role) : [];

const render = (): void =>
  view.render({
    phase: meeting.phase,
    attendees: meeting.attendees,
    buttons: shownButtons(),
    toasts: toasts.messages,
    dropReason: meeting.dropReason,
  });

const namesOf = (isRinging: boolean): string[] =>
  meeting.attendees
    .filter(({ringing}) => ringing === isRinging)
    .map(({participant}) => participant.displayName ?? '');

const state = (): SimulatorState => {
  const [button] = shownButtons();
  return {
    phase: meeting.phase,
    button: button
      ? {name: button.tooltip, pressed: button.isActive, badge: button.hasBadge}
      : null,
    participants: namesOf(false),
    ringing: namesOf(true),
    toasts: toasts.messages,
    registrations,
    dials: dialOut.dials,
  };
};

const listPlugins = async (): Promise<void> => {
  for (const entry of await fetchPlugins(document.baseURI)) host.add(entry);
};

const pluginsListed = listPlugins();

publish = acceptRemoteControl(
  {
    state: () => undefined,
    join: () => void meeting.join(view.name),
    leave: () => meeting.leave(),
    drop: ({error = LOST.error, errorCode = LOST.errorCode}) => meeting.drop({error, errorCode}),
    'click-chat': () => view.pressPluginButton(),
    'reload-plugin': () => host.reload(),
    reload: () => location.reload(),
    navigate: ({url}) => location.assign(url),
    'set-ring': ({ms}) => dialOut.setRing(ms),
    answer: () => dialOut.answer(),
    'set-plugin-frame': ({present}) => {
      host.clear();
      if (present) void listPlugins();
    },
    'add-frame': ({url, sandbox}) => {
      extraFrame?.remove();
      extraFrame = createHiddenFrame(url, sandbox);
      frames.append(extraFrame);
    },
    'remove-frame': () => extraFrame?.remove(),
    post: ({message, to}) =>
      to === 'plugin' ? host.post(message) : parent.postMessage(message, '*'),
  },
  state,
  life.signal,
);

render();
if (link.join) void meeting.join(view.name);
