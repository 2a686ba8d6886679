import {ACCOUNT_ROUTES} from './account-routes.js';
import {CHAT_ROUTES} from './chat-routes.js';
import {CONFERENCE_ROUTES} from './conference-routes.js';
import {DISCUSSION_ROUTES} from './discussion-routes.js';
import {HISTORY_ROUTES} from './history-routes.js';
import {METHOD_ROUTES} from './method-routes.js';
import {PEOPLE_ROUTES} from './people-routes.js';
import {ROOM_ROUTES} from './room-routes.js';
import type {Route} from './route.js';
import {SUBSCRIPTION_ROUTES} from './subscription-routes.js';
import {THREAD_ROUTES} from './thread-routes.js';
import {TOKEN_ROUTES} from './token-routes.js';
import {UPLOAD_ROUTES} from './upload-routes.js';
import {USER_ROUTES} from './user-routes.js';

/** The routes by method and name. */
export const ROUTES: ReadonlyMap<string, Route> = new Map([
  ...ACCOUNT_ROUTES,
  ...TOKEN_ROUTES,
  ...USER_ROUTES,
  ...PEOPLE_ROUTES,
  ...ROOM_ROUTES,
  ...DISCUSSION_ROUTES,
  ...SUBSCRIPTION_ROUTES,
  ...CHAT_ROUTES,
  ...HISTORY_ROUTES,
  ...THREAD_ROUTES,
  ...METHOD_ROUTES,
  ...UPLOAD_ROUTES,
  ...CONFERENCE_ROUTES,
]);
