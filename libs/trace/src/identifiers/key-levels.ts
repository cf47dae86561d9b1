import { canonicalId, type CanonicalId } from './canonical-id.js';
import { CANONICAL_PREFIX, PRIMARY_KEYS } from './gs1-keys.js';

/**
 * The class that a canonical key belongs to: the GTIN of a serial or lot, the type of a returnable asset, document, coupon or component.
 *
 * @returns a class key as it is; undefined for keys that belong to no class (SSCC, GLN, GIAI …) and for other URIs
 */
export function classKeyOf(key: string): string | undefined {
  if (!key.startsWith(CANONICAL_PREFIX)) return undefined;
  const [ai = '', value = ''] = key.slice(CANONICAL_PREFIX.length).split('/', 2);
  const primary = PRIMARY_KEYS.get(ai);
  if (primary?.kind !== 'class') return undefined;
  // The digits of GRAI, GDTI and GCN are the type, what follows them is the serial number.
  const type = primary.tailMax > 0 ? value.slice(0, primary.digits.at(-1)) : value;
  return `${CANONICAL_PREFIX}${ai}/${type}`;
}

/** The lot that an identifier names: itself, or the one that a Digital Link gives beside a serial number. */
export function lotKeyOf(id: CanonicalId): string | undefined {
  return id.kind === 'lot' ? id.key : id.lot;
}

/**
 * The SQL LIKE pattern (escape character `\`) of every finer key below a class key: a GTIN leads to its lots and serials.
 *
 * @param key - canonical key
 * @returns undefined when no key can be below this one; a lot's serials are known from the ledger only, not from their keys
 */
export function finerKeysLike(key: string): string | undefined {
  const id = canonicalId(key);
  if (!id.ok || id.value.kind !== 'class') return undefined;
  const ai = key.slice(CANONICAL_PREFIX.length).split('/', 1)[0] as string;
  const literal = key.replaceAll('%', '\\%').replaceAll('_', '\\_');
  return (PRIMARY_KEYS.get(ai)?.tailMax ?? 0) > 0 ? `${literal}_%` : `${literal}/_%`;
}
