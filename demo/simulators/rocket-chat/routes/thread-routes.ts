import {threadOf} from '../history.js';
import {meteorFailure, type Reply, success} from '../replies.js';
import {callerOf, paged, type RestCall, type Route, signedIn} from './route.js';

/** A thread's answers without its first message; oldest first, unless `sort` is `{"ts":-1}`. */
const messages = (call: RestCall): Reply => {
  const tmid = call.query.get('tmid');
  if (!tmid) {
    const text = 'The required "tmid" query param is missing.';
    return meteorFailure('error-invalid-params', text);
  }
  const {workspace} = call;
  const first = threadOf(workspace, callerOf(call), tmid, 'chat.getThreadMessages');
  if (!first) return meteorFailure('error-invalid-message', 'Invalid Message');
  const answers = workspace.timeline.thread(first);
  const latestFirst = call.query.get('sort') === '{"ts":-1}';
  return success(paged(call, 'messages', latestFirst ? answers.toReversed() : answers));
};

/** Threads. */
export const THREAD_ROUTES: readonly [string, Route][] = [
  ['GET chat.getThreadMessages', signedIn(messages)],
];
