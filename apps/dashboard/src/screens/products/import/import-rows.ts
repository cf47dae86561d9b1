import type { Api } from '#sdk';
import { checkGtin } from '../check-gtin.js';
import type { Sheet } from './read-sheet.js';

export type RowFault =
  | { readonly code: 'gtinMissing' | 'gtinNotDigits' | 'gtinLength' | 'nameMissing' | 'nameLong' | 'descriptionLong' }
  | { readonly code: 'gtinCheckDigit'; readonly digit: string }
  | { readonly code: 'repeated'; readonly row: number }
  | { readonly code: 'attributeLong'; readonly name: string };

/** A line of the file. `row`: as the spreadsheet numbers it, from 1. */
export interface ImportRow {
  readonly row: number;
  /** As written, and once more with 14 digits in `product`. */
  readonly gtin: string;
  readonly name: string;
  readonly product: Api.ProductInput | undefined;
  readonly faults: readonly RowFault[];
}

export type ImportPlan =
  | { readonly kind: 'rows'; readonly rows: readonly ImportRow[]; readonly attributeNames: readonly string[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'noColumn'; readonly column: 'gtin' | 'name'; readonly found: readonly string[] }
  | { readonly kind: 'tooMany'; readonly count: number };

export const ROWS_MAX = 5_000;
const NAME_MAX = 200;
const DESCRIPTION_MAX = 2_000;
const ATTRIBUTE_MAX = 512;

/** How spreadsheets head the columns; every other column is an attribute under its own name. */
const HEADINGS = {
  gtin: ['gtin', 'gtin-14', 'gtin-13', 'ean', 'ean13', 'upc', 'barcode', '条码', '商品条码'],
  name: ['name', 'product', 'product name', 'title', '名称', '产品名称', '商品名称', '品名'],
  description: ['description', '描述', '说明', '产品描述'],
} as const;

/** What an import of the sheet would register, row by row: the first row names the columns. */
export function planImport(sheet: Sheet): ImportPlan {
  const [header, ...lines] = sheet;
  if (header === undefined || lines.length === 0) return { kind: 'empty' };
  if (lines.length > ROWS_MAX) return { kind: 'tooMany', count: lines.length };
  const at = (column: keyof typeof HEADINGS): number =>
    header.findIndex((text) => (HEADINGS[column] as readonly string[]).includes(text.toLowerCase()));
  const [gtinAt, nameAt, descriptionAt] = [at('gtin'), at('name'), at('description')];
  if (gtinAt < 0) return { kind: 'noColumn', column: 'gtin', found: header };
  if (nameAt < 0) return { kind: 'noColumn', column: 'name', found: header };
  const attributes = header.flatMap((name, column) =>
    name === '' || [gtinAt, nameAt, descriptionAt].includes(column) ? [] : [{ name: name.slice(0, 64), column }],
  );
  const seen = new Map<string, number>();
  const rows = lines.map((cells, index) => {
    const row = index + 2;
    const texts = {
      gtin: cells[gtinAt] ?? '',
      name: cells[nameAt] ?? '',
      description: descriptionAt < 0 ? '' : (cells[descriptionAt] ?? ''),
      attributes: attributes.flatMap(({ name, column }) =>
        (cells[column] ?? '') === '' ? [] : [[name, cells[column] as string] as const],
      ),
    };
    return planRow(row, texts, seen);
  });
  return { kind: 'rows', rows, attributeNames: attributes.map(({ name }) => name) };
}

interface RowTexts {
  readonly gtin: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

function planRow(row: number, texts: RowTexts, seen: Map<string, number>): ImportRow {
  const { name, description, attributes } = texts;
  const faults: RowFault[] = [];
  const check = checkGtin(texts.gtin);
  if (check.kind === 'empty') faults.push({ code: 'gtinMissing' });
  else if (check.kind === 'notDigits') faults.push({ code: 'gtinNotDigits' });
  else if (check.kind === 'wrong') faults.push({ code: 'gtinCheckDigit', digit: check.digit });
  else if (check.kind !== 'right') faults.push({ code: 'gtinLength' });
  const gtin = check.kind === 'right' ? check.gtin : undefined;
  const before = gtin === undefined ? undefined : seen.get(gtin);
  if (before !== undefined) faults.push({ code: 'repeated', row: before });
  else if (gtin !== undefined) seen.set(gtin, row);
  if (name === '') faults.push({ code: 'nameMissing' });
  else if (name.length > NAME_MAX) faults.push({ code: 'nameLong' });
  if (description.length > DESCRIPTION_MAX) faults.push({ code: 'descriptionLong' });
  for (const [attribute, value] of attributes) {
    if (value.length > ATTRIBUTE_MAX) faults.push({ code: 'attributeLong', name: attribute });
  }
  const product: Api.ProductInput | undefined =
    gtin === undefined || faults.length > 0
      ? undefined
      : {
          gtin,
          name,
          ...(description !== '' && { description }),
          ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }),
        };
  return { row, gtin: texts.gtin, name, product, faults };
}
