import type {Account, Message, Room, Subscription} from '../model.js';
import type {PublicSettings} from '../settings.js';

/**
 * Tells the parent what happens, as Rocket.Chat's "Iframe Events" do: `{eventName, data}`, only with
 * the setting `Iframe_Integration_send_enable`, and only to its `_send_target_origin`.
 */
export class FrameEvents {
  #settings: PublicSettings | undefined;
  #opened = new Set<string>();
  #unread: number | undefined;

  set settings(settings: PublicSettings) {
    this.#settings = settings;
  }

  startup(): void {
    this.#fire('startup', true);
  }

  statusChanged({status}: Account): void {
    this.#fire('status-changed', status);
  }

  /** Once a room, and without `usernames`. */
  roomOpened({usernames: _, ...room}: Room): void {
    if (this.#opened.has(room._id)) return;
    this.#opened.add(room._id);
    this.#fire('room-opened', room);
  }

  newMessage(message: Message, room: Room): void {
    const {t: type, name} = room;
    this.#fire('new-message', {...message, name: message.u.name, room: {type, name}});
  }

  /** Tells of the subscriptions that changed, then of the sum of all, if it changed. */
  unreadChanged(changed: readonly Subscription[], all: readonly Subscription[]): void {
    for (const subscription of changed) {
      this.#fire('unread-changed-by-subscription', subscription);
    }
    const unread = all.reduce((sum, each) => sum + (each.open ? each.unread : 0), 0);
    if (unread === this.#unread) return;
    this.#unread = unread;
    this.#fire('unread-changed', unread);
  }

  loggedOut(): void {
    this.#fire('Custom_Script_On_Logout', this.#settings?.Custom_Script_On_Logout);
  }

  /** Begins anew for another user. */
  forget(): void {
    this.#opened = new Set();
    this.#unread = undefined;
  }

  #fire(eventName: string, data: unknown): void {
    const settings = this.#settings;
    if (!settings?.Iframe_Integration_send_enable) return;
    try {
      parent.postMessage({eventName, data}, settings.Iframe_Integration_send_target_origin);
    } catch (error) {
      // What is no origin, such as a list of them, is refused; the page itself goes on.
      console.error(error);
    }
  }
}
