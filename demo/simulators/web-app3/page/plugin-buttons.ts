import {field, text} from '../../../../src/protocol/guards.js';
import {isIconName} from './icons.js';
import type {AnswerableCall, RpcHandler} from './rpc.js';

/** A toolbar button as a plugin has described it. */
export interface PluginButton {
  /** The id of the call that made it. */
  readonly id: string;
  readonly chanId: string;
  readonly tooltip: string;
  /** An icon's name; empty for a plugin's own drawing, which is not shown. */
  readonly icon: string;
  readonly isActive: boolean;
  readonly hasBadge: boolean;
  /** Who may see it; `undefined`: everybody. */
  readonly roles: readonly unknown[] | undefined;
}

/** The toolbar buttons of all plugins, in the order of their making. */
export class PluginButtons {
  readonly #buttons = new Map<string, PluginButton>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The methods of plugin-api that make, change and remove buttons. */
  get handlers(): [string, RpcHandler][] {
    return [
      ['ui:button:add', (call) => this.#put(call, call.id)],
      ['ui:button:update', (call) => this.#update(call)],
      ['ui:removeElement', (call) => this.#remove(call)],
    ];
  }

  /** The buttons that a participant of this role may see. */
  visibleTo(role: string): PluginButton[] {
    return [...this.#buttons.values()].filter(({roles}) => !roles || roles.includes(role));
  }

  /** Removes what one plugin has made. */
  removeAll(chanId: string): void {
    for (const button of this.#buttons.values()) {
      if (button.chanId === chanId) this.#buttons.delete(button.id);
    }
    this.#changed();
  }

  #put({id: callId, chanId, payload, reply}: AnswerableCall, id: string): void {
    const fail = (reason: string): void => reply({status: 'failed', reason, id: callId});
    const icon = field(payload, 'icon');
    const isCustom = field(field(icon, 'custom'), 'main') !== undefined;
    if (field(payload, 'position') !== 'toolbar') return fail('not simulated');
    if (!isCustom && !isIconName(icon)) return fail('Invalid Icon name');
    const roles = field(payload, 'roles');
    this.#buttons.set(id, {
      id,
      chanId,
      tooltip: text(field(payload, 'tooltip'), 100) ?? '',
      icon: isIconName(icon) ? icon : '',
      isActive: field(payload, 'isActive') === true,
      hasBadge: field(field(payload, 'badge'), 'isVisible') === true,
      roles: Array.isArray(roles) ? roles : undefined,
    });
    reply({status: 'ok', id: callId, data: undefined});
    this.#changed();
  }

  #update(call: AnswerableCall): void {
    const id = this.#ownId(call, 'targetId');
    if (id) this.#put(call, id);
    else call.reply({status: 'failed', reason: 'Unknown button', id: call.id});
  }

  #remove(call: AnswerableCall): void {
    const id = this.#ownId(call, 'id');
    if (id) this.#buttons.delete(id);
    call.reply(
      id
        ? {status: 'ok', id: call.id, data: undefined}
        : {status: 'failed', reason: 'Unknown element', id: call.id},
    );
    this.#changed();
  }

  /** The id that a call names, if it is one of the calling plugin's own buttons. */
  #ownId({chanId, payload}: AnswerableCall, name: string): string | undefined {
    const id = String(field(payload, name));
    return this.#buttons.get(id)?.chanId === chanId ? id : undefined;
  }
}
