import {field} from '../../../../src/protocol/guards.js';
import {deleteMessage, sendMessage, setReaction, updateMessage} from '../message-actions.js';
import {MeteorError, OperationError} from '../meteor-error.js';
import type {Message} from '../model.js';
import {randomId} from '../random.js';
import {callerOf, type Method} from './method-call.js';

/** Sends, and has the user's own stream tell why it was refused, as the real server does. */
const send: Method = (call) => {
  const user = callerOf(call, 'sendMessage');
  const [draft] = call.params;
  const isKnown = !!call.workspace.timeline.byId(field(draft, '_id'));
  try {
    const sent = sendMessage(call.workspace, user, draft);
    // The real server has nothing to say of a message that it has already.
    return isKnown ? undefined : sent;
  } catch (error) {
    const rid = field(draft, 'rid');
    if (error instanceof OperationError && typeof rid === 'string') {
      const note = {_id: randomId(), rid, msg: error.message, private: true, ts: new Date()};
      call.workspace.changes.tellUser(user._id, 'message', note);
    }
    throw error;
  }
};

const update: Method = (call) => {
  const [draft] = call.params;
  const user = callerOf(call, 'updateMessage');
  updateMessage(call.workspace, user, field(draft, '_id'), field(draft, 'msg'));
};

const remove: Method = (call): Pick<Message, '_id'> => {
  const [draft] = call.params;
  const user = callerOf(call, 'deleteMessage');
  const {_id} = deleteMessage(call.workspace, user, field(draft, '_id'));
  return {_id};
};

const react: Method = (call) => {
  const [emoji, messageId, shouldReact] = call.params;
  setReaction(call.workspace, callerOf(call, 'setReaction'), emoji, messageId, shouldReact);
};

// Community has the method and refuses it: receipts by name are Enterprise.
const getReadReceipts: Method = (call) => {
  const method = 'getReadReceipts';
  callerOf(call, method);
  throw new MeteorError('error-action-not-allowed', 'This is an enterprise feature', {method});
};

/** Methods that write messages. */
export const MESSAGE_METHODS: readonly [string, Method][] = [
  ['sendMessage', send],
  ['updateMessage', update],
  ['deleteMessage', remove],
  ['setReaction', react],
  ['getReadReceipts', getReadReceipts],
];
