import type {DialOut} from './dial.js';
import type {DropReason, Meeting} from './meeting.js';
import type {Attendee} from './people.js';
import {createHiddenFrame} from './plugin-frames.js';
import type {PluginHost} from './plugin-host.js';
import type {RemoteActions} from './remote-control.js';
import type {View} from './view.js';

/** The parts of the app that the remote control drives. */
export interface RemoteControlled {
  readonly meeting: Meeting;
  readonly dialOut: DialOut;
  readonly host: PluginHost;
  readonly view: View;
  /** Takes frames that are no plugins. */
  readonly frames: HTMLElement;
  /** Why a call is dropped unless told otherwise. */
  readonly lost: DropReason;
  listPlugins(): Promise<void>;
}

/** What each command of the remote control does. */
export const remoteActions = ({
  meeting,
  dialOut,
  host,
  view,
  frames,
  lost,
  listPlugins,
}: RemoteControlled): RemoteActions => {
  const {people} = meeting;
  let extraFrame: HTMLIFrameElement | undefined;

  const find = (who: string | null): Attendee | undefined =>
    who === null
      ? people.self
      : (people.find(who) ??
        people.attendees.find(({participant}) => participant.displayName === who));

  return {
    state: () => undefined,
    join: () => void meeting.join(view.name),
    leave: () => meeting.leave(),
    drop: ({error = lost.error, errorCode = lost.errorCode}) => meeting.drop({error, errorCode}),
    'click-chat': () => view.pressPluginButton(),
    'click-button': ({name}) => view.pressPluginButton(name),
    'reload-plugin': () => host.reload(),
    reload: () => location.reload(),
    navigate: ({url}) => location.assign(url),
    'set-ring': ({ms}) => dialOut.setRing(ms),
    answer: () => dialOut.answer(),
    'bring-in': ({people: newcomers}) => people.bringIn(newcomers),
    flood: ({count, traits}) => {
      const crowd = Array.from({length: count}, (_, index) => ({
        name: `Participant ${index + 1}`,
        ...traits,
      }));
      people.bringIn(crowd, {inOneEvent: true});
    },
    change: ({who, traits}) => {
      const attendee = find(who);
      if (attendee) people.change([attendee], traits);
    },
    'send-away': ({who}) => void people.remove(find(who)),
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
  };
};
