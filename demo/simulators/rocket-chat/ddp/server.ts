import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';

import type {WebSocket, WebSocketServer} from 'ws';

import type {Workspace} from '../workspace.js';
import {DdpConnection} from './connection.js';
import type {HeartbeatOptions} from './heartbeat.js';
import {QuietSocket} from './quiet-socket.js';
import {MethodRateLimit} from './rate-limit.js';

/** Where DDP answers. */
export const DDP_PATH = '/websocket';

const MOST_BYTES = 1_000_000;

/** The DDP side of a server: all of its WebSockets. */
export class DdpServer {
  readonly #workspace: Workspace;
  readonly #heartbeat: HeartbeatOptions;
  readonly #limit: MethodRateLimit;
  readonly #sockets = new Map<QuietSocket, DdpConnection>();
  readonly #upgrades: WebSocketServer;
  #ever = 0;
  #deaf = false;

  private constructor(
    upgrades: WebSocketServer,
    workspace: Workspace,
    heartbeat: HeartbeatOptions,
  ) {
    this.#upgrades = upgrades;
    this.#workspace = workspace;
    this.#heartbeat = heartbeat;
    this.#limit = new MethodRateLimit(workspace.settings);
  }

  /** Loads `ws`, which is an optional peer: whoever starts no Rocket.Chat does without it. */
  static async start(workspace: Workspace, heartbeat: HeartbeatOptions): Promise<DdpServer> {
    const {WebSocketServer} = await import('ws');
    const upgrades = new WebSocketServer({noServer: true, maxPayload: MOST_BYTES});
    return new DdpServer(upgrades, workspace, heartbeat);
  }

  /** How many sockets are open. */
  get open(): number {
    return this.#sockets.size;
  }

  /** How many sockets there have been. */
  get ever(): number {
    return this.#ever;
  }

  /** Takes a request for a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const {pathname} = new URL(request.url ?? '/', 'http://simulator.invalid');
    if (pathname !== DDP_PATH) {
      socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
      return;
    }
    this.#upgrades.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket));
  }

  /** Cuts every socket without a word. */
  disconnectAll(): void {
    for (const socket of this.#sockets.keys()) socket.terminate();
  }

  /** Has all sockets, those to come too, stay open and say and hear nothing. */
  deafen(on: boolean): void {
    this.#deaf = on;
    for (const [socket, connection] of this.#sockets) {
      socket.deafen(on);
      connection.patience(!on);
    }
  }

  #serve(webSocket: WebSocket): void {
    const socket = new QuietSocket(webSocket);
    this.#ever += 1;
    if (this.#deaf) socket.deafen(true);
    const connection = new DdpConnection(socket, this.#workspace, this.#limit, this.#heartbeat);
    this.#sockets.set(socket, connection);
    connection.patience(!this.#deaf);
    const closed = new AbortController();
    this.#workspace.changes.listen((change) => connection.hear(change), closed.signal);
    webSocket.on('message', (data, binary) => {
      // A buffer, as `binaryType` says from the start.
      if (!binary) connection.take((data as Buffer).toString());
    });
    // A broken frame closes the socket; there is nothing else to do about it.
    webSocket.on('error', () => {});
    webSocket.on('close', () => {
      closed.abort();
      connection.patience(false);
      this.#sockets.delete(socket);
    });
  }
}
