import type { Buffer } from 'node:buffer';
import { createServer as createHttpServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer, type Server as TlsServer, type TLSSocket } from 'node:tls';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Did, NetworkId } from '#identity';
import type { Lane, Observer } from '#node';
import type { TransportLimits } from './limits.js';
import { readLinkPath } from './link-request.js';
import type { NodeCertificate } from './node-certificate.js';
import { tlsOptions, type PeerIdentity, type ProvenPeer } from './peer-identity.js';

/** A request has a path of 90 characters and no headers beyond those of RFC 6455. */
const HEADER_BYTES_MAX = 4096;
/** Name of the header that tells a refused peer why. */
export const REFUSAL_HEADER = 'lading-refusal';

export interface AcceptOptions {
  readonly certificate: NodeCertificate;
  readonly networkId: NetworkId;
  readonly limits: TransportLimits;
  readonly observe: Observer;
  /** Called when the TLS handshake is done, before a byte of HTTP is read. */
  identify(socket: TLSSocket): PeerIdentity;
  /** @returns why an identified peer is not let in at present */
  refusalOf(peer: Did): string | undefined;
  onLink(peer: ProvenPeer, lane: Lane, socket: WebSocket): void;
}

/**
 * The listening side, in three gates: TCP (a bounded number of connections may be under way), TLS (the key must be on the
 * ledger), WebSocket (version, lane and network must be ours). The last two have `handshakeMs` each.
 */
export class LinkAcceptor {
  readonly #tcp: Server;
  readonly #tls: TlsServer;
  readonly #http: HttpServer;
  readonly #webSockets: Readonly<Record<Lane, WebSocketServer>>;
  readonly #connections = new Set<Socket>();
  /** Those of the connections that became links. */
  readonly #linked = new Set<Duplex>();
  readonly #peers = new WeakMap<Duplex, ProvenPeer>();

  constructor(private readonly options: AcceptOptions) {
    const { limits, certificate } = options;
    const tls = { ...tlsOptions(certificate), requestCert: true, handshakeTimeout: limits.handshakeMs };
    this.#tcp = createTcpServer({ noDelay: true }, (connection) => this.#admitConnection(connection));
    this.#tls = createTlsServer(tls, (socket) => this.#admitKey(socket));
    this.#tls.on('tlsClientError', (error, socket) => {
      options.observe('peer_refused', { code: 'PEER_TLS_FAILED', reason: error.message, address: socket.remoteAddress });
      socket.destroy();
    });
    this.#http = createHttpServer({ maxHeaderSize: HEADER_BYTES_MAX }, (_request, response) => response.writeHead(404).end());
    this.#http.on('clientError', (_error, socket) => socket.destroy());
    this.#http.on('upgrade', (request, socket, head) => this.#admitRequest(request, socket, head));
    const webSocketServer = (lane: Lane): WebSocketServer =>
      new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: limits.messageBytesMax[lane] });
    this.#webSockets = { vote: webSocketServer('vote'), bulk: webSocketServer('bulk') };
  }

  /** @throws Error with code EADDRINUSE and the like */
  listen(host: string, port: number): Promise<{ readonly port: number }> {
    return new Promise((resolve, reject) => {
      this.#tcp.once('error', reject);
      this.#tcp.listen({ host, port }, () => {
        this.#tcp.off('error', reject);
        resolve({ port: (this.#tcp.address() as AddressInfo).port });
      });
    });
  }

  /** Connections from now on see this certificate; those that are open keep theirs. */
  useCertificate(certificate: NodeCertificate): void {
    this.#tls.setSecureContext(tlsOptions(certificate));
  }

  /** Stops listening and ends what is left after `graceMs`. */
  close(graceMs: number): Promise<void> {
    const deadline = setTimeout(() => {
      for (const connection of this.#connections) connection.destroy();
    }, graceMs);
    return new Promise((resolve) => {
      this.#tcp.close(() => {
        clearTimeout(deadline);
        resolve();
      });
    });
  }

  #admitConnection(connection: Socket): void {
    const underWay = this.#connections.size - this.#linked.size;
    if (underWay >= this.options.limits.handshakesMax) {
      connection.destroy();
      return;
    }
    this.#connections.add(connection);
    connection.once('close', () => this.#connections.delete(connection));
    this.#tls.emit('connection', connection);
  }

  #admitKey(socket: TLSSocket): void {
    const identity = this.options.identify(socket);
    if ('refusal' in identity) {
      this.options.observe('peer_refused', { code: identity.refusal, address: socket.remoteAddress });
      socket.destroy();
      return;
    }
    this.#peers.set(socket, identity);
    const deadline = setTimeout(() => {
      if (!this.#linked.has(socket)) socket.destroy();
    }, this.options.limits.handshakeMs);
    socket.once('close', () => {
      clearTimeout(deadline);
      this.#linked.delete(socket);
    });
    this.#http.emit('connection', socket);
  }

  #admitRequest(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { networkId, onLink, refusalOf, observe } = this.options;
    const peer = this.#peers.get(socket) as ProvenPeer;
    const asked = readLinkPath(request.url ?? '', networkId);
    const refusal = asked.ok ? refusalOf(peer.did) : asked.refusal;
    if (!asked.ok || refusal !== undefined) {
      observe('peer_refused', { code: refusal, peer: peer.did });
      socket.end(`HTTP/1.1 403 Forbidden\r\n${REFUSAL_HEADER}: ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    this.#linked.add(socket);
    this.#webSockets[asked.lane].handleUpgrade(request, socket, head, (webSocket) => onLink(peer, asked.lane, webSocket));
  }
}
