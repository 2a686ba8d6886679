import {NOTHING_UNREAD} from '../../session/chat-state.js';
import {LiveSide} from '../views/live-side.js';
import {workspaceAddress} from '../workspace-address.js';
import type {Desk, DeskPlace} from './desk-types.js';

export {face} from './launcher-face.js';

/** A file that is loaded once a widget knows how its user signs in. */
export const desk = ({host, given, changed, report}: DeskPlace): Desk => {
  const side = new LiveSide(changed, report);
  const broker = workspaceAddress(host.getAttribute('broker') ?? '', 'broker');
  let server = '';
  void side.serverOf(broker).then((told) => {
    server = workspaceAddress(told);
    side.start(server, {broker, accessToken: given.accessToken ?? undefined});
  });
  const walking = {
    get state() {
      const {status = 'connecting', user = null, known = false} = side.state ?? {};
      const {rooms = [], unread = NOTHING_UNREAD} = side.state ?? {};
      const chats = rooms.map((room) => ({...room, preview: ''}));
      return {status, user, known, chats, unread, signIn: side.signIn};
    },
    isAuthenticated: () => !!side.state?.user,
    follow: () => undefined,
    stop: () => side.stop(),
    get server() {
      return server;
    },
    broker,
  };
  return walking as unknown as Desk;
};
