import { storeArchive } from './store-archive.js';

/** Rows of cells as text, from a CSV file or the first sheet of an XLSX file. */
export type Sheet = readonly (readonly string[])[];

/** A spreadsheet of 5,000 products has about half a megabyte. */
export const FILE_BYTES_MAX = 8 * 1024 * 1024;

/** @throws Error when the file is neither */
export async function readSheetFile(file: File): Promise<Sheet> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  // XLSX is a ZIP archive, which begins with PK.
  if (start[0] === 0x50 && start[1] === 0x4b) return readXlsx(file);
  return readCsv(
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(new Uint8Array(await file.arrayBuffer())),
  );
}

async function readXlsx(file: File): Promise<Sheet> {
  const { readSheet } = await import('read-excel-file/universal');
  const archive = await storeArchive(new Uint8Array(await file.arrayBuffer()));
  // Numbers stay the text that they are in the file: a GTIN is no amount.
  const rows = await readSheet<string>(archive, { parseNumber: (text) => text });
  return rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell).trim())));
}

/** RFC 4180, with comma, semicolon or tab, whichever the first line has most of. */
export function readCsv(text: string): Sheet {
  const body = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(body.split(/\r?\n/, 1)[0] ?? '');
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endCell = (): void => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    if (row.some((value) => value !== '')) rows.push(row);
    row = [];
  };
  for (let at = 0; at < body.length; at += 1) {
    const char = body.charAt(at);
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (body.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (char === '"' && cell.trim() === '') {
      isQuoted = true;
      cell = '';
    } else if (char === separator) endCell();
    else if (char === '\n') endRow();
    else if (char !== '\r') cell += char;
  }
  endRow();
  return rows;
}

function separatorOf(line: string): string {
  const counts = [',', ';', '\t'].map((separator) => [separator, line.split(separator).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
