/** What a label is of: a serial number, a lot, or the product. */
export interface LabelSubject {
  readonly gtin: string;
  readonly lot: string | undefined;
  readonly serial: string | undefined;
}

/** Labels made at once: a thousand take a browser a few seconds. */
export const LABELS_MAX = 1_000;

/** An origin in front of a GS1 Digital Link. @returns undefined when the text is none */
export function readResolver(text: string): string | undefined {
  const [, origin] = /^(https?:\/\/[a-z0-9.-]+(?::\d{1,5})?)\/?$/i.exec(text.trim()) ?? [];
  return origin?.toLowerCase();
}

/** The uncompressed GS1 Digital Link of a label (URI Syntax 1.6): lot before serial number. */
export function labelLink(resolver: string, { gtin, lot, serial }: LabelSubject): string {
  const lotPart = lot === undefined ? '' : `/10/${encodeURIComponent(lot)}`;
  const serialPart = serial === undefined ? '' : `/21/${encodeURIComponent(serial)}`;
  return `${resolver}/01/${gtin}${lotPart}${serialPart}`;
}

/** One label for each serial number, or a single one without; each as often as asked. */
export function labelSubjects(
  gtin: string,
  lot: string | undefined,
  serials: readonly string[],
  copies: number,
): LabelSubject[] {
  const kinds = serials.length === 0 ? [undefined] : serials;
  return kinds.flatMap((serial) => Array.from({ length: copies }, () => ({ gtin, lot, serial })));
}
