import type {Chat} from './chat.js';
import {element, icon} from './dom.js';
import {titleOf} from './store.js';

/** The box to write in. Enter sends, Shift with Enter begins a new line. */
export const composer = (chat: Chat): HTMLElement => {
  const input = element('textarea', {
    rows: '1',
    'aria-label': 'Message',
    dir: 'auto',
    maxlength: '5000',
  });
  const button = element(
    'button',
    {type: 'submit', 'aria-label': 'Send', title: 'Send'},
    icon('send'),
  );
  const form = element('form', {class: 'composer'}, input, button);

  const fit = (): void => {
    input.style.height = 'auto';
    // While the room is hidden there is nothing to measure.
    if (input.scrollHeight) input.style.height = `${input.scrollHeight}px`;
    button.disabled = !input.value.trim();
  };
  fit();
  input.addEventListener('input', fit);
  input.addEventListener('keydown', (event) => {
    // An input method ends its composition with Enter, which must not send.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value;
    if (!text.trim()) return;
    input.value = '';
    fit();
    void chat.send(text).then((taken) => {
      if (taken || input.value) return;
      input.value = text;
      fit();
    });
  });
  let opened: string | undefined;
  chat.store.listen(({room, subscriptions}) => {
    if (!room || room._id === opened) return;
    opened = room._id;
    input.placeholder = `Message ${titleOf(room, subscriptions)}`;
    input.value = '';
    fit();
  });
  return form;
};
