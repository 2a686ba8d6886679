import type {StoredUser} from './account.js';
import {Changes} from './changes.js';
import {Conferences} from './conferences.js';
import type {Markdown} from './markdown.js';
import type {StoredTimeline} from './message-store.js';
import type {Room} from './model.js';
import {DEFAULT_PERMISSIONS, type Permissions} from './permissions.js';
import {Rooms} from './rooms.js';
import {type Settings, SettingsStore} from './settings.js';
import {type StoredSubscriptions, Subscriptions} from './subscriptions.js';
import {Timeline} from './timeline.js';
import {Uploads} from './uploads.js';
import {Users} from './users.js';

/** A workspace in a file. */
export interface StoredWorkspace extends StoredTimeline {
  readonly users: StoredUser[];
  readonly rooms: Room[];
  readonly subscriptions: StoredSubscriptions['subscriptions'];
  readonly subscriptionTrash: StoredSubscriptions['trash'];
}

/** Everything a Rocket.Chat server holds, without any way to reach it. */
export class Workspace {
  readonly changes = new Changes();
  readonly conferences = new Conferences();
  readonly settings: SettingsStore;
  readonly users: Users;
  readonly subscriptions: Subscriptions;
  readonly rooms: Rooms;
  readonly timeline: Timeline;
  readonly uploads: Uploads;
  readonly markdown: Markdown;
  readonly permissions: Permissions;
  #restore: (() => void)[] = [];

  constructor(
    settings: Partial<Settings>,
    markdown: Markdown,
    permissions: Permissions = DEFAULT_PERMISSIONS,
  ) {
    const {changes} = this;
    this.settings = new SettingsStore(settings, () => {
      changes.tell({type: 'settings'});
    });
    this.users = new Users(this.settings, changes);
    this.subscriptions = new Subscriptions(this.settings, this.users, changes);
    this.rooms = new Rooms(this.users, this.subscriptions, changes);
    this.uploads = new Uploads(this.settings);
    this.markdown = markdown;
    this.permissions = permissions;
    this.timeline = new Timeline(this);
  }

  /** Keeps rooms, messages and unread counts as they are now, for `reset()`. */
  keep(): void {
    this.#restore = [this.rooms, this.subscriptions, this.timeline].map((each) => each.snapshot());
  }

  /** Everything that outlives a restart: accounts, rooms and messages, but neither settings nor files. */
  dump(): StoredWorkspace {
    return {
      users: this.users.dump(),
      rooms: this.rooms.dump(),
      ...this.subscriptions.dump(),
      subscriptionTrash: this.subscriptions.dump().trash,
      ...this.timeline.dump(),
    };
  }

  /** Puts what was stored in the place of all that there is. */
  load({users, rooms, subscriptions, subscriptionTrash, messages, trash}: StoredWorkspace): void {
    this.users.load(users);
    this.rooms.load(rooms);
    this.subscriptions.load({subscriptions, trash: subscriptionTrash});
    this.timeline.load({messages, trash});
    this.keep();
  }

  /** Goes back to what was kept, and to the first settings; every login ends. */
  reset(): void {
    for (const restore of this.#restore) restore();
    for (const user of this.users.all()) this.users.end(user);
    this.settings.reset();
  }
}
