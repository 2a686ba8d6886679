import {setLogger} from '@pexip/plugin-api';

import {Controls} from './controls.js';
import {DialOut} from './dial.js';
import {byId} from './dom.js';
import {takeJoinLink} from './join-link.js';
import {fetchPlugins} from './manifest.js';
import {Meeting, type DropReason, type MeetingNode} from './meeting.js';
import {NodeClient} from './node-client.js';
import {PluginButtons, type PluginButton} from './plugin-buttons.js';
import {PluginHost} from './plugin-host.js';
import {remoteActions} from './remote-actions.js';
import {acceptRemoteControl, type PublishState} from './remote-control.js';
import {silentLogger} from './silent-logger.js';
import {SimulatorPanel} from './simulator-panel.js';
import {describeState} from './state.js';
import {Toasts} from './toasts.js';
import {View} from './view.js';

/** Web App 3's default for a call that was lost. */
const LOST: DropReason = {error: 'WebRTC connection closed', errorCode: '#pex117'};

setLogger(silentLogger);

const life = new AbortController();
const link = takeJoinLink();
const frames = byId('plugin-frames', HTMLElement);
let registrations = 0;
let publish: PublishState = () => undefined;

const changed = (): void => {
  render();
  publish();
};

const buttons = new PluginButtons(changed);
const toasts = new Toasts(changed);
/** Only where the server says that there is one. */
const nodeOf = (): MeetingNode | undefined => {
  if (!document.querySelector('meta[name="node"]')) return;
  const client = new NodeClient(link.alias, {
    gone: (reason) => meeting.drop(reason),
    came: ({uuid, name, role}) => {
      // A stream that begins anew tells of everybody again.
      if (!meeting.people.find(uuid)) meeting.people.bringIn([{name, role, fields: {uuid}}]);
    },
    left: (uuid) => void meeting.people.remove(meeting.people.find(uuid)),
  });
  const {callTag, role} = link;
  const pin = link.pin || (role === 'guest' ? 'none' : '');
  return {
    join: (name) => client.join({name, callTag, pin: view.pin ?? pin}),
    leave: () => client.leave(),
  };
};

const meeting = new Meeting({
  link,
  node: nodeOf(),
  send: (event) => host.send(event),
  pluginsSettled: async () => {
    await pluginsListed;
    await host.settled();
  },
  changed,
});
const dialOut = new DialOut(meeting, changed);
const controls = new Controls(meeting, changed);
const host = new PluginHost(
  {
    container: frames,
    handlers: new Map([
      ...buttons.handlers,
      ...dialOut.handlers,
      ...controls.handlers,
      ['ui:toast:show', toasts.show],
    ]),
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
    admit: (attendee) => meeting.people.admit([attendee]),
    press,
  },
  life.signal,
);

const panel = new SimulatorPanel(
  meeting.people,
  {drop: () => meeting.drop(LOST), reloadPlugin: () => host.reload()},
  life.signal,
);

const shownButtons = (): PluginButton[] =>
  meeting.phase === 'in-meeting' ? buttons.visibleTo(meeting.role) : [];

const render = (): void => {
  view.render({
    phase: meeting.phase,
    self: meeting.people.self,
    attendees: meeting.people.attendees,
    buttons: shownButtons(),
    toasts: toasts.messages,
    dropReason: meeting.dropReason,
    refusal: meeting.refusal,
  });
  panel.render();
};

const listPlugins = async (): Promise<void> => {
  for (const entry of await fetchPlugins(document.baseURI)) host.add(entry);
};

const pluginsListed = listPlugins();

publish = acceptRemoteControl(
  remoteActions({meeting, dialOut, host, view, frames, lost: LOST, listPlugins}),
  () =>
    describeState({
      meeting,
      buttons: shownButtons(),
      toasts: toasts.messages,
      registrations,
      dials: dialOut.dials,
      log: controls.log,
    }),
  life.signal,
);

render();
if (link.join) void meeting.join(view.name);
