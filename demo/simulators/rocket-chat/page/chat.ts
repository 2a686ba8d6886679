import type {LiveEvent} from '../live.js';
import type {Message, UserStatus} from '../model.js';
import type {OpenedRoom, PageLogin} from '../page-methods.js';
import type {PublicSettings} from '../settings.js';
import {FrameEvents} from './events.js';
import {Live} from './live.js';
import {currentRoute, navigate, takeResumeToken} from './router.js';
import {forgetLogin, storedToken, storeLogin} from './session.js';
import {Store} from './store.js';

/** What the page does, without showing it. Nothing here ever tells the parent that it failed. */
export class Chat {
  readonly store = new Store();
  readonly #events = new FrameEvents();
  readonly #live = new Live(
    (event) => this.#take(event),
    () => void this.#reconnect(),
  );
  #settings: PublicSettings | undefined;
  #openings = 0;
  /** What is written while a room opens: the server's answer may be older, and yet arrive later. */
  #meanwhile: Message[] | undefined;

  /** Loads the settings, signs in with the kept token, and calls `ready` between the two. */
  async start(ready: (settings: () => PublicSettings) => void): Promise<void> {
    const token = takeResumeToken() ?? storedToken();
    await this.#live.connect();
    const settings = this.#settings;
    if (settings) ready(() => this.#settings ?? settings);
    this.#events.startup();
    const login = token ? await this.#live.login<PageLogin>({resume: token}) : undefined;
    // A command may have signed somebody in meanwhile.
    if (this.store.state.user) return;
    if (login) await this.#enter(login);
    else this.#showLogin();
  }

  /** Signs in by the form. */
  async login(user: string, password: string): Promise<void> {
    const login = await this.#live.login<PageLogin>({user, password});
    if (login) await this.#enter(login);
    else this.store.update({loginFailed: true});
  }

  /** Signs in by token. A wrong one changes nothing; the token in use changes nothing either. */
  async loginWithToken(token: string): Promise<void> {
    const login = token ? await this.#live.login<PageLogin>({resume: token}) : undefined;
    if (login && !(this.store.state.user && token === this.#live.token)) await this.#enter(login);
  }

  /** Ends the login on the server, too, for everyone who uses the token. */
  async logout(): Promise<void> {
    if (!this.store.state.user) return;
    const {token} = this.#live;
    // The connection ends with the token; it must not be taken for a loss.
    this.#live.close();
    this.#events.loggedOut();
    navigate('/home');
    this.#showLogin();
    await this.#live.call('logout', {}, token);
    // The parent may have signed somebody in again meanwhile.
    if (!this.store.state.user) await this.#live.connect();
  }

  async setStatus(status: unknown): Promise<void> {
    const answer = await this.#live.call<{status: UserStatus}>('set-status', {status});
    const {user} = this.store.state;
    if (!answer || !user) return;
    const changed = {...user, status: answer.status};
    this.store.update({user: changed});
    this.#events.statusChanged(changed);
  }

  go(path: string): void {
    navigate(path);
    void this.openRoute();
  }

  /** Opens what the address names. */
  async openRoute(): Promise<void> {
    const opening = ++this.#openings;
    this.#meanwhile = undefined;
    if (!this.store.state.user) return;
    const route = currentRoute();
    if (!route) {
      this.store.update({screen: 'home', room: undefined, messages: []});
      return;
    }
    const meanwhile: Message[] = [];
    this.#meanwhile = meanwhile;
    const opened = await this.#live.call<OpenedRoom>('open', route);
    // Another room, or another user, may have been asked for meanwhile.
    if (opening !== this.#openings) return;
    this.#meanwhile = undefined;
    if (opened === null) return;
    if (!opened) {
      this.store.update({screen: 'forbidden', room: undefined, messages: []});
      return;
    }
    const {room, messages} = opened;
    const late = meanwhile.filter(
      ({rid, _id}) => rid === room._id && !messages.some((each) => each._id === _id),
    );
    this.store.update({screen: 'room', room, messages: [...messages, ...late]});
    this.#events.roomOpened(room);
    this.readIfSeen();
  }

  /** Sends a message to the opened room; false if the server did not take it. */
  async send(text: string): Promise<boolean> {
    const {room} = this.store.state;
    if (!room) return false;
    const message = await this.#live.call<Message>('post', {rid: room._id, msg: text});
    if (message) this.#addMessage(message);
    return !!message;
  }

  /** Marks the opened room as read, but only while the document has the focus. */
  readIfSeen(): void {
    const {room, subscriptions} = this.store.state;
    const subscription = subscriptions.find(({rid}) => rid === room?._id);
    if (!subscription || (!subscription.alert && !subscription.unread)) return;
    if (document.hasFocus()) void this.#live.call('read', {rid: subscription.rid});
  }

  async #enter({user, token, expires}: PageLogin): Promise<void> {
    storeLogin(user._id, token, expires);
    // What the user of before has asked for must not come up now.
    this.#openings += 1;
    this.#events.forget();
    this.store.update({user, loginFailed: false, screen: 'loading', room: undefined, messages: []});
    await this.#live.connect(token);
    this.#events.statusChanged(user);
    await this.openRoute();
  }

  #showLogin(): void {
    forgetLogin();
    this.#openings += 1;
    const nothing = {user: undefined, room: undefined, messages: [], subscriptions: []};
    this.store.update({screen: 'login', loginFailed: false, ...nothing});
  }

  async #reconnect(): Promise<void> {
    const {token} = this.#live;
    if (!token) return this.#live.connect();
    const login = await this.#live.login<PageLogin>({resume: token});
    if (token !== this.#live.token) return;
    if (login === undefined) {
      // To Meteor a refused token is a logout, only that the address stays. The parent may have asked
      // for one meanwhile.
      if (this.store.state.user) this.#events.loggedOut();
      this.#showLogin();
      return this.#live.connect();
    }
    await this.#live.connect(token);
    await this.openRoute();
  }

  #take(event: LiveEvent): void {
    const {subscriptions} = this.store.state;
    switch (event.type) {
      case 'settings':
        this.#settings = event.settings;
        this.#events.settings = event.settings;
        this.store.update({settingsVersion: event.version});
        break;
      case 'message':
        this.#meanwhile?.push(event.message);
        this.#addMessage(event.message);
        break;
      case 'subscriptions':
        this.store.update({subscriptions: event.subscriptions});
        this.#events.unreadChanged(event.subscriptions, event.subscriptions);
        break;
      case 'subscription': {
        const changed = event.subscription;
        const others = subscriptions.filter(({_id}) => _id !== changed._id);
        const all = [...others, changed];
        this.store.update({subscriptions: all});
        this.#events.unreadChanged([changed], all);
        this.readIfSeen();
      }
    }
  }

  #addMessage(message: Message): void {
    const {room, messages} = this.store.state;
    if (message.rid !== room?._id || messages.some(({_id}) => _id === message._id)) return;
    this.store.update({messages: [...messages, message]});
    this.#events.newMessage(message, room);
  }
}
