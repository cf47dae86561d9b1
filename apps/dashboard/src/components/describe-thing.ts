/** What a canonical identifier names, for people. */
export interface Thing {
  readonly kind: 'item' | 'lot' | 'product' | 'container' | 'place' | 'other';
  /** What tells it from others of its kind: serial number, lot, SSCC, GLN, or the URI. */
  readonly label: string;
  readonly gtin?: string;
}

/** @param id - canonical key (docs/protocol/identifiers.md) */
export function describeThing(id: string): Thing {
  const path = /^https:\/\/id\.gs1\.org\/(.+)$/.exec(id)?.[1];
  if (path === undefined) return { kind: 'other', label: id };
  const parts = path.split('/').map((part) => decodeURIComponent(part));
  const values = new Map<string, string>();
  for (let i = 0; i + 1 < parts.length; i += 2) values.set(parts[i] as string, parts[i + 1] as string);
  const [ai = '', value = ''] = parts;
  if (ai === '01') {
    const serial = values.get('21');
    const lot = values.get('10');
    if (serial !== undefined) return { kind: 'item', label: serial, gtin: value };
    if (lot !== undefined) return { kind: 'lot', label: lot, gtin: value };
    return { kind: 'product', label: value, gtin: value };
  }
  if (ai === '00') return { kind: 'container', label: value };
  if (ai === '414') return { kind: 'place', label: values.has('254') ? `${value} · ${values.get('254')}` : value };
  return { kind: 'other', label: parts.slice(1).join(' ') };
}
