import type {PexipChatWidgetElement} from '../../src/elements/pexip-chat-widget.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {setupBroker} from './broker-pane.js';
import {place, setAttributes} from './mount.js';
import {waitUntil} from './wait.js';

/** A widget in the page until the test has ended, of somebody who has a broker and a chat. */
export const setupWidget = async (attributes: Readonly<Record<string, string>> = {}) => {
  const conversation = await setupBroker();
  const {broker, remote, me, name} = conversation;
  const widget: PexipChatWidgetElement = document.createElement('pexip-chat-widget');
  setAttributes(widget, {broker, ...attributes});
  widget.accessToken = () => remote.accessToken(me.username);
  place(widget);
  await waitUntil(() => widget.shadowRoot, 'the widget stands');
  const root = widget.shadowRoot!;
  const find = <Found extends HTMLElement = HTMLElement>(selector: string): Found | null =>
    root.querySelector<Found>(selector);
  const row = (): HTMLElement | undefined =>
    [...root.querySelectorAll<HTMLElement>('[part=list] li button')].find((each) =>
      each.textContent.includes(name),
    );
  const pane = (): RcChatPaneElement | null => find<RcChatPaneElement>('rc-chat-pane');
  return {
    ...conversation,
    widget,
    root,
    find,
    pane,
    /** The chat in the list. */
    row,
    /** Opens the window, and resolves when the chat is in the list. */
    list: async (): Promise<HTMLElement> => {
      widget.openWidget();
      await waitUntil(row, 'the chat is in the list');
      return row()!;
    },
    /** Resolves when the chat can be read. */
    reads: (): Promise<void> => waitUntil(() => pane()?.state === 'ready', 'the chat is there'),
    /** Ends what moves: a colour on its way to another is neither. */
    still: (): void =>
      root
        .getAnimations()
        .filter(({effect}) => Number(effect!.getComputedTiming().endTime) < Infinity)
        .forEach((each) => each.finish()),
  };
};
