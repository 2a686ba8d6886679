/**
 * Real keys for tests in all three browsers (test/support/keys.ts), as the runner's own command knows
 * no WebKit.
 */
export const keysPlugin = () => ({
  name: 'real-keys',
  async executeCommand({command, payload, session}) {
    if (command !== 'real-keys') return undefined;
    const {keyboard} = session.browser.getPage(session.id);
    for (const [how, keys] of payload) await keyboard[how](keys);
    return true;
  },
});
