import {threadOf} from '../history.js';
import {meteorFailure, type Reply, success} from '../replies.js';
import {callerOf, paged, type RestCall, type Route, signedIn} from './route.js';

/** A thread's answers, oldest first, without its first message. */
const messages = (call: RestCall): Reply => {
  const tmid = call.query.get('tmid');
  if (!tmid) {
    const text = 'The required "tmid" query param is missing.';
    return meteorFailure('error-invalid-params', text);
  }
  const {workspace} = call;
  const first = threadOf(workspace, callerOf(call), tmid, 'chat.getThreadMessages');
  if (!first) return meteorFailure('error-invalid-message', 'Invalid Message');
  return success(paged(call, 'messages', workspace.timeline.thread(first)));
};

/** Threads. */
export const THREAD_ROUTES: readonly [string, Route][] = [
  ['GET chat.getThreadMessages', signedIn(messages)],
];
