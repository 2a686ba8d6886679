/**
 * Opens the demo as Alice.
 *
 * @param {import('../../support/e2e-browser.mjs').Browser} browser
 * @param {{page: string, webApp3: string, rocketChat: string}} started
 */
export const openDemo = async (browser, started, size) => {
  const page = await browser.open(started.page, size);
  const meeting = page.inFrame(started.webApp3);
  const chat = page.inFrame(started.rocketChat);
  /**
   * Joins, when the conversation is there, which it is before it is seen. The meeting comes last: in
   * WebKit the driver takes the focus along, and a conversation with the focus is read at once.
   */
  const join = async () => {
    try {
      await chat.until(() => document.documentElement.dataset.screen === 'room');
    } catch (cause) {
      const events = await page.evaluate(() => document.getElementById('log').innerText);
      throw new Error(`The conversation did not come. Events: ${events}`, {cause});
    }
    await meeting.click('Join');
    await meeting.see('Open Chat');
  };
  /** Presses the chat's button in the meeting's toolbar, and waits until the page has followed. */
  const openChat = async () => {
    await meeting.click('Open Chat');
    await paneIs(page, 'open');
  };
  const closeChat = async () => {
    await meeting.click('Close Chat');
    await paneIs(page, 'closed');
  };
  return {page, meeting, chat, join, openChat, closeChat};
};

/** Waits until the pane is open or closed, for the eye and for the room. */
export const paneIs = (page, state) =>
  page.until((open) => {
    const seen = document
      .querySelector('rc-chat-pane')
      .checkVisibility({visibilityProperty: true, opacityProperty: true});
    return seen === open && document.querySelector('pexip-chat-room').chat === open;
  }, state === 'open');

/** Waits until the meeting's button has this name and, with `badge`, tells of new messages. */
export const buttonIs = (meeting, name, {pressed, badge}) =>
  meeting.until(
    (label, isPressed, described) => {
      const button = document.querySelector(`button[aria-label="${label}"]`);
      const description = document.getElementById(button?.getAttribute('aria-describedby'));
      return (
        button?.getAttribute('aria-pressed') === String(isPressed) &&
        (description?.textContent === 'New messages in Chat') === described
      );
    },
    name,
    pressed,
    badge,
  );
