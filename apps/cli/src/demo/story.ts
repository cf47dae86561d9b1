import { CliError, EXIT } from '../cli-error.js';
import type { NetworkFile } from '../dev/network-file.js';
import { caseUri, gtinOf, itemUri, placeUri, ssccOf } from './identifiers.js';
import { OrganizationClient, type Receipt } from './organization-client.js';
import { packingDocument } from './packing-event.js';

const ITEMS_PER_CASE = 24;
const PRODUCT_REFERENCE = '00001';

/** The parts of an answer that the story reads. */
interface ItemAnswer {
  readonly owner: string | null;
  readonly custodian: string | null;
  readonly container: string | null;
}
export interface HistoryEvent {
  readonly kind: string;
  readonly action: string | null;
  readonly bizStep: string | null;
  readonly author: string;
  readonly entryId: string;
  readonly height: number;
  readonly blockTime: string;
  /** As its author wrote it. */
  readonly event: Readonly<Record<string, unknown>>;
}
interface BlockAnswer {
  readonly certificate: { readonly seals: readonly object[] } | null;
}

/** How the story ends: one item's history, as the last organisation's node answers it. */
export interface Ending {
  readonly item: string;
  readonly events: readonly HistoryEvent[];
  /** Height → number of organisations that sealed the block. */
  readonly seals: ReadonlyMap<number, number>;
  readonly ownerName: string;
  readonly custodianName: string;
}

/**
 * Plays the life of a case of 24 items through the public APIs of four organisations, each with its own node and key.
 * @param now - clock, milliseconds since 1970; serial numbers come from it, so that the story can be played again
 * @param tell - takes each step as a sentence, and what it left on the ledger
 */
export async function playStory(
  network: NetworkFile,
  now: () => number,
  tell: (step: string, result: string) => void,
): Promise<Ending> {
  const [maker, carrier, wholesaler, retailer] = network.organizations.map(
    (organization) => new OrganizationClient(organization),
  );
  if (maker === undefined || carrier === undefined || wholesaler === undefined || retailer === undefined) {
    throw new CliError(
      'The story needs a network of at least four organisations.',
      EXIT.usage,
      'Start one with `npm start -- --data-dir .four`.',
    );
  }
  const { prefix, gln: makerGln } = await maker.masterData();
  const place = placeUri(makerGln);
  const gtin = gtinOf(prefix, PRODUCT_REFERENCE);
  const startedAt = now();
  const batch = startedAt.toString(36).toUpperCase();
  const serials = Array.from(
    { length: ITEMS_PER_CASE },
    (_, index) => `${batch}-${String(index + 1).padStart(2, '0')}`,
  );
  const items = serials.map((serial) => itemUri(gtin, serial));
  const container = caseUri(ssccOf(prefix, Math.floor(startedAt / 1000) % 1_000_000_000));
  const time = (): string => new Date(now()).toISOString();

  const known = await maker.find(`/api/v1/products/${gtin}`);
  if (known === undefined) {
    const receipt = await maker.post('/api/v1/products', {
      gtin,
      name: 'Olive oil, 500 ml',
      description: 'Glass bottle',
    });
    tell(`${maker.name} registers the product GTIN ${gtin}`, inBlock(receipt));
  } else {
    tell(`${maker.name} has registered the product GTIN ${gtin} before`, 'nothing to do');
  }

  const commissioned = await maker.post('/api/v1/items', { gtin, serials, lot: batch });
  tell(
    `${maker.name} commissions ${items.length} serial numbers, ${serials[0]} to ${serials.at(-1)}`,
    inBlock(commissioned),
  );

  await maker.capture(packingDocument({ action: 'ADD', container, items, place, time: time() }));
  tell(`${maker.name} packs them into the case ${container}`, 'EPCIS AggregationEvent captured');

  const handOver = async (
    from: OrganizationClient,
    to: OrganizationClient,
    transfers: 'ownership' | 'custody' | 'both',
  ): Promise<void> => {
    const what = transfers === 'both' ? 'ownership and custody' : transfers;
    const offer = await from.post<Receipt & { id: string; content: readonly string[] }>('/api/v1/transfers', {
      items: [container],
      to: to.did,
      transfers,
    });
    tell(
      `${from.name} offers ${what} of the case to ${to.name}`,
      `${inBlock(offer)}, ${offer.content.length} things change hands`,
    );
    // The receiver finds the offer on its own node, which may get the block a moment after the offerer's.
    await to.get(`/api/v1/transfers/${offer.id}?minHeight=${offer.height}`);
    tell(`${to.name} accepts`, inBlock(await to.post(`/api/v1/transfers/${offer.id}/accept`, {})));
  };
  await handOver(maker, carrier, 'custody');
  await handOver(carrier, wholesaler, 'custody');
  await handOver(maker, wholesaler, 'ownership');
  await handOver(wholesaler, retailer, 'both');

  const shop = placeUri((await retailer.masterData()).gln);
  await retailer.capture(packingDocument({ action: 'DELETE', container, items, place: shop, time: time() }));
  tell(`${retailer.name} unpacks the case`, 'EPCIS AggregationEvent captured');

  return ending(retailer, items[0] as string, network);
}

async function ending(reader: OrganizationClient, item: string, network: NetworkFile): Promise<Ending> {
  const nameOf = (did: string | null): string =>
    network.organizations.find((organization) => organization.did === did)?.name ?? did ?? 'nobody';
  // Reads come from the index: wait for the height that the node has committed.
  const { height } = await reader.get<{ height: number }>('/api/v1/network');
  const path = `/api/v1/items/${encodeURIComponent(item)}`;
  const { owner, custodian } = await reader.get<ItemAnswer>(`${path}?minHeight=${height}`);
  const { events } = await reader.get<{ events: readonly HistoryEvent[] }>(`${path}/history?minHeight=${height}`);
  const heights = [...new Set(events.map((event) => event.height))];
  const seals = new Map<number, number>();
  for (const at of heights) {
    const { certificate } = await reader.get<BlockAnswer>(`/api/v1/blocks/${at}?limit=1`);
    seals.set(at, certificate?.seals.length ?? 0);
  }
  return { item, events, seals, ownerName: nameOf(owner), custodianName: nameOf(custodian) };
}

function inBlock({ height }: Receipt): string {
  return `final in block ${height}`;
}
