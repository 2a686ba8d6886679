import {attachmentOf} from '../file-attachment.js';
import {assertMayPost} from '../message-actions.js';
import {MeteorError} from '../meteor-error.js';
import type {Message, Room} from '../model.js';
import {failure, notFound, type Reply, success} from '../replies.js';
import type {ServerTraits} from '../server-traits.js';
import {type Upload, uploadPath} from '../uploads.js';
import {callerOf, optional, type RestCall, roomOf, type Route, signedIn} from './route.js';

const roomOfCall = (call: RestCall): Room => {
  const room = roomOf(call, call.rest[0]);
  assertMayPost(call.workspace, callerOf(call), room, call.body);
  return room;
};

/** Posts the message that a file appears in. */
const announce = (call: RestCall, room: Room, upload: Upload): Message => {
  const {file, attachment} = attachmentOf(
    upload,
    optional(call, 'description'),
    call.workspace.markdown,
  );
  const tmid = optional(call, 'tmid');
  return call.workspace.timeline.post(callerOf(call), room, optional(call, 'msg') ?? '', {
    file,
    files: [file],
    attachments: [attachment],
    ...(tmid && {tmid}),
  });
};

const upload = async (call: RestCall): Promise<Reply> => {
  const room = roomOfCall(call);
  if (!call.file) return failure('[No file uploaded]');
  const kept = await call.workspace.uploads.take(callerOf(call), room, call.file);
  return success({message: announce(call, room, kept)});
};

const media = async (call: RestCall): Promise<Reply> => {
  const room = roomOf(call, call.rest[0]);
  if (!call.file) return failure('[No file uploaded]');
  const kept = await call.workspace.uploads.take(callerOf(call), room, call.file);
  return success({file: {_id: kept._id, url: uploadPath(kept)}});
};

const confirm = (call: RestCall): Reply => {
  const room = roomOfCall(call);
  const {uploads} = call.workspace;
  const kept = uploads.byId(call.rest[1] ?? '');
  if (kept?.rid !== room._id || kept.userId !== callerOf(call)._id) {
    throw new MeteorError('invalid-file', 'Invalid file');
  }
  const name = optional(call, 'fileName');
  return success({message: announce(call, room, name ? uploads.rename(kept, name) : kept)});
};

/** A route that only servers of one kind have. */
const only =
  (kind: ServerTraits['uploadRoutes'], answer: Route['answer']): Route['answer'] =>
  (call) =>
    [kind, 'both'].includes(call.traits.uploadRoutes) ? answer(call) : notFound();

/** Files: in one step as servers up to 7 have it, and in two. */
export const UPLOAD_ROUTES: readonly [string, Route][] = [
  ['POST rooms.upload', signedIn(only('upload', upload))],
  ['POST rooms.media', signedIn(only('media', media))],
  ['POST rooms.mediaConfirm', signedIn(only('media', confirm))],
];
