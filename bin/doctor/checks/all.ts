import type {Check} from '../verdict.js';
import {appVersion} from './app-version.js';
import {brokerReachable} from './broker-reachable.js';
import {clientVersion} from './client-version.js';
import {clock} from './clock.js';
import {createToken} from './create-token.js';
import {discussions} from './discussions.js';
import {iframeCommands, iframeEvents} from './iframe-settings.js';
import {nodeCertificateNames} from './node-certificate-names.js';
import {nodeCspFrameSrc} from './node-csp-frame-src.js';
import {nodeFraming} from './node-framing.js';
import {nodeReachable} from './node-reachable.js';
import {nodeTls} from './node-tls.js';
import {nodeVersion} from './node-version.js';
import {nodeWebApp} from './node-web-app.js';
import {pageCsp} from './page-csp.js';
import {pageMixedContent} from './page-mixed-content.js';
import {pluginFile} from './plugin-file.js';
import {pluginFraming} from './plugin-framing.js';
import {pluginId} from './plugin-id.js';
import {pluginInManifest} from './plugin-in-manifest.js';
import {pluginOrigins} from './plugin-origins.js';
import {rateLimit} from './rate-limit.js';
import {serverCors} from './server-cors.js';
import {serverFraming} from './server-framing.js';
import {serverReachable} from './server-reachable.js';
import {serverTls} from './server-tls.js';
import {serverVersion} from './server-version.js';
import {servicePermissions} from './service-permissions.js';
import {theme} from './theme.js';
import {websocket} from './websocket.js';

/** All checks, in the order in which they are told. */
export const CHECKS: readonly Check[] = [
  nodeReachable,
  nodeTls,
  nodeCertificateNames,
  nodeVersion,
  nodeWebApp,
  nodeFraming,
  nodeCspFrameSrc,
  theme,
  pluginInManifest,
  pluginFile,
  pluginId,
  pluginOrigins,
  pluginFraming,
  serverReachable,
  serverTls,
  serverVersion,
  serverFraming,
  iframeEvents,
  iframeCommands,
  discussions,
  websocket,
  serverCors,
  servicePermissions,
  rateLimit,
  createToken,
  appVersion,
  clientVersion,
  pageCsp,
  pageMixedContent,
  clock,
  brokerReachable,
];
