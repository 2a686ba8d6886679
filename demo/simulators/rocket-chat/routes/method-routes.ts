import {field} from '../../../../src/protocol/guards.js';
import {fromEjson, toEjson} from '../ddp/ejson.js';
import {errorField} from '../ddp/frames.js';
import type {Session} from '../ddp/method-call.js';
import {runMethod} from '../ddp/methods.js';
import {invalidParams, type Reply, success} from '../replies.js';
import {open, type RestCall, type Route, signedIn} from './route.js';

/** A call without a connection: whoever signs in by it is signed in nowhere. */
const sessionOf = ({login}: RestCall): Session => ({
  login,
  signIn: () => {},
  signOut: () => {},
});

const parsed = (text: unknown): unknown => {
  try {
    return typeof text === 'string' ? fromEjson(JSON.parse(text)) : undefined;
  } catch {
    return;
  }
};

/** Runs a DDP method; its answer is the text of the frame that DDP would send. */
const call = (request: RestCall): Reply => {
  const data = parsed(field(request.body, 'message'));
  const [params, id] = [field(data, 'params'), field(data, 'id')];
  if (typeof data !== 'object' || data === null) {
    return invalidParams("must have required property 'message'");
  }
  const told = (outcome: object): string =>
    JSON.stringify(toEjson({msg: 'result', id, ...outcome}));
  const session = sessionOf(request);
  try {
    const result = runMethod(request.rest.join('/'), {
      workspace: request.workspace,
      session,
      params: Array.isArray(params) ? params : [],
    });
    return success({message: told(result === undefined ? {} : {result})});
  } catch (error) {
    return {status: 400, body: {success: false, message: told({error: errorField(error)})}};
  }
};

/** DDP methods by REST. A method's own slash is a colon or a slash in the path. */
export const METHOD_ROUTES: readonly [string, Route][] = [
  ['POST method.call', signedIn(call)],
  ['POST method.callAnon', open(call)],
];
