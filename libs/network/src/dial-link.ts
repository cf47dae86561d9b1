import { connect, type TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import type { Did, NetworkId } from '#identity';
import type { Lane, PeerAddress } from '#node';
import { REFUSAL_HEADER } from './accept-links.js';
import type { TransportLimits } from './limits.js';
import { linkPath } from './link-request.js';
import type { NodeCertificate } from './node-certificate.js';
import { tlsOptions, type PeerIdentity, type ProvenPeer } from './peer-identity.js';

export interface DialOptions {
  readonly address: PeerAddress;
  readonly peer: Did;
  readonly lane: Lane;
  readonly certificate: NodeCertificate;
  readonly networkId: NetworkId;
  readonly limits: TransportLimits;
  /** Called when the TLS handshake is done, before a byte of HTTP is written. */
  identify(socket: TLSSocket, expected: Did): PeerIdentity;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
}

/**
 * Opens one link, within `handshakeMs`. The WebSocket comes paused, so that nothing arrives before somebody listens.
 * @throws Error whose message says why not: of the network, of TLS, a `PeerRefusal`, or the peer's own refusal
 */
export function dialLink(options: DialOptions): Promise<{ readonly peer: ProvenPeer; readonly socket: WebSocket }> {
  const { address, peer, lane, certificate, networkId, limits, identify, signal } = options;
  return new Promise((resolve, reject) => {
    // The name of the server plays no part: the key does.
    const socket = connect({ ...address, ...tlsOptions(certificate), servername: '' });
    socket.setNoDelay(true);
    const fail = (reason: string): void => {
      end();
      socket.destroy();
      reject(new Error(reason));
    };
    const onAbort = (): void => fail('stopped');
    const onError = (error: Error): void => fail(error.message);
    const deadline = setTimeout(() => fail('handshake timed out'), limits.handshakeMs);
    const end = (): void => {
      clearTimeout(deadline);
      signal.removeEventListener('abort', onAbort);
    };
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    socket.on('error', onError);
    socket.once('close', () => fail('connection closed in the handshake'));
    socket.once('secureConnect', () => {
      const identity = identify(socket, peer);
      if ('refusal' in identity) {
        fail(identity.refusal);
        return;
      }
      const webSocket = new WebSocket(`ws://peer${linkPath(lane, networkId)}`, {
        createConnection: () => socket,
        perMessageDeflate: false,
        maxPayload: limits.messageBytesMax[lane],
        // Masking protects proxies that read plain HTTP (RFC 6455 section 10.3). Inside TLS it costs a pass over every byte for
        // nothing; a mask of zeros is a valid one.
        generateMask: (mask) => mask.fill(0),
      });
      webSocket.once('open', () => {
        webSocket.pause();
        end();
        resolve({ peer: identity, socket: webSocket });
      });
      webSocket.once('unexpected-response', (_request, response) => {
        fail(`refused: ${String(response.headers[REFUSAL_HEADER] ?? response.statusCode).slice(0, 64)}`);
      });
      webSocket.on('error', onError);
    });
  });
}
