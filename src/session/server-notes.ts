import {field, LIMITS, text} from '../protocol/guards.js';
import {visibleText} from '../protocol/visible-text.js';
import {holdSubscription} from './held-subscription.js';
import type {LiveSession} from './live-session.js';

const OF_USER = 'stream-notify-user';

/**
 * Tells what the server says of a room to its user alone: above all why it does not take a message,
 * where its answer says no more than that it has stumbled. Nothing of it is kept.
 *
 * Source: stream `stream-notify-user` (`<uid>/message`), Rocket.Chat's `notify.ephemeralMessage`.
 *
 * @param tell takes a text of the server, harmless to look at, never empty
 * @returns ends it
 */
export const followNotes = (
  session: Pick<LiveSession, 'api' | 'getState' | 'subscribe'>,
  roomId: string,
  tell: (text: string) => void,
): (() => void) => {
  let life: AbortController | undefined;
  const eventOf = (): string | undefined => {
    const {userId} = session.getState().user ?? {};
    return userId && `${userId}/message`;
  };
  const begin = (): void => {
    const {api} = session;
    const event = eventOf();
    if (!api || !event || life) return;
    life = new AbortController();
    void holdSubscription(api.connection, life.signal, OF_USER, event);
  };
  const end = session.subscribe((_, fact) => {
    if (fact.type === 'connection-changed') {
      life = undefined;
      if (fact.detail.status === 'live') begin();
    } else if (fact.type === 'heard') {
      const {stream, event, args} = fact.change;
      const [note] = args;
      if (stream !== OF_USER || event !== eventOf() || field(note, 'rid') !== roomId) return;
      const said = visibleText(text(field(note, 'msg'), LIMITS.message) ?? '').trim();
      if (said) tell(said);
    }
  });
  begin();
  return () => {
    end();
    life?.abort();
  };
};
