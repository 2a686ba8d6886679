import {contenders, type ContenderName} from './contenders.js';

/** What the page tells the nested frame, over a port, so that no listener is on the window for it. */
export type Order = {readonly start: ContenderName; readonly pageOrigin: string} | 'stop';

const page = parent.parent;
let life = new AbortController();

/** Does what the page orders, and tells that it is done. */
const obey = (orders: MessagePort): void => {
  orders.onmessage = ({data}: MessageEvent<Order>) => {
    life.abort();
    life = new AbortController();
    if (data !== 'stop') {
      contenders[data.start].answer({page, pageOrigin: data.pageOrigin}, life.signal);
    }
    orders.postMessage('done');
  };
};

const {port1, port2} = new MessageChannel();
obey(port1);
page.postMessage('nested', '*', [port2]);
