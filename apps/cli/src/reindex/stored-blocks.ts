import { assertInvariant } from '#codec';
import type { NetworkId } from '#identity';
import { sodiumVerifier } from '#keystore';
import { decodeBlock, decodeCertificate, decodeOutcome } from '#ledger';
import type { ChainStore, CommittedBlock } from '#node';
import { createTraceRules } from '#trace';

/** Reads the blocks of a stopped node's chain in order, decoded as the node itself would hand them to its index. */
export function* storedBlocks(store: ChainStore, networkId: NetworkId): Generator<CommittedBlock> {
  const rules = createTraceRules({ verifier: sodiumVerifier, networkId });
  for (let height = 0; height <= (store.height ?? -1); height++) {
    const block = decodeBlock(store.block(height) as Uint8Array, { networkId, rules });
    assertInvariant(block.ok, 'INV-CHAIN-3', { height, reason: 'stored block' });
    const certificateBytes = store.certificate(height);
    const certificate = certificateBytes === undefined ? undefined : decodeCertificate(certificateBytes);
    assertInvariant(certificate?.ok !== false, 'INV-CHAIN-3', { height, reason: 'stored certificate' });
    yield {
      block: block.value,
      certificate: certificate?.value ?? null,
      outcome: decodeOutcome(store.outcome(height) as Uint8Array),
    };
  }
}
