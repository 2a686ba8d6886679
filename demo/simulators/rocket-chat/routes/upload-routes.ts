import {assertMayWrite} from '../message-actions.js';
import {MeteorError} from '../meteor-error.js';
import type {Message, Room} from '../model.js';
import {failure, type Reply, success} from '../replies.js';
import {type Upload, uploadPath} from '../uploads.js';
import {callerOf, optional, type RestCall, roomOf, type Route, signedIn} from './route.js';

const roomOfCall = (call: RestCall): Room => {
  const room = roomOf(call, call.rest[0]);
  assertMayWrite(call.workspace, callerOf(call), room);
  return room;
};

/** Posts the message that a file appears in. */
const announce = (call: RestCall, room: Room, upload: Upload): Message => {
  const {_id, name, type, size} = upload;
  const file = {_id, name, type, size};
  const path = uploadPath(upload);
  const description = optional(call, 'description');
  const attachment = {
    type: 'file',
    title: name,
    title_link: path,
    title_link_download: true,
    ...(description && {description}),
    ...(type.startsWith('image/') && {image_url: path, image_type: type, image_size: size}),
  };
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
  const room = roomOfCall(call);
  if (!call.file) return failure('[No file uploaded]');
  const kept = await call.workspace.uploads.take(callerOf(call), room, call.file);
  return success({file: {_id: kept._id, url: uploadPath(kept)}});
};

const confirm = (call: RestCall): Reply => {
  const room = roomOfCall(call);
  const kept = call.workspace.uploads.byId(call.rest[1] ?? '');
  if (kept?.rid !== room._id || kept.userId !== callerOf(call)._id) {
    throw new MeteorError('invalid-file', 'Invalid file');
  }
  return success({message: announce(call, room, kept)});
};

/** Files: in one step as servers up to 7 have it, and in two. */
export const UPLOAD_ROUTES: readonly [string, Route][] = [
  ['POST rooms.upload', signedIn(upload)],
  ['POST rooms.media', signedIn(media)],
  ['POST rooms.mediaConfirm', signedIn(confirm)],
];
