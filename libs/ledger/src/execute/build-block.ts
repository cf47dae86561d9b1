import { failure, type Failure } from '#codec';
import { encodeBlock } from '../block/block.js';
import type { Block, Certificate, ChainState } from '../block.types.js';
import { encodeCertificate } from '../certificate/certificate.js';
import { ENTRY_PAIR_OVERHEAD } from '../entry/entry-pairs.js';
import type { DecodedEntry } from '../entry.types.js';
import type { BuildInput, BuiltBlock, ChainHead, ExecutedBlock, NextHeight } from '../execute.types.js';
import { BlockExecution, type ExecutedContent } from './block-execution.js';

/** Header (at most 1,024 bytes), and the CBOR heads around the three parts. */
const BLOCK_OVERHEAD = 1024 + 32;

/**
 * Executes candidates on the head, leaves out what is not valid there, and makes a block of the rest, within the parameters'
 * limits. Candidates after the first that does not fit are not tried: they stay in order for the next block.
 */
export function buildBlock(chain: ChainState, head: ChainHead, next: NextHeight, input: BuildInput): BuiltBlock {
  const { proposer, now, candidates, verifier, isVerified } = input;
  const time = Math.max(now, head.header.time + 1);
  const execution = new BlockExecution(chain, head, next, { time, verifier, isVerified });
  const { blockEntriesMax, blockBytesMax } = next.parameters;
  const leftOut: BuiltBlock['leftOut'][number][] = [];
  const bytesFree = blockBytesMax - BLOCK_OVERHEAD - certificateSize(head.certificate);
  let bytes = 0;
  let count = 0;
  for (const entry of candidates) {
    const size = entry.size + ENTRY_PAIR_OVERHEAD;
    if (count === blockEntriesMax || (bytes + size > bytesFree && size <= bytesFree)) break;
    const result = size > bytesFree ? tooLarge(entry, bytesFree) : execution.add(entry);
    if (result.ok) {
      bytes += size;
      count++;
    } else {
      leftOut.push({ id: entry.statement.entryId, code: result.code, detail: result.detail });
    }
  }
  const content = execution.finish(proposer, head.certificate);
  return { ...executedBlock(content, head.certificate), leftOut };
}

/** Puts what was executed into the form in which it is proposed, stored and followed. */
export function executedBlock(
  content: ExecutedContent,
  parentCertificate: Certificate | null,
  known?: Block,
): ExecutedBlock {
  const { header, hash, entries, outcome, treeWrites, logWrites, next } = content;
  const block: Block = known ?? {
    bytes: encodeBlock(
      header,
      parentCertificate,
      entries.map(({ statement, content }) => ({ statement: statement.bytes, content })),
    ),
    hash,
    header,
    parentCertificate,
    entries,
  };
  return { block, commit: { block, outcome, treeWrites, logWrites }, next };
}

function certificateSize(certificate: Certificate | null): number {
  return certificate === null ? 0 : encodeCertificate(certificate).length;
}

/** It would never fit, not even alone. */
function tooLarge(entry: DecodedEntry, bytesFree: number): Failure {
  return failure('ENTRY_TOO_LARGE', `the entry has ${entry.size} bytes, a block has room for ${bytesFree}`);
}
