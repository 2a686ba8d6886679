import {expect, nextFrame} from '@open-wc/testing';

import type {RcConversationElement} from '../../src/elements/native/conversation.js';
import {defineNative} from '../../src/elements/native/native-elements.js';
import {surroundings} from '../../src/elements/native/surroundings.js';
import {en} from '../../src/elements/strings/en.js';
import {roomTraits} from '../../src/protocol/room-traits.js';
import type {LiveSession} from '../../src/session/live-session.js';
import {RoomScene} from '../../src/session/room-scene.js';
import {Drawn} from '../support/drawn.js';
import {place} from '../support/mount.js';
import {turn} from '../support/turn.js';
import {waitUntil} from '../support/wait.js';
import {FakeLiveSession, raw} from '../session/native-session.js';

defineNative();

/** A conversation with this history, as the pane shows it: anew with each change. */
const showConversation = async (history: readonly object[]) => {
  const session = new FakeLiveSession();
  const host = place(document.createElement('div'));
  host.style.cssText = 'position: relative; block-size: 30rem';
  const root = host.attachShadow({mode: 'open'});
  const element: RcConversationElement = document.createElement('rc-conversation');
  root.append(element);
  let changes = 0;
  const room = {roomId: 'room', name: 'room', type: 'c', kind: 'c'} as const;
  const scene = new RoomScene(session as unknown as LiveSession, room, 0, () => {
    changes++;
    show();
  });
  const show = (): void =>
    element.show({
      language: {tag: 'en', strings: en},
      scene,
      traits: roomTraits({}, {}, 'me'),
      base: 'https://chat.example.com/',
      byBroker: false,
      openRoom: () => Promise.resolve(),
      around: surroundings(),
      link: undefined,
    });
  show();
  session.asked[0]!.answer({messages: [...history].reverse()});
  await turn();
  const rows = (): HTMLElement => root.querySelector('.rows')!;
  await waitUntil(() => !history.length || root.querySelector('rc-message article'));
  return {session, scene, root, rows, element, changes: () => changes};
};

describe('a flood in a conversation', () => {
  const MANY = 10_000;

  it(`of ${MANY} messages is drawn at most once in a frame, and none is lost`, async () => {
    const {session, scene, rows, root, changes} = await showConversation([raw('m0', 1)]);
    let most = 0;
    const drawn = new Drawn(rows());
    for (let at = 1; at <= MANY;) {
      // As they come: each in a task of its own, many in a frame.
      for (const end = Math.min(MANY, at + 499); at <= end; at++)
        session.put(raw(`m${at}`, at + 1));
      await turn();
      await nextFrame();
      most = Math.max(most, rows().childElementCount);
    }
    await waitUntil(() => root.textContent!.includes(`text of m${MANY}`));
    drawn.stop();
    expect(changes()).to.be.at.least(MANY);
    expect(drawn.most).to.equal(1);
    expect(most).to.be.within(3, 200);
    const {messages} = scene.conversation;
    expect(messages).to.have.lengthOf(MANY + 1);
    expect(messages.every(({id}, nth) => id === `m${nth}`)).to.equal(true);
    scene.close();
  });

  it('of reactions to one message is drawn at most once in a frame, and ends with the last', async () => {
    const {session, scene, root} = await showConversation([raw('m0', 1)]);
    const react = (at: number): void =>
      session.put(
        raw('m0', 1, {
          _updatedAt: {$date: at + 1},
          reactions: {':heart:': {usernames: Array.from({length: at % 7 || 7}, (_, n) => `u${n}`)}},
        }),
      );
    const count = (): string | undefined =>
      root.querySelector('.reaction > :last-child')?.textContent ?? undefined;
    react(1);
    await waitUntil(() => count() === '1');
    const drawn = new Drawn(root.querySelector('.reactions')!, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    for (let at = 2; at <= 2_000; at++) {
      react(at);
      if (at % 50 === 0) await turn();
    }
    await waitUntil(() => count() === String(2_000 % 7 || 7));
    expect(drawn.most).to.equal(1);
    drawn.stop();
    scene.close();
  });
});
