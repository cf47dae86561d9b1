import { assertInvariant, type RecordReader } from '#codec';
import { CURRENT, PARAMETERS, validatorSet } from '#identity';
import { decodeBlockHeader } from '../block/block.js';
import { blockHash, encodeHeader } from '../block/header.js';
import { decodeCertificate } from '../certificate/certificate.js';
import type { BlockHeader } from '../block.types.js';
import type { ChainHead, NextHeight } from '../execute.types.js';
import { TURNS, turnOrderOf } from './turns.js';

/**
 * The head of a stored chain, after a restart.
 *
 * @param block - bytes of the last block
 * @param certificate - bytes of its own certificate; undefined for genesis
 * @throws InvariantViolation INV-CHAIN-3 when the bytes are not a block and its certificate
 */
export function readHead(block: Uint8Array, certificate: Uint8Array | undefined): ChainHead {
  const header = decodeBlockHeader(block);
  assertInvariant(header.ok, 'INV-CHAIN-3', { what: 'block' });
  const hash = blockHash(encodeHeader(header.value));
  if (certificate === undefined) {
    assertInvariant(header.value.height === 0, 'INV-CHAIN-3', { what: 'certificate', height: header.value.height });
    return { hash, header: header.value, certificate: null };
  }
  const decoded = decodeCertificate(certificate);
  assertInvariant(decoded.ok && decoded.value.blockHash === hash, 'INV-CHAIN-3', {
    what: 'certificate',
    height: header.value.height,
  });
  return { hash, header: header.value, certificate: decoded.value };
}

/**
 * Who decides about the block after `header`, and by which parameters.
 * @param state - as it stands after that block
 */
export function nextHeight(state: RecordReader, header: Pick<BlockHeader, 'height'>): NextHeight {
  const height = header.height + 1;
  const parameters = state.get(PARAMETERS, CURRENT);
  const turns = state.get(TURNS, CURRENT);
  assertInvariant(parameters !== undefined && turns !== undefined, 'INV-STATE-5', { height });
  const validators = validatorSet(state, height);
  return {
    height,
    validators,
    turnOrder: turnOrderOf(validators, turns.standings),
    parameters,
    parentValidators: turns.validators,
  };
}
