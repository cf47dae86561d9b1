import { failure, success, type Result } from '#codec';
import { canonicalId, type IdentifierErrorCode } from '#trace';

/** What a GS1 Digital Link on this node names. */
export interface Subject {
  /** Canonical key. */
  readonly key: string;
  readonly kind: 'product' | 'lot' | 'item' | 'unit';
  /** Canonical path on this node, lot and serial number as the link has them. */
  readonly path: string;
  /** GTIN-14 */
  readonly gtin: string | undefined;
  readonly lot: string | undefined;
  readonly serial: string | undefined;
  readonly sscc: string | undefined;
  /** Canonical key of the lot that the link names. */
  readonly lotKey: string | undefined;
}

const RESOLVER = 'https://id.gs1.org';

/**
 * @param path - as in the request, percent-encoded, with or without a query
 * @returns failures of `canonicalId`: `GS1_BAD_CHECK_DIGIT`, `GS1_MALFORMED_KEY`, `GS1_BAD_URI`
 */
export function readSubject(path: string): Result<Subject, IdentifierErrorCode> {
  // On GS1's own domain a key that is not right is a mistake, as it is here.
  const id = canonicalId(RESOLVER + path);
  if (!id.ok) return id;
  const { key, kind, lot: namedLot } = id.value;
  const lotKey = kind === 'lot' ? key : namedLot;
  const [primary, gtin = ''] = key.slice(RESOLVER.length + 1).split('/');
  if (primary === '00') {
    return success({
      key,
      kind: 'unit',
      path: key.slice(RESOLVER.length),
      gtin: undefined,
      lot: undefined,
      serial: undefined,
      sscc: gtin,
      lotKey: undefined,
    });
  }
  if (primary !== '01') return failure('GS1_MALFORMED_KEY', 'a GTIN (01) or an SSCC (00) is expected here');
  const lot = lastValue(lotKey);
  const isItem = kind === 'instance';
  return success({
    key,
    kind: isItem ? 'item' : kind === 'lot' ? 'lot' : 'product',
    path: isItem && namedLot !== undefined ? withLot(key, namedLot) : key.slice(RESOLVER.length),
    gtin,
    lot,
    serial: isItem ? lastValue(key) : undefined,
    sscc: undefined,
    lotKey,
  });
}

/** `/01/<gtin>/10/<lot>/21/<serial>` */
function withLot(itemKey: string, lotKey: string): string {
  const gtinPath = itemKey.split('/').slice(0, 5).join('/');
  return lotKey.slice(RESOLVER.length) + itemKey.slice(gtinPath.length);
}

/** @param lotKey - canonical, of a GTIN */
export function lotNumber(lotKey: string | null | undefined): string | undefined {
  return lastValue(lotKey ?? undefined);
}

function lastValue(key: string | undefined): string | undefined {
  const value = key?.slice(key.lastIndexOf('/') + 1);
  return value === undefined ? undefined : decodeURIComponent(value);
}
