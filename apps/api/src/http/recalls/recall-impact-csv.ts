import type { AffectedItemDto, RecallImpactDto } from '#index';

const COLUMNS = [
  'item',
  'kind',
  'as',
  'depth',
  'share',
  'status',
  'holder',
  'quantity',
  'unit',
  'unknown',
  'owner',
  'container',
  'lot',
  'product',
  'place',
  'placeTime',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string | number | null>>;

/**
 * RFC 4180, with a header line: a line for each holder of each affected item, then what is unknown, with the reason in the column
 * `unknown`.
 */
export function recallImpactCsv({ affected, unknown }: RecallImpactDto): string {
  const rows: Row[] = [
    ...affected.flatMap(rowsOf),
    ...unknown.targets.map((item) => ({ item, as: 'target', unknown: 'not on the ledger' })),
    ...unknown.away.map(({ item, quantity, unit }) => ({
      item,
      quantity,
      unit,
      unknown: 'shipped, received by nobody here',
    })),
    ...unknown.withoutQuantity.map((item) => ({ item, unknown: 'no quantity' })),
    ...unknown.withoutShare.map((item) => ({ item, unknown: 'share not known' })),
    ...unknown.withoutHolder.map((item) => ({ item, unknown: 'no holder' })),
    ...unknown.tombstones.map(({ item, reason }) => ({ item, unknown: `trace ends: ${reason}` })),
  ];
  return [COLUMNS.join(','), ...rows.map(lineOf)].map((line) => `${line}\r\n`).join('');
}

function rowsOf(item: AffectedItemDto): Row[] {
  const { id, kind, as, depth, share, status, owner, container, lot, product, place } = item;
  const row: Row = {
    item: id,
    kind,
    as,
    depth,
    share,
    status,
    owner,
    container,
    lot,
    product,
    place: place?.bizLocation ?? place?.readPoint ?? null,
    placeTime: place?.eventTime ?? null,
  };
  if (item.holders.length === 0) return [row];
  return item.holders.map(({ organization, quantity, unit }) => ({ ...row, holder: organization, quantity, unit }));
}

function lineOf(row: Row): string {
  return COLUMNS.map((column) => cell(row[column])).join(',');
}

/** Quoted where it must be. A text that a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value: string | number | null | undefined): string {
  const text = `${value ?? ''}`;
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[0-9.]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
