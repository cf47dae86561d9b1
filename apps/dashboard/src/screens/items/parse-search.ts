import { canonicalId, isSerialOrLot, itemKey, lotKey, productKey, readGtin } from '#trace';

/** What somebody typed, pasted or scanned, understood. */
export type Found =
  /** An item, lot, container, place or product, by its canonical key. */
  | { readonly kind: 'thing'; readonly id: string }
  /** 64 hexadecimal characters: an entry, or a block by its hash. */
  | { readonly kind: 'entry'; readonly id: string }
  | { readonly kind: 'block'; readonly height: number }
  /** A serial number or lot without its GTIN: one of the products must be chosen. A short number may be a block's height, too. */
  | { readonly kind: 'serialOrLot'; readonly text: string; readonly height?: number }
  /** `digit`: what its last digit would have to be. */
  | { readonly kind: 'badCheckDigit'; readonly text: string }
  | { readonly kind: 'nothing' };

/** Block heights are shorter than the shortest GTIN. */
const HEIGHT_DIGITS_MAX = 7;

/**
 * Understands a GTIN (8, 12, 13 or 14 digits), an SSCC (18), a GLN after `(414)`, an element string such as `(01)…(10)…(21)…`, a
 * GS1 Digital Link on any domain, an EPC URN, any other URI, an entry id, a block height (`#42`), a serial number or a lot. A short number alone is taken for both of the last.
 */
export function parseSearch(input: string): Found {
  const text = input.trim();
  if (text === '') return { kind: 'nothing' };
  if (/^[0-9a-f]{64}$/i.test(text)) return { kind: 'entry', id: text.toLowerCase() };
  const height = /^#\s*(\d{1,15})$/.exec(text)?.[1];
  if (height !== undefined) return { kind: 'block', height: Number(height) };
  if (/^\d+$/.test(text) && text.length <= HEIGHT_DIGITS_MAX)
    return { kind: 'serialOrLot', text, height: Number(text) };
  if (/^\(\d{2,4}\)[^(]/.test(text)) return thing(elementString(text), text);
  if (/^[\d\s-]+$/.test(text)) return digits(text.replaceAll(/[\s-]/g, ''));
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return thing(text, text);
  return isSerialOrLot(text) ? { kind: 'serialOrLot', text } : { kind: 'nothing' };
}

function digits(text: string): Found {
  if (text.length === 18) return thing(`https://id.gs1.org/00/${text}`, text);
  if ([8, 12, 13, 14].includes(text.length)) {
    const gtin = readGtin(text);
    return gtin.ok ? { kind: 'thing', id: productKey(gtin.value) } : { kind: 'badCheckDigit', text };
  }
  return isSerialOrLot(text) ? { kind: 'serialOrLot', text } : { kind: 'nothing' };
}

/** `(01)09521001000017(10)LOT1(21)0001` as a Digital Link. */
function elementString(text: string): string {
  const parts = [...text.matchAll(/\((\d{2,4})\)([^(]+)/g)].map(
    ([, ai = '', value = '']) => `${ai}/${encodeURIComponent(value.trim())}`,
  );
  return `https://id.gs1.org/${parts.join('/')}`;
}

function thing(uri: string, text: string): Found {
  const id = canonicalId(uri);
  if (id.ok) return { kind: 'thing', id: id.value.key };
  return id.code === 'GS1_BAD_CHECK_DIGIT' ? { kind: 'badCheckDigit', text } : { kind: 'nothing' };
}

/** The items and lots that a bare serial number or lot may be, one of each per product. */
export function candidates(text: string, gtins: readonly string[]): string[] {
  return gtins.flatMap((gtin) => [itemKey(gtin, text), lotKey(gtin, text)]);
}
