/** What the page orders of the foreign frame, over a port. */
export interface Order {
  readonly messages: number;
  /** Bytes that each message has beside its own. */
  readonly bytes: number;
  readonly pageOrigin: string;
}

/** In pieces, as it takes longest to read what has many. */
const ballast = (bytes: number): string[] =>
  Array.from({length: bytes / 100}, (_, row) => `row ${row}`.padEnd(100));

const {port1: orders, port2} = new MessageChannel();
orders.onmessage = ({data: {messages, bytes, pageOrigin}}: MessageEvent<Order>) => {
  // One that would open the chat, if it came from the plugin.
  const message = {
    action: 'pexip:plugin:external-chat/toggle-chat',
    active: true,
    ...(bytes && {rows: ballast(bytes)}),
  };
  for (let sent = 0; sent < messages; sent++) parent.postMessage(message, pageOrigin);
  orders.postMessage('sent');
};
parent.postMessage('foreign', '*', [port2]);
