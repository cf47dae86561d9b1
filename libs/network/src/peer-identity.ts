import type { Buffer } from 'node:buffer';
import { constants } from 'node:crypto';
import type { SecureContextOptions, TLSSocket } from 'node:tls';
import type { Did, PublicKey } from '#identity';
import type { TrustedPeer } from '#node';
import type { NodeCertificate } from './node-certificate.js';

/** Application protocol (RFC 7301) of the peer links; its number is the version of docs/protocol/peer-links.md. */
export const ALPN = 'lading/1';

/** What both ends of a link ask of TLS. */
export function tlsOptions({ key, cert }: NodeCertificate): SecureContextOptions & {
  readonly ALPNProtocols: string[];
  readonly rejectUnauthorized: false;
} {
  return {
    key,
    cert,
    minVersion: 'TLSv1.3',
    maxVersion: 'TLSv1.3',
    ALPNProtocols: [ALPN],
    // No authority vouches for these certificates: `identifyPeer` compares the key itself, which TLS has proven the peer to hold.
    rejectUnauthorized: false,
    // No resumption: a session would outlive the key that it was opened with.
    secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
  };
}

/** Who it is, and the key that TLS has proven it to hold. */
export interface ProvenPeer {
  readonly did: Did;
  readonly key: PublicKey;
}

export type PeerIdentity = ProvenPeer | { readonly refusal: PeerRefusal };

export type PeerRefusal =
  | 'PEER_WRONG_PROTOCOL'
  | 'PEER_SESSION_RESUMED'
  | 'PEER_NO_CERTIFICATE'
  | 'PEER_KEY_NOT_ED25519'
  | 'PEER_KEY_UNKNOWN'
  | 'PEER_DID_MISMATCH';

/**
 * Who is at the other end of a finished TLS handshake. Checks in the order of `PeerRefusal`, before a byte of HTTP is read or written.
 * @param expected - the organisation that was dialled, if any
 */
export function identifyPeer(socket: TLSSocket, trusted: ReadonlyMap<Did, TrustedPeer>, expected?: Did): PeerIdentity {
  if (socket.alpnProtocol !== ALPN) return { refusal: 'PEER_WRONG_PROTOCOL' };
  if (socket.isSessionReused()) return { refusal: 'PEER_SESSION_RESUMED' };
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return { refusal: 'PEER_NO_CERTIFICATE' };
  const { publicKey, subjectAltName } = certificate;
  if (publicKey.asymmetricKeyType !== 'ed25519') return { refusal: 'PEER_KEY_NOT_ED25519' };
  const rawKey = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const owner = ownerOf(rawKey, trusted);
  if (!owner) return { refusal: 'PEER_KEY_UNKNOWN' };
  const { did, key } = owner;
  if (subjectAltName !== `URI:${did}` || (expected !== undefined && did !== expected)) return { refusal: 'PEER_DID_MISMATCH' };
  return { did, key };
}

/** No two organisations have the same key: the ledger registers each one once. */
function ownerOf(rawKey: Buffer, trusted: ReadonlyMap<Did, TrustedPeer>): ProvenPeer | undefined {
  for (const [did, { keys }] of trusted) {
    const key = keys.find((candidate) => rawKey.equals(candidate));
    if (key !== undefined) return { did, key };
  }
  return undefined;
}
