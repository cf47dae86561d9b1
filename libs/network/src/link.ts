import { Buffer } from 'node:buffer';
import type { WebSocket } from 'ws';
import type { Did, PublicKey } from '#identity';
import type { Lane } from '#node';
import type { TransportLimits } from './limits.js';

/** Close codes of RFC 6455 section 7.4.1. */
const UNSUPPORTED_DATA = 1003;
const POLICY_VIOLATION = 1008;
/** Bytes of UTF-8 that fit into a close frame beside its code. */
const CLOSE_REASON_BYTES_MAX = 123;

export interface LinkIdentity {
  readonly peer: Did;
  readonly lane: Lane;
  /** The key that the handshake proved. */
  readonly key: PublicKey;
  readonly dialledBy: 'self' | 'peer';
}

/** What becomes of a link. `onClosed` is called once; no message follows it. */
export interface LinkHandlers {
  onMessage(link: Link, message: Uint8Array): void;
  onClosed(link: Link, reason: string): void;
}

/** One authenticated WebSocket: one lane to one peer. */
export class Link {
  readonly openedAt = Date.now();
  readonly #heartbeat: NodeJS.Timeout;
  #silentTicks = 0;
  #alive = true;
  #bufferedBefore = 0;
  #closed = false;
  #reason = '';

  constructor(
    readonly identity: LinkIdentity,
    private readonly socket: WebSocket,
    private readonly limits: TransportLimits,
    private readonly handlers: LinkHandlers,
  ) {
    socket.on('message', (data, isBinary) => {
      this.#alive = true;
      if (this.#closed) return;
      // With the default binary type, ws gives one Buffer per message.
      if (isBinary) handlers.onMessage(this, data as Buffer);
      else this.close('text message', UNSUPPORTED_DATA);
    });
    for (const sign of ['ping', 'pong'] as const) socket.on(sign, () => (this.#alive = true));
    // A 'close' follows every error.
    socket.on('error', (error) => (this.#reason ||= error.message));
    socket.on('close', (code, reason) => this.#finish(this.#reason || reason.toString() || `closed with ${code}`));
    socket.resume();
    this.#heartbeat = setInterval(() => this.#tick(), limits.pingMs);
  }

  /** @returns false when the message was dropped: too large, too much waiting, or closing */
  send(message: Uint8Array): boolean {
    const { socket } = this;
    const { lane } = this.identity;
    if (this.#closed || socket.readyState !== socket.OPEN) return false;
    if (message.length > this.limits.messageBytesMax[lane]) return false;
    if (socket.bufferedAmount + message.length > this.limits.queueBytesMax[lane]) return false;
    socket.send(message, { binary: true, compress: false });
    return true;
  }

  /** Tells the peer why, then ends the connection at the latest after one ping interval. */
  close(reason: string, code = POLICY_VIOLATION): void {
    if (this.#closed) return;
    this.#finish(reason);
    this.socket.close(code, Buffer.from(reason).subarray(0, CLOSE_REASON_BYTES_MAX).toString());
    setTimeout(() => this.socket.terminate(), this.limits.pingMs).unref();
  }

  /** A sign of life is anything received, or a queue that gets shorter: a ping waits behind the messages before it. */
  #tick(): void {
    const { bufferedAmount } = this.socket;
    if (this.#alive || (bufferedAmount > 0 && bufferedAmount < this.#bufferedBefore)) this.#silentTicks = 0;
    else this.#silentTicks++;
    this.#alive = false;
    this.#bufferedBefore = bufferedAmount;
    if (this.#silentTicks >= this.limits.pingsMissedMax) {
      this.#finish('no sign of life');
      this.socket.terminate();
    } else this.socket.ping();
  }

  #finish(reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#heartbeat);
    this.handlers.onClosed(this, reason);
  }
}
