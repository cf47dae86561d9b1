import type { Lane } from '#node';

const MIB = 2 ** 20;

/** Bounds of the peer links; a test may tighten them. Times in milliseconds, sizes in bytes. */
export interface TransportLimits {
  /** From the TCP connection to the accepted WebSocket. */
  readonly handshakeMs: number;
  /** Connections at one time that have not finished the handshake; further ones are closed at once. */
  readonly handshakesMax: number;
  readonly pingMs: number;
  /** Pings in a row without any sign of life before a link counts as dead. */
  readonly pingsMissedMax: number;
  readonly reconnectMinMs: number;
  readonly reconnectMaxMs: number;
  /** How long the peer with the greater DID waits to be dialled before it dials itself. */
  readonly dialPatienceMs: number;
  /** How long a peer at fault stays away. */
  readonly pauseMs: number;
  /** Largest message per lane. A proposal carries a block (≤ 8 MiB) and its justification. */
  readonly messageBytesMax: Readonly<Record<Lane, number>>;
  /** Bytes that may wait to be sent per link; beyond, `send` drops. */
  readonly queueBytesMax: Readonly<Record<Lane, number>>;
}

export const DEFAULT_LIMITS: TransportLimits = {
  handshakeMs: 5_000,
  handshakesMax: 64,
  pingMs: 2_000,
  pingsMissedMax: 3,
  reconnectMinMs: 100,
  reconnectMaxMs: 3_000,
  dialPatienceMs: 3_000,
  pauseMs: 5_000,
  messageBytesMax: { vote: 12 * MIB, bulk: 16 * MIB },
  queueBytesMax: { vote: 16 * MIB, bulk: 32 * MIB },
};
