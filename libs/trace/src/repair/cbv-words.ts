/** Kinds of terms of the Core Business Vocabulary, by the word that the URN spelling has for them. */
export type CbvKind = 'bizstep' | 'disp' | 'btt' | 'sdt' | 'er' | 'comp' | 'sensor';

/** The same kinds in the web vocabulary, for instance `https://ref.gs1.org/cbv/BizStep-shipping`. */
const WEB_KIND: Readonly<Record<Exclude<CbvKind, 'sensor'>, string>> = {
  bizstep: 'BizStep',
  disp: 'Disp',
  btt: 'BTT',
  sdt: 'SDT',
  er: 'ER',
  comp: 'Comp',
};
const URN = /^urn:epcglobal:cbv:([a-z]+):([A-Za-z][A-Za-z0-9_]{0,63})$/i;
const WEB = /^https?:\/\/(?:ns|ref)\.gs1\.org\/cbv\/([A-Za-z]+)-([A-Za-z][A-Za-z0-9_]{0,63})$/;
/** Measurement types and sensor alerts are words of GS1's web vocabulary. */
const WEB_VOCABULARY = /^https?:\/\/(?:www\.|ref\.)?gs1\.org\/voc\/([A-Za-z][A-Za-z0-9_]{0,63})$/;

/** The bare word that EPCIS 2.0 JSON has for a CBV term spelled as a URI; undefined when `uri` is none of this kind. */
export function bareWord(kind: CbvKind, uri: string): string | undefined {
  if (kind === 'sensor') return WEB_VOCABULARY.exec(uri)?.[1];
  const urn = URN.exec(uri);
  if (urn !== null) return urn[1]?.toLowerCase() === kind ? urn[2] : undefined;
  const web = WEB.exec(uri);
  return web?.[1] === WEB_KIND[kind] ? web?.[2] : undefined;
}

/** As `bareWord`, and the CURIEs that EPCIS 2.0 XML has in their place (`gs1:Temperature`, `cbv:BizStep-shipping`). */
export function bareWordOfXml(kind: CbvKind, text: string): string | undefined {
  const expanded = text.startsWith('gs1:')
    ? `https://gs1.org/voc/${text.slice(4)}`
    : text.startsWith('cbv:')
      ? `https://ref.gs1.org/cbv/${text.slice(4)}`
      : text;
  return bareWord(kind, expanded);
}
