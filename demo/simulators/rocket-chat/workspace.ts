import {Changes} from './changes.js';
import {Conferences} from './conferences.js';
import {Rooms} from './rooms.js';
import {type Settings, SettingsStore} from './settings.js';
import {Subscriptions} from './subscriptions.js';
import {Timeline} from './timeline.js';
import {Users} from './users.js';

/** Everything a Rocket.Chat server holds, without any way to reach it. */
export class Workspace {
  readonly changes = new Changes();
  readonly conferences = new Conferences();
  readonly settings: SettingsStore;
  readonly users: Users;
  readonly subscriptions: Subscriptions;
  readonly rooms: Rooms;
  readonly timeline: Timeline;
  #restore: (() => void)[] = [];

  constructor(settings: Partial<Settings>) {
    const {changes} = this;
    this.settings = new SettingsStore(settings, () => {
      changes.tell({type: 'settings'});
    });
    this.users = new Users(this.settings, changes);
    this.subscriptions = new Subscriptions(this.settings, this.users, changes);
    this.rooms = new Rooms(this.users, this.subscriptions, changes);
    this.timeline = new Timeline(this.users, this.subscriptions, changes);
  }

  /** Keeps rooms, messages and unread counts as they are now, for `reset()`. */
  keep(): void {
    this.#restore = [this.rooms, this.subscriptions, this.timeline].map((each) => each.snapshot());
  }

  /** Goes back to what was kept, and to the first settings; every login ends. */
  reset(): void {
    for (const restore of this.#restore) restore();
    for (const user of this.users.all()) this.users.end(user);
    this.settings.reset();
  }
}
