/**
 * Does something once the present task and its promises are done. Unlike a timer, it is not slowed down in
 * a page that nobody sees.
 */
export const afterTask = (work: () => void): void => {
  const {port1, port2} = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    work();
  };
  port2.postMessage(null);
};
