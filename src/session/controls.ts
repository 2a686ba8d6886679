import {PexipChatError} from '../errors.js';
import {
  checkControl,
  CONTROL_METHODS,
  controlToWire,
  type Control,
  type ControlCheck,
  type ControlMethod,
} from '../protocol/controls.js';
import {field} from '../protocol/guards.js';
import type {Participant, ParticipantPermissions} from '../protocol/roster.js';
import type {MeetingSession} from './meeting-session.js';
import type {Roster} from './roster.js';

/** The flag of a participant that each control needs; the others need a host only. */
const NEEDS: {readonly [Type in Control['type']]?: keyof ParticipantPermissions} = {
  mute: 'mute',
  'mute-video': 'mute',
  disconnect: 'disconnect',
  transfer: 'transfer',
  spotlight: 'spotlight',
  'raise-hand': 'raiseHand',
};

/** What a person who is no host may ask for himself. */
const OWN: readonly string[] = ['mute', 'mute-video', 'raise-hand'];

/** What is switched is switched on unless the page says otherwise. */
const SWITCHES: readonly string[] = ['muted', 'active', 'raised'];

const fieldsOf = (method: ControlMethod, args: readonly unknown[]): Record<string, unknown> => {
  const [type, ...names] = CONTROL_METHODS[method];
  const fields: Record<string, unknown> = {};
  names.forEach((name, i) => {
    const value = args[i];
    if (name === 'target') {
      for (const each of ['alias', 'role', 'pin']) fields[each] = field(value, each);
    } else {
      const on = type !== 'participants-state' && SWITCHES.includes(name);
      fields[name] = value === undefined && on ? true : value;
    }
  });
  return fields;
};

/** Reads what the page gave. A getter or proxy of it may throw. */
const read = (method: ControlMethod, args: readonly unknown[]): ControlCheck => {
  try {
    return checkControl(CONTROL_METHODS[method][0], fieldsOf(method, args));
  } catch {
    return {field: 'target'};
  }
};

const unsupported = (why: string): PexipChatError => new PexipChatError('unsupported', why);

/**
 * What the page may ask of the meeting. Nothing is answered by the plugin, so nothing changes here:
 * the roster tells what has come of it.
 */
export class Controls {
  readonly #meeting: MeetingSession;
  readonly #roster: Roster;
  readonly #post: (data: Record<string, unknown>) => void;
  /** Undefined for a page without a panel. */
  #panel: boolean | undefined;

  /** @param post sends a message as it is */
  constructor(
    meeting: MeetingSession,
    roster: Roster,
    post: (data: Record<string, unknown>) => void,
  ) {
    this.#meeting = meeting;
    this.#roster = roster;
    this.#post = post;
    meeting.subscribe((_, {type}) => {
      // A plugin that starts again does not know of the page's panel.
      if (type === 'ready' || type === 'features-changed') this.#showPanel();
    });
  }

  /**
   * Sends a control.
   *
   * @throws {PexipChatError} `invalid-argument` names the field; `unsupported`: the plugin's features
   * lack it, or a flag of the participant or of the person in the frame forbids it; `not-connected`
   */
  ask(method: ControlMethod, args: readonly unknown[]): void {
    const [type] = CONTROL_METHODS[method];
    const checked = read(method, args);
    if ('field' in checked)
      throw new PexipChatError(
        'invalid-argument',
        `${method}() was given a missing or wrong "${checked.field}". docs/controls.md lists the arguments.`,
      );
    const {control} = checked;
    const {features, phase} = this.#meeting.getState();
    const feature = type === 'participants-state' ? 'participants' : type;
    if (!features.includes(feature))
      throw unsupported(
        `The meeting's plugin has no feature "${feature}". It needs the plugin of this package, ` +
          "packaged with this page's origin, or one that speaks rocketchat:videoconf.",
      );
    if (control.type === 'participants-state') {
      this.#panel = control.active;
      return this.#showPanel();
    }
    if (phase !== 'connected')
      throw new PexipChatError(
        'not-connected',
        `${method}() was called with nobody in the meeting. Wait for pexip-connected.`,
      );
    this.#refuseWhatIsForbidden(control);
    this.#post(controlToWire(control));
  }

  #refuseWhatIsForbidden(control: Exclude<Control, {type: 'participants-state'}>): void {
    const {self} = this.#roster.getState();
    const uuid = 'participantUuid' in control ? control.participantUuid : undefined;
    const own = OWN.includes(control.type) && uuid === self?.participantUuid;
    if (self && !self.canControl && !own)
      throw unsupported(
        `${control.type}: only a host may do this, and the person here is a guest.`,
      );
    const need = NEEDS[control.type];
    if (uuid !== undefined && need && this.#find(uuid)?.can[need] === false)
      throw unsupported(`${control.type}: this participant's can.${need} forbids it.`);
  }

  #find(uuid: string): Participant | undefined {
    return this.#roster.getState().participants.find((each) => each.uuid === uuid);
  }

  #showPanel(): void {
    const active = this.#panel;
    if (active !== undefined && this.#meeting.getState().features.includes('participants'))
      this.#post(controlToWire({type: 'participants-state', active}));
  }
}
