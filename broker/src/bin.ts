export {BrokerError} from './errors.js';
