import { encodeCbor, fromHex, type CborValue } from '#codec';
import type { ConsensusMessage, Digest, RoundChange } from './message.types.js';

const DOMAIN = 'lading/consensus/1';

/** A message before it is signed. */
export type Unsigned<M extends ConsensusMessage> = M extends ConsensusMessage ? Omit<M, 'signature'> : never;

/**
 * The bytes that the sender's node key signs: domain, network, sender, kind, height, round and what is voted for, in
 * deterministic CBOR (docs/protocol/consensus.md#signed-part). Never the value, and never the messages that justify:
 * they are checked by themselves.
 */
export function signedPart(message: Unsigned<ConsensusMessage>, networkId: string): Uint8Array {
  return encodeCbor([
    DOMAIN,
    networkId,
    message.from,
    message.kind,
    message.height,
    message.round,
    ...votedFor(message),
  ]);
}

function votedFor(message: Unsigned<ConsensusMessage>): readonly CborValue[] {
  switch (message.kind) {
    case 'proposal':
    case 'prepare':
      return [digestBytes(message.digest)];
    case 'commit':
      return [digestBytes(message.digest), message.seal];
    case 'round-change':
      return [preparedPart(message.prepared)];
  }
}

export function preparedPart(prepared: RoundChange['prepared']): CborValue {
  return prepared === null ? null : [prepared.round, digestBytes(prepared.digest)];
}

/** @throws TypeError when `digest` is not 64 lower-case hexadecimal characters; `decodeMessage` makes no others */
export function digestBytes(digest: Digest): Uint8Array {
  const bytes = fromHex(digest, 32);
  if (bytes === undefined) throw new TypeError('digest: expected 64 lower-case hexadecimal characters');
  return bytes;
}
