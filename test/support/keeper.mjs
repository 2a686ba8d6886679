/** Where the page is that has a frame of each simulator's site. */
export const KEEPER = '/test-keeper.html';

/**
 * That page. Its frames show an answer of each site, whatever it is.
 *
 * @param {string[]} origins
 */
export const keeperPage = (origins) => ({
  type: 'html',
  body: `<!doctype html>${origins.map((origin) => `<iframe src="${origin}/keeper"></iframe>`).join('')}`,
});
