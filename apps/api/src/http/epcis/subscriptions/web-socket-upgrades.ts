import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';

/** Clients have nothing to say here. */
const RECEIVED_BYTES_MAX = 1_024;
/** How long a client may take to say goodbye when the node stops. */
const CLOSE_MS = 1_000;

interface Upgrade {
  readonly socket: Socket;
  readonly head: Buffer;
}

/** For the HTTP server: what else a client would upgrade to is answered as if it had not asked. */
export function isWebSocketRequest(request: IncomingMessage): boolean {
  return request.method === 'GET' && request.headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * Lets a request that would become a WebSocket take the way of every other request: the same routes, the same question who may call, the
 * same refusals. Only a handler that `accept`s it makes a WebSocket of it; every other answer is an ordinary one.
 */
@Injectable()
export class WebSocketUpgrades implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #upgrades = new WeakMap<IncomingMessage, Upgrade>();
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    perMessageDeflate: false,
    maxPayload: RECEIVED_BYTES_MAX,
  });

  constructor(private readonly host: HttpAdapterHost) {}

  onApplicationBootstrap(): void {
    const { httpAdapter } = this.host;
    const fastify = httpAdapter.getInstance<FastifyInstance>();
    (httpAdapter.getHttpServer() as Server).on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      this.#upgrades.set(request, { socket, head });
      // The server has let go of the socket: nobody else listens for its faults.
      socket.on('error', () => socket.destroy());
      const response = new ServerResponse(request);
      response.shouldKeepAlive = false;
      response.assignSocket(socket);
      response.on('finish', () => socket.destroySoon());
      fastify.routing(request, response);
    });
  }

  get count(): number {
    return this.#server.clients.size;
  }

  /** Whether the client of this request asks for a WebSocket. */
  isAsked(request: FastifyRequest): boolean {
    return this.#upgrades.has(request.raw);
  }

  /** Answers 101; undefined when the handshake is not a WebSocket's, then that has been answered. */
  accept(request: FastifyRequest, reply: FastifyReply): Promise<WebSocket | undefined> {
    const upgrade = this.#upgrades.get(request.raw);
    if (upgrade === undefined) return Promise.resolve(undefined);
    const { socket, head } = upgrade;
    reply.hijack();
    reply.raw.detachSocket(socket);
    return new Promise((resolve) => {
      socket.once('close', () => resolve(undefined));
      this.#server.handleUpgrade(request.raw, socket, head, resolve);
    });
  }

  async onModuleDestroy(): Promise<void> {
    const clients = [...this.#server.clients];
    for (const client of clients) client.close(1001, 'the node stops');
    const cut = setTimeout(() => clients.forEach((client) => client.terminate()), CLOSE_MS);
    await Promise.all(clients.map((client) => new Promise((resolve) => client.once('close', resolve))));
    clearTimeout(cut);
    this.#server.close();
  }
}
