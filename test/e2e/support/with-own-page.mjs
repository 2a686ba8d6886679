import {after, afterEach, before} from 'node:test';

import {openBrowser} from '../../support/e2e-browser.mjs';
import {startOwnPage} from './own-page.mjs';

/**
 * For the tests of a `describe`: a browser, and a server of pages of one's own beside the simulators.
 * What a test puts into `page` is closed after it.
 *
 * @param {string} name the browser's
 * @param {Parameters<typeof startOwnPage>[0]} options
 */
export const withOwnPage = (name, options) => {
  const context = {browser: undefined, own: undefined, page: undefined};
  before(async () => {
    context.browser = await openBrowser(name);
    context.own = await startOwnPage(options);
  });
  after(async () => {
    try {
      await context.own?.stop();
    } finally {
      await context.browser?.close();
    }
  });
  afterEach(async () => {
    await context.page?.close();
    context.page = undefined;
  });
  return context;
};
