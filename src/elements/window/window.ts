import {html, render} from 'lit';

import type {WindowPlace, WindowSide} from './window-types.js';

/** A file that is loaded when a widget is first opened; the part `lit` is there by then. */
export const window = ({root, desk}: WindowPlace): WindowSide => {
  const place = document.createElement('div');
  root.append(place);
  return {
    show: () => {
      render(
        html`<ul>
          ${desk.state.chats.map((chat) => html`<li>${chat.name}</li>`)}
        </ul>`,
        place,
      );
    },
    showChat: async () => undefined,
    focus: () => undefined,
    remove: () => place.remove(),
  };
};
