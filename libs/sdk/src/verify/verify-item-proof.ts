import { bytesEqual, toHex } from '#codec';
import { historyDigest, verifyRecord, type EntryId } from '#ledger';
import { ITEM, type Item } from '#trace';
import type { Api } from '../index-types.js';
import { MalformedEvidence, recordProofOf } from './read-evidence.js';
import type { Anchor, Verification } from './verify.types.js';
import { verifySealedHeader } from './verify-sealed-header.js';

export interface ItemVerification extends Verification {
  /** What the state holds about the item; undefined when nothing, or when the proof does not hold. */
  readonly item: Item | undefined;
}

/**
 * What the ledger's state says about an item, and that `entryIds` are all the entries that concern it: nothing left out, nothing
 * added, in this order.
 * @param entryIds - distinct, in the order of the chain
 * @throws MalformedEvidence
 */
export function verifyItemProof(proof: Api.ItemProof, entryIds: readonly string[], anchor: Anchor): ItemVerification {
  if (proof.format !== 'lading-item-proof-1') throw new MalformedEvidence('format: expected lading-item-proof-1');
  if (!entryIds.every((id) => /^[0-9a-f]{64}$/.test(id)))
    throw new MalformedEvidence('entry ids: expected 64 hexadecimal characters');
  const { header, step: sealed, trust } = verifySealedHeader(proof.sealed, anchor);
  const record = recordProofOf(proof.record);
  const isProved = verifyRecord(ITEM, proof.item, record, header);
  const item = isProved && record.value !== null ? ITEM.decode(record.value) : undefined;
  const digest = historyDigest(entryIds as readonly EntryId[]);
  const steps = [
    {
      name: 'state' as const,
      ok: isProved && record.value !== null,
      facts: { item: proof.item, stateRoot: toHex(header.stateRoot), siblings: record.proof.siblings.length },
    },
    {
      name: 'history' as const,
      ok: item !== undefined && item.count === entryIds.length && bytesEqual(digest, item.digest),
      facts: {
        entries: entryIds.length,
        recorded: item?.count ?? 0,
        digest: toHex(digest),
        recordedDigest: item === undefined ? '' : toHex(item.digest),
      },
    },
    sealed,
  ];
  return { ok: steps.every(({ ok }) => ok), trust, steps, item };
}
