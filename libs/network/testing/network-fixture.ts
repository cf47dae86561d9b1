import { createPrivateKey, createPublicKey, createHash } from 'node:crypto';
import { Buffer } from 'node:buffer';
import type { Did, NetworkId, PublicKey } from '#identity';
import type { Lane, PeerAddress, TrustedPeer } from '#node';
import { createTransport, type PeerTransport, type TransportLimits, type TransportOptions } from '#network';

export const NETWORK = '11'.repeat(32) as NetworkId;

export interface Identity {
  readonly did: Did;
  readonly seed: Uint8Array;
  readonly publicKey: PublicKey;
}

/** The same key for the same name, every time. */
export function identityOf(name: string): Identity {
  const seed = createHash('sha256').update(name).digest();
  const key = createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  return { did: `did:web:${name}.example` as Did, seed, publicKey: publicKey as Uint8Array as PublicKey };
}

export function trustedKeys(identities: readonly Identity[]): Map<Did, TrustedPeer> {
  return new Map(identities.map(({ did, publicKey }) => [did, { keys: [publicKey] }]));
}

export interface Received {
  readonly from: Did;
  readonly lane: Lane;
  readonly message: Buffer;
}

/** A transport with everything that happened to it. */
export interface TestPeer {
  readonly identity: Identity;
  readonly transport: PeerTransport;
  readonly received: Received[];
  readonly events: { readonly event: string; readonly detail: Readonly<Record<string, unknown>> }[];
  readonly port: number;
}

/** Transports on one loopback that know each other's addresses; `stopAll` ends those that still run. */
export class TestNetwork {
  readonly addresses = new Map<Did, PeerAddress>();
  readonly #running = new Set<TestPeer>();

  async start(identity: Identity, trusted: readonly Identity[], overrides: Partial<TransportOptions> = {}): Promise<TestPeer> {
    const received: Received[] = [];
    const events: TestPeer['events'] = [];
    const limits: Partial<TransportLimits> = { dialPatienceMs: 400, reconnectMinMs: 20, reconnectMaxMs: 200, ...overrides.limits };
    const transport = createTransport({
      self: identity.did,
      nodeKeySeed: identity.seed,
      listen: { host: '127.0.0.1', port: this.addresses.get(identity.did)?.port ?? 0 },
      peers: () => this.addresses,
      trusted: trustedKeys(trusted),
      networkId: NETWORK,
      observer: (event, detail) => events.push({ event, detail }),
      ...overrides,
      limits,
    });
    transport.onMessage((from, lane, message) => received.push({ from, lane, message: Buffer.from(message) }));
    const { port } = await transport.start();
    this.addresses.set(identity.did, { host: '127.0.0.1', port });
    const peer = { identity, transport, received, events, port };
    this.#running.add(peer);
    return peer;
  }

  async stop(peer: TestPeer): Promise<void> {
    this.#running.delete(peer);
    await peer.transport.stop();
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running].map((peer) => this.stop(peer)));
  }
}

/** @throws Error when `condition` does not hold in time */
export async function eventually(what: string, condition: () => boolean, withinMs = 8_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export function isLinked(a: TestPeer, b: TestPeer): boolean {
  return (['vote', 'bulk'] as const).every((lane) => a.transport.send(b.identity.did, lane, new Uint8Array(0)) && b.transport.send(a.identity.did, lane, new Uint8Array(0)));
}
