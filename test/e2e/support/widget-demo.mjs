// The first three run in the page: a driver sends their text there, so that they can use nothing around them.

/** Whether the widget has such an element. */
export const has = (selector) =>
  !!document.querySelector('pexip-chat-widget')?.shadowRoot?.querySelector(selector);
export const focus = (selector) =>
  document.querySelector('pexip-chat-widget').shadowRoot.querySelector(selector).focus();
export const click = (selector) =>
  document.querySelector('pexip-chat-widget').shadowRoot.querySelector(selector).click();

/**
 * Opens the demo of the widget, once its button is there.
 *
 * @param started what the demo has printed
 */
export const openWidgetPage = async (browser, started, size) => {
  const page = await browser.open(new URL('widget', started.page).href, size);
  const sees = (selector) => page.until(has, selector);
  await sees('[part=launcher]');
  return {
    page,
    sees,
    /** By keyboard, as WebKit's driver presses nothing in a shadow tree by its name. */
    press: async (selector) => {
      await sees(selector);
      await page.evaluate(focus, selector);
      await page.press('Enter');
    },
    /** By a script, for which the widget need not be seen. */
    click: async (selector) => {
      await sees(selector);
      await page.evaluate(click, selector);
    },
    /** Opens the window, whose list is there then. */
    openWindow: async () => {
      await page.evaluate(click, '[part=launcher]');
      await sees('dialog[part=window][open] [part=list] li button');
    },
  };
};
