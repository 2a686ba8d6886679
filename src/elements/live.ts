import {LiveClient, type LiveClientOptions} from '../session/live-client.js';

/** A file that is loaded when a pane knows how its user signs in. */
export const live = (options: LiveClientOptions): LiveClient => new LiveClient(options);
