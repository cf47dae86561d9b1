import { describe, expect, it } from '@jest/globals';
import { planImport, type ImportPlan, type ImportRow } from './import-rows.js';
import { readCsv } from './read-sheet.js';

function rowsOf(plan: ImportPlan): readonly ImportRow[] {
  if (plan.kind !== 'rows') throw new Error(plan.kind);
  return plan.rows;
}

describe('an import of products', () => {
  it('takes good rows and says of each other row what is wrong with it', () => {
    const rows = rowsOf(
      planImport(
        readCsv(
          [
            'GTIN,Name,Description,origin',
            '9521001000017,Olive oil,Glass bottle,Crete',
            '9521001000018,Soap,,',
            ',Nameless,,',
            '9521001000017,Again,,',
            '95210X,Letters,,',
            '9521001000024,,,',
          ].join('\r\n'),
        ),
      ),
    );
    expect(rows.map(({ row, faults }) => [row, faults.map(({ code }) => code)])).toEqual([
      [2, []],
      [3, ['gtinCheckDigit']],
      [4, ['gtinMissing']],
      [5, ['repeated']],
      [6, ['gtinNotDigits']],
      [7, ['nameMissing']],
    ]);
    expect(rows[0]?.product).toEqual({
      gtin: '09521001000017',
      name: 'Olive oil',
      description: 'Glass bottle',
      attributes: { origin: 'Crete' },
    });
    expect(rows[1]?.faults).toEqual([{ code: 'gtinCheckDigit', digit: '7' }]);
    expect(rows[3]?.faults).toEqual([{ code: 'repeated', row: 2 }]);
  });

  it('finds columns under Chinese headings', () => {
    expect(rowsOf(planImport(readCsv('商品条码;名称\n9521001000017;橄榄油')))[0]?.product).toEqual({
      gtin: '09521001000017',
      name: '橄榄油',
    });
  });

  it('without the columns that it needs, or without rows, is none', () => {
    expect(planImport(readCsv('code,name\n1,2'))).toMatchObject({ kind: 'noColumn', column: 'gtin' });
    expect(planImport(readCsv('gtin,title2\n1,2'))).toMatchObject({ kind: 'noColumn', column: 'name' });
    expect(planImport(readCsv('gtin,name\n'))).toEqual({ kind: 'empty' });
  });
});

describe('a CSV file', () => {
  it('may have quotes, line breaks within them, a byte order mark, semicolons and empty lines', () => {
    expect(readCsv('\uFEFFgtin;name\r\n1;"Oil; ""fine""\nand cold"\r\n\r\n2;x')).toEqual([
      ['gtin', 'name'],
      ['1', 'Oil; "fine"\nand cold'],
      ['2', 'x'],
    ]);
  });
});
