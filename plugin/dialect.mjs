const META = /(<meta\s+name="external-chat-dialect"\s+content=")[^"]*(")/;
const DIALECTS = ['external-chat', 'videoconf'];

/**
 * Writes the dialect that the plugin starts in into its index.html.
 *
 * @param {string} html the built index.html
 * @param {string} [dialect] `external-chat`, or `videoconf` for a page that knows the messages
 *   `rocketchat:videoconf/…` alone
 * @returns {string} the page with the dialect in its meta element `external-chat-dialect`
 * @throws {Error} which says what to write
 */
export const writeDialect = (html, dialect = 'external-chat') => {
  if (!DIALECTS.includes(dialect)) {
    throw new Error(
      `${JSON.stringify(dialect)} is no dialect of the plugin. Write DIALECT=videoconf, or leave it ` +
        'out for external-chat.',
    );
  }
  if (!META.test(html)) {
    throw new Error(
      'The page of the plugin has no <meta name="external-chat-dialect" content="external-chat">. ' +
        'Take plugin/index.html as it is in the repository, and build again.',
    );
  }
  return html.replace(META, (_, before, after) => before + dialect + after);
};
