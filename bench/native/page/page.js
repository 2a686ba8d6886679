/** What runs in the page of the bench: opens the native view, and says how long that has taken. */

const untilFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** Resolves in the frame in which `there` is true. */
const until = async (there) => {
  while (!there()) await untilFrame();
};

globalThis.nativeBench = {
  /**
   * Opens a room from nothing until its newest message is drawn.
   *
   * @returns {Promise<{ms: number, rows: number}>}
   */
  async open({server, room, newest, userId, authToken}) {
    const pane = document.createElement('rc-chat-pane');
    pane.setAttribute('view', 'native');
    pane.setAttribute('server', server);
    pane.setAttribute('room', room);
    pane.auth = {userId, authToken};
    const start = performance.now();
    document.body.append(pane);
    const articles = () => pane.shadowRoot.querySelectorAll('article');
    await until(
      () => articles().length && articles()[articles().length - 1].textContent.includes(newest),
    );
    const ms = performance.now() - start;
    // What is drawn beyond what is in sight counts, too.
    await untilFrame();
    const rows = articles().length;
    pane.remove();
    return {ms, rows};
  },
};
