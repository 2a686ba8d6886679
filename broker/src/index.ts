// Declares `request.identity`, for the routes of `signedIn`.
export type {} from './callers/fastify-identity.js';
export type {CookieHook} from './callers/cookie-hook.js';
export type {Identity} from './callers/identity.js';
export {loadSettings} from './config/load-settings.js';
export {readSettings, SettingsError} from './config/read-settings.js';
export type {BrokerSettings, CookieSignIn, JwtIssuer} from './config/settings.js';
export type {BrokerContext} from './context.js';
export {createBroker, type Broker, type BrokerOptions} from './create-broker.js';
export {BrokerError, type BrokerErrorCode} from './errors.js';
export {logOptions, type LogOptions} from './log-options.js';
export {serveBroker, type ServedBroker, type ServeOptions} from './serve.js';
