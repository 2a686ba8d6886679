/**
 * A message that quotes another one, as Rocket.Chat takes it: a link without a label before the text,
 * from which the server makes an attachment.
 *
 * Source: Rocket.Chat's own client, client/lib/chats/flows/sendMessage.ts.
 *
 * @param room the address of the room
 */
export const quoteText = (room: string, messageId: string, text: string): string =>
  `[ ](${room}?msg=${encodeURIComponent(messageId)}) ${text}`;
