/**
 * A process of its own that asks a broker: `node load.mjs`, told over IPC what to ask. It answers each
 * order with the requests a second.
 */
import {Agent, request} from 'undici';

const CONNECTIONS = 50;
const dispatcher = new Agent({connections: CONNECTIONS, pipelining: 1});

const ask = async ({url, ...order}) => {
  const answer = await request(url, {...order, dispatcher});
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${text}`);
};

process.on('message', async ({count, ...order}) => {
  let left = count;
  const start = process.hrtime.bigint();
  const worker = async () => {
    while (left-- > 0) await ask(order);
  };
  try {
    await Promise.all(Array.from({length: CONNECTIONS}, worker));
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    process.send({rate: count / seconds});
  } catch (error) {
    process.send({error: String(error)});
  }
});
