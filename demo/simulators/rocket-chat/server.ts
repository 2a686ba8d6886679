import type {IncomingMessage, ServerResponse} from 'node:http';

import {answerAvatar, AVATAR_PATH} from './avatar-server.js';
import {DataFile} from './data-file.js';
import type {HeartbeatOptions} from './ddp/heartbeat.js';
import {DdpServer} from './ddp/server.js';
import {DEFAULT_ROOMS, DEFAULT_USERS} from './default-data.js';
import {answerFile, UPLOAD_PATH} from './file-server.js';
import {startListener} from './listener.js';
import {answerLive, LIVE_PATH} from './live.js';
import {Markdown} from './markdown.js';
import {answerPage} from './pages.js';
import {DEFAULT_PERMISSIONS} from './permissions.js';
import {populate} from './populate.js';
import {refusesBody} from './proxy.js';
import {answerRemote, REMOTE_PATH} from './remote-commands.js';
import {Rest} from './rest.js';
import type {ServerTraits} from './server-traits.js';
import {serviceAccount} from './service-account.js';
import type {RequestLine, RocketChatOptions, RocketChatSimulator} from './simulator.js';
import {Workspace} from './workspace.js';
import {workspaceApi} from './workspace-api.js';

export type {RequestLine, RocketChatOptions, RocketChatSimulator} from './simulator.js';

const MOST_REQUESTS = 10_000;
const MINUTE = 60_000;
const DEFAULT_HEARTBEAT: HeartbeatOptions = {interval: 15_000, timeout: 15_000};

const filledWorkspace = async (
  options: RocketChatOptions,
): Promise<{workspace: Workspace; file: DataFile | undefined}> => {
  const {users = DEFAULT_USERS, rooms = DEFAULT_ROOMS, bypassRateLimit = false} = options;
  const settings = {
    ...options.settings,
    ...(bypassRateLimit && {API_Enable_Rate_Limiter: false}),
  };
  const permissions = {...DEFAULT_PERMISSIONS, ...options.permissions};
  const markdown = await Markdown.load(options.parsedMessages ?? true);
  const workspace = new Workspace(settings, markdown, permissions);
  const file = options.dataFile ? new DataFile(options.dataFile, workspace) : undefined;
  if (!(await file?.load())) {
    for (const user of users) workspace.users.create(user);
    populate(workspace, rooms);
  }
  file?.keep();
  return {workspace, file};
};

/**
 * Starts a stand-in for a Rocket.Chat server: REST API, DDP and embedded page, with the real one's
 * refusals and silences. It is for tests and demonstrations on one machine, not for real messages.
 */
export const startRocketChat = async (
  options: RocketChatOptions = {},
): Promise<RocketChatSimulator> => {
  const {remoteControl = false, serverVersion = '8.8', legacyCreateTokens = false} = options;
  const {createTokenSecret, videoConf, uploadRoutes = 'both'} = options;
  const {workspace, file} = await filledWorkspace(options);
  const users = workspace.users
    .all()
    .map(({_id: userId, username, password}) => ({userId, username, password}));
  const traits: ServerTraits = {
    serverVersion,
    createTokenSecret,
    legacyCreateTokens,
    videoConf,
    uploadRoutes,
  };
  const rest = new Rest(workspace, workspace.permissions, traits);
  const ddp = await DdpServer.start(workspace, {...DEFAULT_HEARTBEAT, ...options.heartbeat});
  const sweep = setInterval(() => workspace.users.sweep(), options.tokenSweep ?? MINUTE).unref();
  let requests: RequestLine[] = [];

  const note = ({method = '', url = '/', headers, httpVersion}: IncomingMessage): void => {
    const line = `${method} ${url} HTTP/${httpVersion}`;
    requests = [...requests.slice(1 - MOST_REQUESTS), {line, referer: headers.referer ?? ''}];
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const {url: target = '/'} = request;
    const url = new URL(target, 'http://simulator.invalid');
    const path = url.pathname;
    if (remoteControl && path.startsWith(REMOTE_PATH)) {
      return answerRemote(request, response, path.slice(REMOTE_PATH.length), simulator);
    }
    note(request);
    if (refusesBody(request, response, options.proxyBodyLimit)) return;
    if (workspace.settings.get('Iframe_Restrict_Access')) {
      response.setHeader('X-Frame-Options', workspace.settings.get('Iframe_X_Frame_Options'));
    }
    if (path.startsWith('/api/')) return rest.answer(request, response, url);
    if (path.startsWith(UPLOAD_PATH)) return answerFile(request, response, url, workspace);
    if (path.startsWith(AVATAR_PATH)) return answerAvatar(request, response, url, workspace);
    if (path.startsWith(LIVE_PATH)) {
      return answerLive(request, response, path.slice(LIVE_PATH.length), workspace);
    }
    return answerPage(response, path, remoteControl);
  };

  const listener = await startListener(
    {
      answer,
      upgrade: (request, ...rest) => {
        note(request);
        ddp.upgrade(request, ...rest);
      },
      cut: () => ddp.disconnectAll(),
    },
    options,
  );
  const simulator: RocketChatSimulator = {
    ...workspaceApi(workspace),
    serviceAccount: () => serviceAccount(workspace, traits),
    origin: listener.origin,
    users,
    settings: workspace.settings,
    sockets: () => ddp.open,
    socketsEver: () => ddp.ever,
    disconnectAll: () => ddp.disconnectAll(),
    deafen: (on) => ddp.deafen(on),
    failUploads: (fault = {}) => {
      rest.uploadFault = fault;
    },
    restart: (ms) => listener.restart(ms),
    close: async () => {
      clearInterval(sweep);
      await listener.close();
      await file?.close();
    },
    requests: () => requests,
    reset: () => {
      workspace.reset();
      rest.limit.reset();
      ddp.deafen(false);
      rest.uploadFault = {};
      requests = [];
    },
  };
  return simulator;
};
