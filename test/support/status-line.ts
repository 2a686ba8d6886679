import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';

const statusLine = (pane: RcChatPaneElement): HTMLElement | null =>
  pane.renderRoot.querySelector('[part=status]');

/** Resolves when the pane's line has a text that matches. */
export const untilSaid = async (pane: RcChatPaneElement, text: RegExp): Promise<HTMLElement> => {
  await pane.updateComplete;
  const found = (): HTMLElement | undefined => {
    const line = statusLine(pane);
    return line && text.test(line.textContent ?? '') ? line : undefined;
  };
  let line = found();
  if (!line) {
    await new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!found()) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(pane.renderRoot, {childList: true, subtree: true, characterData: true});
    });
    line = found();
  }
  return line!;
};

/** The button with which a person signs in again, once it is offered. */
export const signInButton = async (pane: RcChatPaneElement): Promise<HTMLButtonElement> => {
  const line = await untilSaid(pane, /sign-in has ended|not signed in/);
  return line.parentElement!.querySelector('button')!;
};
