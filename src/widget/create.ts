import {ownScript} from '../parts/load-part.js';
import type {WidgetOptions} from '../elements/floating/widget-options.js';

/** Puts a widget into the page as `options` say. */
export const create = async (host: HTMLElement, options: WidgetOptions): Promise<void> => {
  const broker = options.broker ?? ownScript?.dataset.broker;
  if (broker) host.setAttribute('broker', broker);
  Object.assign(host, {accessToken: options.accessToken});
  document.body.append(host);
};
