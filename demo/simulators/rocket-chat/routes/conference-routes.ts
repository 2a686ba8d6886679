import {field} from '../../../../src/protocol/guards.js';
import type {Conference} from '../conferences.js';
import {MeteorError} from '../meteor-error.js';
import {randomId} from '../random.js';
import {failure, Refusal, type Reply, success} from '../replies.js';
import type {VideoConfProvider} from '../server-traits.js';
import {
  assertPermission,
  callerOf,
  paged,
  required,
  type RestCall,
  roomOf,
  type Route,
  signedIn,
} from './route.js';

const CAPABILITIES = {mic: true, cam: true, title: true, persistentChat: false};

/** The provider. Without one the real server tells what is missing. */
const providerOf = ({traits}: RestCall): VideoConfProvider => {
  if (traits.videoConf) return traits.videoConf;
  throw new Refusal(failure('no-videoconf-provider-app'));
};

const start = (call: RestCall): Reply => {
  const roomId = required(call, 'roomId');
  assertPermission(call, 'call-management');
  const room = roomOf(call, roomId);
  const {providerName} = providerOf(call);
  const user = callerOf(call);
  const {conferences, timeline, changes, users} = call.workspace;
  const type = room.t === 'd' ? 'direct' : 'videoconference';
  const title = field(call.body, 'title');
  const started = randomId();
  const conference = conferences.start(user, {
    type,
    rid: room._id,
    providerName,
    messages: {started},
    ringing: field(call.body, 'allowRinging') === true && type === 'direct',
    ...(typeof title === 'string' && {title}),
  });
  const callId = conference._id;
  const block = {type: 'video_conf', blockId: callId, callId, appId: 'videoconf-core'};
  timeline.post(user, room, '', {_id: started, t: 'videoconf', blocks: [block]});
  changes.tellRoom(room._id, 'videoconf', callId);
  const other = room.usernames.find((each) => each !== user.username) ?? user.username;
  const callee = type === 'direct' && {callee: users.named(other)._id};
  return success({data: {type, callId, providerName, ...callee}});
};

const conferenceOf = (call: RestCall, callId: unknown): Conference => {
  const conference = call.workspace.conferences.byId(callId);
  if (!conference) throw new Refusal(failure('invalid-params'));
  roomOf(call, conference.rid);
  return conference;
};

const join = (call: RestCall): Reply => {
  const conference = conferenceOf(call, required(call, 'callId'));
  const {url, providerName} = providerOf(call);
  const user = callerOf(call);
  const address = `${url}${url.endsWith('/') ? '' : '/'}${conference._id}`;
  call.workspace.conferences.join(conference, user, address);
  return success({url: address, providerName});
};

const info = (call: RestCall): Reply => {
  const conference = conferenceOf(call, call.query.get('callId'));
  return success({...conference, capabilities: CAPABILITIES});
};

const list = (call: RestCall): Reply => {
  const room = roomOf(call, call.query.get('roomId'));
  return success(paged(call, 'data', call.workspace.conferences.of(room._id)));
};

const cancel = (call: RestCall): Reply => {
  const conference = conferenceOf(call, required(call, 'callId'));
  if (conference.createdBy._id !== callerOf(call)._id || conference.status !== 0) {
    throw new MeteorError('invalid-call', 'Not allowed');
  }
  call.workspace.conferences.cancel(conference);
  return success();
};

const providers = ({traits}: RestCall): Reply => {
  const {videoConf} = traits;
  const one = videoConf && {key: videoConf.providerName, label: videoConf.providerName};
  return success({data: one ? [one] : []});
};

const capabilities = (call: RestCall): Reply => {
  const {providerName} = providerOf(call);
  return success({providerName, capabilities: CAPABILITIES});
};

/** Video conferences, as far as the real server goes by itself: a provider does the rest. */
export const CONFERENCE_ROUTES: readonly [string, Route][] = [
  ['POST video-conference.start', signedIn(start, {calls: 3, time: 60_000})],
  ['POST video-conference.join', signedIn(join, {calls: 2, time: 5000})],
  ['POST video-conference.cancel', signedIn(cancel, {calls: 3, time: 60_000})],
  ['GET video-conference.info', signedIn(info, {calls: 15, time: 3000})],
  ['GET video-conference.list', signedIn(list, {calls: 3, time: 1000})],
  ['GET video-conference.providers', signedIn(providers, {calls: 3, time: 1000})],
  ['GET video-conference.capabilities', signedIn(capabilities, {calls: 3, time: 1000})],
];
