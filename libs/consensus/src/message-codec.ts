import { decodeCbor, encodeCbor, failure, success, toHex, type CborValue, type Result } from '#codec';
import type { Did } from '#identity';
import type { Commit, ConsensusMessage, Prepare, Proposal, RoundChange, Value } from './message.types.js';
import { digestBytes, preparedPart } from './signed-part.js';
import { isRound } from './timing.js';

export type MessageErrorCode = 'CONSENSUS_MALFORMED' | 'CONSENSUS_BAD_VALUE';

/** Reads a value's digest and proposer from its bytes; `ConsensusEnvironment.readValue`. */
export type ReadValue = (bytes: Uint8Array) => Result<Value>;

const KIND = { proposal: 1, prepare: 2, commit: 3, 'round-change': 4 } as const;
const NESTED_MAX = 100;
const DID_LENGTH_MAX = 255;
const SIGNATURE_BYTES = 64;
const DIGEST_BYTES = 32;

/**
 * Deterministic CBOR, docs/protocol/consensus.md#wire-format. One message has one encoding.
 * @throws TypeError when a digest is not 64 lower-case hexadecimal characters
 */
export function encodeMessage(message: ConsensusMessage): Uint8Array {
  return encodeCbor(toCbor(message));
}

/**
 * Reads a message. Nothing about it is verified beyond its shape and bounds, and that each value's digest is the digest of
 * its bytes. Bound the length of `bytes` before calling.
 */
export function decodeMessage(bytes: Uint8Array, readValue: ReadValue): Result<ConsensusMessage, MessageErrorCode> {
  const cbor = decodeCbor(bytes);
  if (!cbor.ok) return failure('CONSENSUS_MALFORMED', cbor.detail);
  return decoding(() => new MessageReader(readValue).message(cbor.value));
}

/** What makes a node keep to a value after a restart: the prepares that locked it and the value itself. */
export interface LockParts {
  readonly prepares: readonly Prepare[];
  readonly value: Value;
}

/** As kept in `VoteRecord.lock`: CBOR [value, prepares]. */
export function encodeLock(lock: LockParts): Uint8Array {
  return encodeCbor([lock.value.bytes, lock.prepares.map(toCbor)]);
}

export function decodeLock(bytes: Uint8Array, readValue: ReadValue): Result<LockParts, MessageErrorCode> {
  const cbor = decodeCbor(bytes);
  if (!cbor.ok) return failure('CONSENSUS_MALFORMED', cbor.detail);
  return decoding(() => {
    const reader = new MessageReader(readValue);
    const [value, prepares] = list(cbor.value, 2);
    return { value: reader.value(value), prepares: reader.prepares(prepares) };
  });
}

function toCbor(message: ConsensusMessage): CborValue {
  const head = [KIND[message.kind], message.from, message.height, message.round];
  return [...head, ...bodyToCbor(message), message.signature];
}

function bodyToCbor(message: ConsensusMessage): readonly CborValue[] {
  switch (message.kind) {
    case 'proposal':
      return [
        digestBytes(message.digest),
        message.value.bytes,
        message.roundChanges.map(toCbor),
        message.prepares.map(toCbor),
      ];
    case 'prepare':
      return [digestBytes(message.digest)];
    case 'commit':
      return [digestBytes(message.digest), message.seal];
    case 'round-change':
      return [preparedPart(message.prepared), message.prepares.map(toCbor), message.value?.bytes ?? null];
  }
}

/** Carries a refusal out of the nested readers; never leaves this file. */
class Refusal extends Error {
  constructor(
    readonly code: MessageErrorCode,
    detail: string,
  ) {
    super(detail);
  }
}

function decoding<T>(read: () => T): Result<T, MessageErrorCode> {
  try {
    return success(read());
  } catch (error) {
    if (error instanceof Refusal) return failure(error.code, error.message);
    throw error;
  }
}

class MessageReader {
  constructor(private readonly readValue: ReadValue) {}

  message(cbor: CborValue | undefined): ConsensusMessage {
    switch (kindOf(cbor)) {
      case KIND.proposal:
        return this.proposal(cbor);
      case KIND.prepare:
        return this.prepare(cbor);
      case KIND.commit:
        return this.commit(cbor);
      case KIND['round-change']:
        return this.roundChange(cbor);
      default:
        throw new Refusal('CONSENSUS_MALFORMED', 'unknown kind of message');
    }
  }

  prepares(cbor: CborValue | undefined): Prepare[] {
    return list(cbor).map((prepare) => this.prepare(prepare));
  }

  value(cbor: CborValue | undefined): Value {
    if (!(cbor instanceof Uint8Array)) throw new Refusal('CONSENSUS_MALFORMED', 'a value is a byte string');
    const value = this.readValue(cbor);
    if (!value.ok) throw new Refusal('CONSENSUS_BAD_VALUE', `${value.code}: ${value.detail}`);
    return value.value;
  }

  private proposal(cbor: CborValue | undefined): Proposal {
    const [, from, height, round, digest, value, roundChanges, prepares, signature] = list(cbor, 9);
    return {
      kind: 'proposal',
      ...signed(from, height, round, signature),
      digest: digestOf(digest),
      value: this.value(value),
      roundChanges: list(roundChanges).map((nested) => withoutProof(this.roundChange(nested))),
      prepares: this.prepares(prepares),
    };
  }

  private prepare(cbor: CborValue | undefined): Prepare {
    if (kindOf(cbor) !== KIND.prepare) throw new Refusal('CONSENSUS_MALFORMED', 'expected a prepare');
    const [, from, height, round, digest, signature] = list(cbor, 6);
    return { kind: 'prepare', ...signed(from, height, round, signature), digest: digestOf(digest) };
  }

  private commit(cbor: CborValue | undefined): Commit {
    const [, from, height, round, digest, seal, signature] = list(cbor, 7);
    return {
      kind: 'commit',
      ...signed(from, height, round, signature),
      digest: digestOf(digest),
      seal: bytesOf(seal, SIGNATURE_BYTES),
    };
  }

  private roundChange(cbor: CborValue | undefined): RoundChange {
    if (kindOf(cbor) !== KIND['round-change']) throw new Refusal('CONSENSUS_MALFORMED', 'expected a round change');
    const [, from, height, round, prepared, prepares, value, signature] = list(cbor, 8);
    return {
      kind: 'round-change',
      ...signed(from, height, round, signature),
      prepared: preparedOf(prepared),
      prepares: this.prepares(prepares),
      value: value === null ? null : this.value(value),
    };
  }
}

/** Inside a proposal the proof of the highest prepared round stands once, beside the round changes. */
function withoutProof(roundChange: RoundChange): RoundChange {
  if (roundChange.prepares.length > 0 || roundChange.value !== null) {
    throw new Refusal('CONSENSUS_MALFORMED', 'a round change inside a proposal carries neither prepares nor a value');
  }
  return roundChange;
}

function signed(
  from: CborValue | undefined,
  height: CborValue | undefined,
  round: CborValue | undefined,
  signature: CborValue | undefined,
): Pick<ConsensusMessage, 'from' | 'height' | 'round' | 'signature'> {
  if (typeof from !== 'string' || from.length === 0 || from.length > DID_LENGTH_MAX) {
    throw new Refusal('CONSENSUS_MALFORMED', `the sender is a text of 1 to ${DID_LENGTH_MAX} characters`);
  }
  if (typeof height !== 'number' || height < 0)
    throw new Refusal('CONSENSUS_MALFORMED', 'the height is not a natural number');
  return { from: from as Did, height, round: roundOf(round), signature: bytesOf(signature, SIGNATURE_BYTES) };
}

function preparedOf(cbor: CborValue | undefined): RoundChange['prepared'] {
  if (cbor === null) return null;
  const [round, digest] = list(cbor, 2);
  return { round: roundOf(round), digest: digestOf(digest) };
}

function roundOf(cbor: CborValue | undefined): number {
  if (typeof cbor !== 'number' || !isRound(cbor))
    throw new Refusal('CONSENSUS_MALFORMED', 'the round is out of bounds');
  return cbor;
}

function digestOf(cbor: CborValue | undefined): string {
  return toHex(bytesOf(cbor, DIGEST_BYTES));
}

function bytesOf(cbor: CborValue | undefined, length: number): Uint8Array {
  if (!(cbor instanceof Uint8Array) || cbor.length !== length) {
    throw new Refusal('CONSENSUS_MALFORMED', `expected a byte string of ${length} bytes`);
  }
  return cbor;
}

function kindOf(cbor: CborValue | undefined): CborValue | undefined {
  return Array.isArray(cbor) ? (cbor as readonly CborValue[])[0] : undefined;
}

function list(cbor: CborValue | undefined, length?: number): readonly CborValue[] {
  if (!Array.isArray(cbor) || (length === undefined ? cbor.length > NESTED_MAX : cbor.length !== length)) {
    throw new Refusal(
      'CONSENSUS_MALFORMED',
      length === undefined ? `expected at most ${NESTED_MAX} elements` : `expected ${length} elements`,
    );
  }
  return cbor as readonly CborValue[];
}
