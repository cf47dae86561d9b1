import { bytesEqual, failure, success, type Result } from '#codec';
import type { SignatureVerifier } from '#identity';
import type { Block, BlockHeader, ChainState } from '../block.types.js';
import { verifyCertificate } from '../certificate/certificate.js';
import type { BlockErrorCode, ChainHead, JudgeOptions, JudgeResult, NextHeight } from '../execute.types.js';
import { BlockExecution } from './block-execution.js';
import { executedBlock } from './build-block.js';

/**
 * Judges a decoded block against the head by executing it. Checks in the order of `BlockErrorCode`, the first failure is
 * returned. The block's own certificate is not looked at: it exists only after validators have judged the block.
 */
export function judgeBlock(
  chain: ChainState,
  head: ChainHead,
  next: NextHeight,
  block: Block,
  verifier: SignatureVerifier,
  options: JudgeOptions = {},
): JudgeResult {
  const placed = checkPlace(head, next, block);
  if (!placed.ok) return placed;
  const timed = checkTime(head, next, block.header, options.now);
  if (!timed.ok) return timed;
  const certified = checkParentCertificate(head, next, block, verifier);
  if (!certified.ok) return certified;

  const context = { time: block.header.time, verifier, isVerified: options.isVerified };
  const execution = new BlockExecution(chain, head, next, context);
  for (const [i, entry] of block.entries.entries()) {
    const result = execution.add(entry);
    if (!result.ok) return failure('BLOCK_INVALID_ENTRY', `entry ${i}: ${result.code}: ${result.detail}`);
  }
  const content = execution.finish(block.header.proposer, block.parentCertificate);
  if (content.hash !== block.hash) {
    return failure('BLOCK_WRONG_ROOT', `${firstDifference(content.header, block.header)} is not what execution gives`);
  }
  return success(executedBlock(content, block.parentCertificate, block));
}

type Check = Result<void, BlockErrorCode>;
const PASSED: Check = success(undefined);

function checkPlace(head: ChainHead, next: NextHeight, { bytes, header, entries }: Block): Check {
  const { blockBytesMax, blockEntriesMax } = next.parameters;
  if (bytes.length > blockBytesMax || entries.length > blockEntriesMax) {
    return failure('BLOCK_TOO_LARGE', `at most ${blockBytesMax} bytes and ${blockEntriesMax} entries`);
  }
  if (header.networkId !== head.header.networkId)
    return failure('BLOCK_WRONG_NETWORK', `the block is of network ${header.networkId}`);
  if (header.height !== next.height)
    return failure('BLOCK_WRONG_HEIGHT', `expected ${next.height}, got ${header.height}`);
  if (header.parentHash !== head.hash) return failure('BLOCK_WRONG_PARENT', `the head is ${head.hash}`);
  // Whoever built it first, in whichever round; a re-proposal does not change the header.
  if (!next.turnOrder.includes(header.proposer)) {
    return failure('BLOCK_WRONG_PROPOSER', `${header.proposer} has no turn at this height`);
  }
  return PASSED;
}

function checkTime(head: ChainHead, next: NextHeight, { time }: BlockHeader, now: number | undefined): Check {
  if (time <= head.header.time) return failure('BLOCK_TIME_NOT_INCREASING', `the parent's time is ${head.header.time}`);
  const driftMax = next.parameters.clockDriftMaxMs;
  if (now !== undefined && Math.abs(time - now) > driftMax) {
    return failure('BLOCK_TIME_DRIFT', `more than ${driftMax} ms from this node's clock`);
  }
  return PASSED;
}

/** Genesis has no certificate; every other parent has one in the body of its child. `decodeBlock` bound it to the header. */
function checkParentCertificate(
  head: ChainHead,
  next: NextHeight,
  { parentCertificate }: Block,
  verifier: SignatureVerifier,
): Check {
  if (head.header.height === 0) {
    return parentCertificate === null ? PASSED : failure('BLOCK_BAD_PARENT_CERTIFICATE', 'genesis has no certificate');
  }
  if (parentCertificate === null) return failure('BLOCK_BAD_PARENT_CERTIFICATE', 'the parent certificate is missing');
  const verified = verifyCertificate(parentCertificate, head.header, next.parentValidators, verifier);
  return verified.ok ? PASSED : failure('BLOCK_BAD_PARENT_CERTIFICATE', `${verified.code}: ${verified.detail}`);
}

const EXECUTED_FIELDS = [
  'entriesRoot',
  'logSize',
  'logRoot',
  'stateRoot',
  'validatorsHash',
  'nextValidatorsHash',
  'paramsHash',
  'parentCertificateHash',
] as const satisfies readonly (keyof BlockHeader)[];

function firstDifference(expected: BlockHeader, actual: BlockHeader): string {
  const field = EXECUTED_FIELDS.find((name) => {
    const [a, b] = [expected[name], actual[name]];
    return a instanceof Uint8Array && b instanceof Uint8Array ? !bytesEqual(a, b) : a !== b;
  });
  return field ?? 'the header';
}
