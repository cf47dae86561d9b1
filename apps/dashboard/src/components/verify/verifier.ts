import { anchorOfGenesis, verifyEntryProof, verifyItemProof, type Anchor, type Api, type Verification } from '#sdk';
import { api } from '../../app/api.js';

/** The genesis file that this node hands out; its hash is compared with the network id of an earlier visit (`pinnedNetwork`). */
export async function fetchAnchor(signal?: AbortSignal): Promise<Anchor> {
  const text = await api.text('getGenesis', { ...(signal && { signal }) }, 'application/json');
  return anchorOfGenesis(new TextEncoder().encode(text));
}

export { verifyEntryProof };

/** All entries that concern the item itself, in the order of the chain. */
async function ownEntryIds(id: string): Promise<string[]> {
  const positions = new Map<string, readonly [height: number, index: number]>();
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string } = { limit: 1_000, ...(cursor !== null && { cursor }) };
    const page: Api.ItemHistory = await api.call('getItemHistory', { path: { id }, query });
    for (const event of page.events) {
      if (event.inheritedFrom === null) positions.set(event.entryId, [event.height, event.index]);
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return [...positions].sort(([, a], [, b]) => a[0] - b[0] || a[1] - b[1]).map(([entryId]) => entryId);
}

export interface CheckedItem {
  readonly verification: Verification;
  readonly anchor: Anchor;
  readonly proof: Api.ItemProof;
  readonly entryIds: readonly string[];
}

export async function checkItem(id: string): Promise<CheckedItem> {
  const [anchor, entryIds] = await Promise.all([fetchAnchor(), ownEntryIds(id)]);
  const proof = await api.call('proveItem', { path: { id } });
  return { anchor, proof, entryIds, verification: verifyItemProof(proof, entryIds, anchor) };
}
