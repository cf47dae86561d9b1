import { decodeCbor, encodeCbor, failure, fromHex, sha256, success, toHex, type CborValue, type Result } from '#codec';
import { parseDid, type Did, type NetworkId } from '#identity';
import type { BlockHash, BlockHeader } from '../block.types.js';

/** The only version of the block format so far. */
export const BLOCK_VERSION = 1;

/** What stands where there is nothing to hash: genesis' parent, the parent certificate of heights 0 and 1. */
export const ZERO_HASH: Uint8Array = new Uint8Array(32);

/** Genesis was proposed by nobody. */
export const GENESIS_PROPOSER = '' as Did;

const HEADER_PLACES = 14;
const HEADER_BYTES_MAX = 1024;

/** CBOR array in the order of DESIGN section 5; docs/protocol/blocks.md. */
export function encodeHeader(header: BlockHeader): Uint8Array {
  return encodeCbor([
    header.version,
    hashBytes(header.networkId),
    header.height,
    header.time,
    hashBytes(header.parentHash),
    header.proposer,
    header.entriesRoot,
    header.logSize,
    header.logRoot,
    header.stateRoot,
    header.validatorsHash,
    header.nextValidatorsHash,
    header.paramsHash,
    header.parentCertificateHash,
  ]);
}

/** SHA-256 of the encoded header. */
export function blockHash(headerBytes: Uint8Array): BlockHash {
  return toHex(sha256(headerBytes)) as BlockHash;
}

export function decodeHeader(bytes: Uint8Array): Result<BlockHeader, 'BLOCK_MALFORMED'> {
  if (bytes.length > HEADER_BYTES_MAX) return malformed(`a header has at most ${HEADER_BYTES_MAX} bytes`);
  const decoded = decodeCbor(bytes);
  if (!decoded.ok) return malformed(decoded.detail);
  if (!Array.isArray(decoded.value) || decoded.value.length !== HEADER_PLACES) {
    return malformed(`a header is an array of ${HEADER_PLACES}`);
  }
  const [version, networkId, height, time, parentHash, proposer, ...rest] = decoded.value as readonly CborValue[];
  const [
    entriesRoot,
    logSize,
    logRoot,
    stateRoot,
    validatorsHash,
    nextValidatorsHash,
    paramsHash,
    parentCertificateHash,
  ] = rest;
  if (version !== BLOCK_VERSION) return malformed(`this program knows version ${BLOCK_VERSION} only`);
  if (!isCount(height) || !isCount(time) || !isCount(logSize))
    return malformed('height, time and log size are whole numbers');
  if (typeof proposer !== 'string') return malformed('the proposer is text');
  if (height === 0 ? proposer !== GENESIS_PROPOSER : !parseDid(proposer).ok)
    return malformed('the proposer is not a DID');
  if (
    !isHash(networkId) ||
    !isHash(parentHash) ||
    !isHash(entriesRoot) ||
    !isHash(logRoot) ||
    !isHash(stateRoot) ||
    !isHash(validatorsHash) ||
    !isHash(nextValidatorsHash) ||
    !isHash(paramsHash) ||
    !isHash(parentCertificateHash)
  ) {
    return malformed('hashes are 32 bytes');
  }
  return success({
    version,
    networkId: toHex(networkId) as NetworkId,
    height,
    time,
    parentHash: toHex(parentHash) as BlockHash,
    proposer: proposer as Did,
    entriesRoot,
    logSize,
    logRoot,
    stateRoot,
    validatorsHash,
    nextValidatorsHash,
    paramsHash,
    parentCertificateHash,
  });
}

/** @throws TypeError when `hex` is not 64 hexadecimal characters */
export function hashBytes(hex: string): Uint8Array {
  const bytes = fromHex(hex, 32);
  if (bytes === undefined) throw new TypeError('expected 64 hexadecimal characters');
  return bytes;
}

function malformed(detail: string) {
  return failure('BLOCK_MALFORMED' as const, detail);
}

function isHash(value: CborValue | undefined): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 32;
}

function isCount(value: CborValue | undefined): value is number {
  return typeof value === 'number' && value >= 0;
}
