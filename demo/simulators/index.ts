export {startWebApp3, type WebApp3Options, type WebApp3Simulator} from './web-app3/server.js';
export {
  startRocketChat,
  type RocketChatOptions,
  type RocketChatSimulator,
} from './rocket-chat/server.js';
export {startBroker, type BrokerOptions, type BrokerSimulator} from './broker/server.js';
export {
  startPexipInfinity,
  type PexipInfinity,
  type Outage,
} from './pexip-infinity/pexip-infinity.js';
export type {
  JoinRequest,
  PexipInfinityOptions,
  Refusal,
  StaticVmr,
} from './pexip-infinity/options.js';
