import { toHex } from '#codec';
import { CURRENT, genesisRecords, parametersHash, validatorSet, validatorSetHash, type Genesis } from '#identity';
import { BLOCK_VERSION, blockHash, encodeHeader, GENESIS_PROPOSER, ZERO_HASH } from '../block/header.js';
import type { BlockHash, BlockHeader } from '../block.types.js';
import type { ExecutedBlock } from '../execute.types.js';
import { EMPTY_LOG_ROOT } from '../log/hashes.js';
import { updateTree } from '../state-tree/update-tree.js';
import { StateOverlay } from '../state/state-overlay.js';
import { executedBlock } from './build-block.js';
import { nextHeight } from './head.js';
import { TURNS, turnOrderOf } from './turns.js';

/** Block 0: the genesis file's records as state, no entries, no parent, no proposer, no certificate. */
export function genesisBlock(genesis: Genesis): ExecutedBlock {
  const state = new StateOverlay({ stateValue: () => undefined });
  genesisRecords(genesis, state);
  const validators = validatorSet(state, 0);
  state.put(TURNS, CURRENT, { validators, turnOrder: turnOrderOf(validators, []), standings: [] });
  const changes = state.changes();
  const tree = updateTree(changes, () => undefined);
  const next = nextHeight(state, { height: 0 });
  const header: BlockHeader = {
    version: BLOCK_VERSION,
    networkId: genesis.networkId,
    height: 0,
    time: genesis.time,
    parentHash: toHex(ZERO_HASH) as BlockHash,
    proposer: GENESIS_PROPOSER,
    entriesRoot: EMPTY_LOG_ROOT,
    logSize: 0,
    logRoot: EMPTY_LOG_ROOT,
    stateRoot: tree.root,
    validatorsHash: validatorSetHash(validators),
    nextValidatorsHash: validatorSetHash(next.validators),
    paramsHash: parametersHash(genesis.parameters),
    parentCertificateHash: ZERO_HASH,
  };
  const hash = blockHash(encodeHeader(header));
  const outcome = { findings: [], changes };
  return executedBlock({ header, hash, entries: [], outcome, treeWrites: tree.writes, logWrites: [], next }, null);
}
