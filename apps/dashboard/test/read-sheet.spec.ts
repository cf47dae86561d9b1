import { describe, expect, it } from '@jest/globals';
import { readSheetFile } from '../src/screens/products/import/read-sheet.js';
import { workbook } from './workbook.js';

const fileOf = (content: Buffer): File => new File([new Uint8Array(content)], 'products.xlsx');

describe('an XLSX file', () => {
  it('gives its cells as text, numbers digit for digit', async () => {
    const file = fileOf(
      workbook([
        ['gtin', 'name'],
        [9521001000017, 'Olive oil'],
      ]),
    );
    expect(await readSheetFile(file)).toEqual([
      ['gtin', 'name'],
      ['9521001000017', 'Olive oil'],
    ]);
  });

  it('may have thousands of rows', async () => {
    const rows = Array.from({ length: 5_000 }, (_unused, index) => [
      index,
      `A product with a rather long name ${index}`,
    ]);
    expect(await readSheetFile(fileOf(workbook(rows)))).toHaveLength(5_000);
  });

  it('that is damaged is refused', async () => {
    await expect(readSheetFile(fileOf(Buffer.from('PK nothing')))).rejects.toThrow();
  });
});
