import { decodeCbor, encodeCbor, failure, fromHex, success, toHex, type CborValue, type Result } from '#codec';
import type { Did, Height } from '#identity';
import type { BlockHash } from '#ledger';

/** What nodes say to each other besides proving who they are (docs/protocol/peer-messages.md). */
export type PeerMessage =
  | {
      readonly type: 'status';
      readonly height: Height;
      readonly headHash: BlockHash;
      /** Organisations that the sender has a live link with: nobody relays to them what the sender sent to all. */
      readonly connected: readonly Did[];
    }
  /** One message of `libs/consensus`, as encoded there. */
  | { readonly type: 'consensus'; readonly bytes: Uint8Array }
  | { readonly type: 'entries'; readonly entries: readonly EntryBytes[] }
  | { readonly type: 'get-blocks'; readonly from: Height; readonly countMax: number }
  /** Consecutive blocks from height `from` on, each with its certificate; empty when the sender does not have that height. */
  | { readonly type: 'blocks'; readonly from: Height; readonly blocks: readonly BlockBytes[] }
  /** Asks what time it is there; times in milliseconds since 1970. */
  | { readonly type: 'clock-request'; readonly sentAt: number }
  | { readonly type: 'clock-answer'; readonly sentAt: number; readonly answeredAt: number };

export interface EntryBytes {
  readonly statement: Uint8Array;
  readonly content: Uint8Array;
}

export interface BlockBytes {
  readonly block: Uint8Array;
  readonly certificate: Uint8Array;
}

export type PeerMessageErrorCode = 'PEER_MESSAGE_MALFORMED';

/** Bounds on what one message may hold; the frame itself is bounded by the transport. */
export const ENTRIES_PER_MESSAGE_MAX = 2_000;
export const BLOCKS_PER_MESSAGE_MAX = 128;
const CONNECTED_MAX = 200;

const STATUS = 1;
const CONSENSUS = 2;
const ENTRIES = 3;
const GET_BLOCKS = 4;
const BLOCKS = 5;
const CLOCK_REQUEST = 6;
const CLOCK_ANSWER = 7;

export function encodePeerMessage(message: PeerMessage): Uint8Array {
  switch (message.type) {
    case 'status':
      return encodeCbor([STATUS, message.height, fromHex(message.headHash, 32) as Uint8Array, message.connected]);
    case 'consensus':
      return encodeCbor([CONSENSUS, message.bytes]);
    case 'entries':
      return encodeCbor([ENTRIES, message.entries.map((entry) => [entry.statement, entry.content])]);
    case 'get-blocks':
      return encodeCbor([GET_BLOCKS, message.from, message.countMax]);
    case 'blocks':
      return encodeCbor([BLOCKS, message.from, message.blocks.map((block) => [block.block, block.certificate])]);
    case 'clock-request':
      return encodeCbor([CLOCK_REQUEST, message.sentAt]);
    case 'clock-answer':
      return encodeCbor([CLOCK_ANSWER, message.sentAt, message.answeredAt]);
  }
}

export function decodePeerMessage(bytes: Uint8Array): Result<PeerMessage, PeerMessageErrorCode> {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok) return malformed(decoded.detail);
  if (!Array.isArray(decoded.value)) return malformed('not an array');
  const [type, first, second, third] = decoded.value as CborValue[];
  const arity = decoded.value.length - 1;
  if (type === STATUS && arity === 3) {
    if (!isCount(first) || !isBytes(second) || second.length !== 32) return malformed('status');
    if (!Array.isArray(third) || third.length > CONNECTED_MAX || !third.every((did) => typeof did === 'string' && did.length <= 255)) {
      return malformed('status: connected');
    }
    return success({ type: 'status', height: first, headHash: toHex(second) as BlockHash, connected: third as Did[] });
  }
  if (type === CONSENSUS && arity === 1) {
    return isBytes(first) ? success({ type: 'consensus', bytes: first }) : malformed('consensus');
  }
  if (type === ENTRIES && arity === 1) {
    const pairs = readPairs(first, ENTRIES_PER_MESSAGE_MAX);
    if (pairs === undefined) return malformed('entries');
    return success({ type: 'entries', entries: pairs.map(([statement, content]) => ({ statement, content })) });
  }
  if (type === GET_BLOCKS && arity === 2) {
    if (!isCount(first) || !isCount(second) || second < 1) return malformed('get-blocks');
    return success({ type: 'get-blocks', from: first, countMax: Math.min(second, BLOCKS_PER_MESSAGE_MAX) });
  }
  if (type === BLOCKS && arity === 2) {
    const pairs = readPairs(second, BLOCKS_PER_MESSAGE_MAX);
    if (!isCount(first) || pairs === undefined) return malformed('blocks');
    return success({ type: 'blocks', from: first, blocks: pairs.map(([block, certificate]) => ({ block, certificate })) });
  }
  if (type === CLOCK_REQUEST && arity === 1) {
    return isCount(first) ? success({ type: 'clock-request', sentAt: first }) : malformed('clock-request');
  }
  if (type === CLOCK_ANSWER && arity === 2) {
    if (!isCount(first) || !isCount(second)) return malformed('clock-answer');
    return success({ type: 'clock-answer', sentAt: first, answeredAt: second });
  }
  return malformed('unknown type or wrong number of parts');
}

function malformed(detail: string): Result<never, PeerMessageErrorCode> {
  return failure('PEER_MESSAGE_MALFORMED', detail);
}

function isBytes(value: CborValue | undefined): value is Uint8Array {
  return value instanceof Uint8Array;
}

/** A height, a number of things, a time. */
function isCount(value: CborValue | undefined): value is number {
  return typeof value === 'number' && value >= 0;
}

function readPairs(value: CborValue | undefined, countMax: number): readonly (readonly [Uint8Array, Uint8Array])[] | undefined {
  if (!Array.isArray(value) || value.length > countMax) return undefined;
  const pairs: [Uint8Array, Uint8Array][] = [];
  for (const pair of value as CborValue[]) {
    if (!Array.isArray(pair) || pair.length !== 2 || !isBytes(pair[0]) || !isBytes(pair[1])) return undefined;
    pairs.push([pair[0], pair[1]]);
  }
  return pairs;
}
