import {expect, oneEvent} from '@open-wc/testing';

import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import type {CanarySearch} from './canary-search.js';
import type {setupConversation} from './conversation.js';
import {isLive} from './live-pane.js';
import {setupPuppetRoom} from './puppet-room.js';

type Conversation = Awaited<ReturnType<typeof setupConversation>>;

/**
 * Puts a pane, which logs all that it can, into the room of a meeting that tells what it is sent.
 * Without waiting for anything that the pane does.
 */
export const mountSearched = async (
  search: CanarySearch,
  pane: RcChatPaneElement,
): Promise<void> => {
  pane.debug = pane.roomList = true;
  await search.step(setupPuppetRoom({chat: true, debug: true}, pane));
};

/** The same, until the pane shows its room and has a live connection. */
export const showSearched = async (
  search: CanarySearch,
  pane: RcChatPaneElement,
): Promise<void> => {
  const both = [oneEvent(pane, 'rc-ready'), isLive(pane)];
  await mountSearched(search, pane);
  for (const each of both) await search.step(each);
};

/** Has a pane do all that it can do, searched after each thing; what is refused, too. */
export const useSearched = async (
  search: CanarySearch,
  pane: RcChatPaneElement,
  {workspace, me, other, room, write, name}: Conversation,
): Promise<void> => {
  const received = oneEvent(pane, 'rc-message-received');
  const {_id} = await write(`@${me.username} hello`);
  await search.step(received);
  const edited = oneEvent(pane, 'rc-message-changed');
  await workspace.edit(other.username, room._id, _id, 'Hello!');
  await search.step(edited);
  await search.step(pane.send('Hello yourself'));
  await search.step(pane.markRead());
  for (const refused of [
    () => pane.send('x'.repeat(6000)),
    () => pane.send(' '),
    () => pane.compose('no'),
    () => pane.open(`group/none-${name}`),
  ])
    search.note('thrown', await search.step(refused().catch((error: unknown) => error)));
  const members = [me.username, other.username];
  const second = await workspace.createRoom({type: 'p', name: `second-${name}`, members});
  await search.step(pane.open(`group/${second.name}`));
};

/**
 * Fails for each secret that was seen anywhere, and if nothing was seen of what is no secret: a search
 * that did not look would find no secret either.
 */
export const expectNowhere = (
  search: CanarySearch,
  canaries: readonly string[],
  {name}: Pick<Conversation, 'name'>,
): void => {
  expect(search.placesOf(name)).to.include.members(['document', 'property', 'request', 'server']);
  expect(search.placesOf('externalCommand')).to.include('console');
  for (const canary of canaries) {
    expect(canary.length).to.be.greaterThan(20);
    expect(search.placesOf(canary)).to.deep.equal([]);
  }
};
