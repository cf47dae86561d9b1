import {
  bytesEqual,
  decodeCbor,
  encodeCbor,
  failure,
  sha256,
  success,
  toHex,
  type CborValue,
  type Result,
} from '#codec';
import { PARAMETER_BOUNDS, type NetworkId } from '#identity';
import type { Block, BlockHeader, Certificate } from '../block.types.js';
import { decodeCertificate, encodeCertificate } from '../certificate/certificate.js';
import { decodeEntry, isSameEntry } from '../entry/decode-entry.js';
import { readEntryPairs } from '../entry/entry-pairs.js';
import type { EncodedEntry } from '../entry/sign-entry.js';
import type { DecodedEntry, EntryRules } from '../entry.types.js';
import { merkleRoot } from '../log/append.js';
import { leafHash } from '../log/hashes.js';
import { blockHash, decodeHeader, encodeHeader, ZERO_HASH } from './header.js';

/** What no parameters can exceed; the parameters in force are judged with the block. */
const BLOCK_BYTES_MAX = PARAMETER_BOUNDS.blockBytesMax[1];
const BLOCK_ENTRIES_MAX = PARAMETER_BOUNDS.blockEntriesMax[1];

/** Codes of `decodeBlock`, in the order of the checks. */
export type BlockDecodeErrorCode =
  | 'BLOCK_TOO_LARGE'
  | 'BLOCK_MALFORMED'
  | 'BLOCK_WRONG_NETWORK'
  | 'BLOCK_BAD_PARENT_CERTIFICATE'
  | 'BLOCK_WRONG_ROOT'
  | 'BLOCK_INVALID_ENTRY';

export interface DecodeBlockOptions {
  readonly networkId: NetworkId;
  readonly rules: EntryRules;
  /**
   * An entry that this node decoded before (from its pool), by the leaf hash of its statement in hexadecimal. It is reused
   * only when statement and content are the same bytes.
   */
  readonly known?: (leafHash: string) => DecodedEntry | undefined;
}

/** CBOR [header, parent certificate or null, [[statement, content] …]]; header and certificate as byte strings of their own encoding. */
export function encodeBlock(
  header: BlockHeader,
  parentCertificate: Certificate | null,
  entries: readonly { readonly statement: Uint8Array; readonly content: Uint8Array }[],
): Uint8Array {
  return encodeCbor([
    encodeHeader(header),
    parentCertificate === null ? null : encodeCertificate(parentCertificate),
    entries.map(({ statement, content }) => [statement, content]),
  ]);
}

/**
 * Reads a block and each entry in it, without judging it against the chain. What comes out is bound to the header's hash to
 * the last byte: certificate and statements by their hashes, contents by their statements.
 */
export function decodeBlock(bytes: Uint8Array, options: DecodeBlockOptions): Result<Block, BlockDecodeErrorCode> {
  const parts = readParts(bytes);
  if (!parts.ok) return parts;
  const { headerBytes, header, parentCertificate, entries: pairs } = parts.value;
  if (header.networkId !== options.networkId) {
    return failure('BLOCK_WRONG_NETWORK', `the block is of network ${header.networkId}`);
  }
  if (!bytesEqual(parts.value.parentCertificateHash, header.parentCertificateHash)) {
    return failure('BLOCK_BAD_PARENT_CERTIFICATE', 'the parent certificate is not the one of the header');
  }
  const leafHashes = pairs.map(({ statement }) => leafHash(statement));
  if (!bytesEqual(merkleRoot(leafHashes), header.entriesRoot)) {
    return failure('BLOCK_WRONG_ROOT', 'the entries are not those of the header');
  }
  const entries: DecodedEntry[] = [];
  for (const [i, pair] of pairs.entries()) {
    const entry = readEntry(pair, leafHashes[i] as Uint8Array, options);
    if (!entry.ok) return failure('BLOCK_INVALID_ENTRY', `entry ${i}: ${entry.code}: ${entry.detail}`);
    entries.push(entry.value);
  }
  return success({ bytes, hash: blockHash(headerBytes), header, parentCertificate, entries });
}

/** Reads a block's header without looking into its entries. */
export function decodeBlockHeader(bytes: Uint8Array): Result<BlockHeader, BlockDecodeErrorCode> {
  const parts = readParts(bytes);
  return parts.ok ? success(parts.value.header) : parts;
}

interface BlockParts {
  readonly headerBytes: Uint8Array;
  readonly header: BlockHeader;
  readonly parentCertificate: Certificate | null;
  readonly parentCertificateHash: Uint8Array;
  readonly entries: readonly EncodedEntry[];
}

function readParts(bytes: Uint8Array): Result<BlockParts, 'BLOCK_TOO_LARGE' | 'BLOCK_MALFORMED'> {
  if (bytes.length > BLOCK_BYTES_MAX) return failure('BLOCK_TOO_LARGE', `a block has at most ${BLOCK_BYTES_MAX} bytes`);
  const decoded = decodeCbor(bytes);
  if (!decoded.ok) return failure('BLOCK_MALFORMED', decoded.detail);
  if (!Array.isArray(decoded.value) || decoded.value.length !== 3)
    return failure('BLOCK_MALFORMED', 'a block is an array of 3');
  const [headerBytes, certificateBytes, list] = decoded.value as readonly CborValue[];
  if (!(headerBytes instanceof Uint8Array)) return failure('BLOCK_MALFORMED', 'the header is a byte string');
  const header = decodeHeader(headerBytes);
  if (!header.ok) return header;
  const certificate = readCertificate(certificateBytes);
  if (!certificate.ok) return failure('BLOCK_MALFORMED', certificate.detail);
  const entries = readEntryPairs(list, BLOCK_ENTRIES_MAX);
  if (!entries.ok) return failure('BLOCK_MALFORMED', entries.detail);
  return success({
    headerBytes,
    header: header.value,
    parentCertificate: certificate.value,
    parentCertificateHash: certificateBytes instanceof Uint8Array ? sha256(certificateBytes) : ZERO_HASH,
    entries: entries.value,
  });
}

function readCertificate(value: CborValue | undefined): Result<Certificate | null> {
  if (value === null) return success(null);
  if (!(value instanceof Uint8Array))
    return failure('BLOCK_MALFORMED', 'the parent certificate is a byte string or null');
  return decodeCertificate(value);
}

function readEntry(
  pair: EncodedEntry,
  leaf: Uint8Array,
  { networkId, rules, known }: DecodeBlockOptions,
): Result<DecodedEntry> {
  const entry = known?.(toHex(leaf));
  if (entry !== undefined && isSameEntry(entry, pair)) return success(entry);
  return decodeEntry(pair.statement, pair.content, { networkId, rules });
}
