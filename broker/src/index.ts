export type {BrokerSettings} from './config/settings.js';
export {BrokerError} from './errors.js';
