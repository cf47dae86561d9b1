import { Anchor, Badge, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type DataColumn } from '../../../components/data-table.js';
import type { RowFault } from './import-rows.js';
import type { ImportedRow, RowOutcome } from './use-import.js';

const COLORS: Readonly<Record<RowOutcome['kind'], string>> = {
  ready: 'blue',
  faulty: 'orange',
  sending: 'blue',
  done: 'teal',
  refused: 'red',
};

/** The rows of the file, each with what is wrong with it or what became of it. */
export function ImportTable({ rows }: { readonly rows: readonly ImportedRow[] }) {
  const { t } = useTranslation('products');
  const columns = useMemo(
    (): readonly DataColumn<ImportedRow>[] => [
      { id: 'row', header: t('importing.row'), width: '80px', isNumber: true, value: ({ planned }) => planned.row },
      {
        id: 'gtin',
        header: t('columns.gtin'),
        width: '180px',
        value: ({ planned }) => planned.product?.gtin ?? planned.gtin,
        cell: ({ planned, outcome }) =>
          outcome.kind === 'done' && planned.product !== undefined ? (
            <Anchor
              component={Link}
              to="/products/$gtin"
              params={{ gtin: planned.product.gtin } as never}
              className="mono"
              size="sm"
            >
              {planned.product.gtin}
            </Anchor>
          ) : (
            <span className="mono">{planned.product?.gtin ?? planned.gtin}</span>
          ),
      },
      {
        id: 'name',
        header: t('columns.name'),
        width: 'minmax(140px, 1fr)',
        value: ({ planned }) => planned.name,
      },
      {
        id: 'state',
        header: t('importing.state'),
        width: 'minmax(320px, 2fr)',
        value: (row) => [stateText(row.outcome, t), detailText(row, t)].join(' '),
        cell: (row) => (
          <>
            <Badge color={COLORS[row.outcome.kind]}>{stateText(row.outcome, t)}</Badge>{' '}
            <Text span size="sm" title={detailText(row, t)}>
              {detailText(row, t)}
            </Text>
          </>
        ),
      },
    ],
    [t],
  );
  return (
    <DataTable
      label={t('importing.rows')}
      columns={columns}
      rows={rows}
      rowId={({ planned }) => String(planned.row)}
      empty={null}
    />
  );
}

type ProductsText = TFunction<'products'>;

function stateText(outcome: RowOutcome, t: ProductsText): string {
  if (outcome.kind === 'done')
    return outcome.height === undefined
      ? t('importing.states.pending')
      : t('importing.states.done', { height: outcome.height });
  if (outcome.kind === 'refused' && outcome.code === 'TRACE_PRODUCT_EXISTS') return t('importing.states.existing');
  return t(`importing.states.${outcome.kind}`);
}

function detailText({ planned, outcome }: ImportedRow, t: ProductsText): string {
  if (outcome.kind === 'refused') return `${outcome.code} · ${outcome.detail}`;
  return planned.faults.map((fault) => faultText(fault, t)).join('; ');
}

function faultText(fault: RowFault, t: ProductsText): string {
  switch (fault.code) {
    case 'gtinCheckDigit':
      return t('importing.faults.gtinCheckDigit', { digit: fault.digit });
    case 'repeated':
      return t('importing.faults.repeated', { row: fault.row });
    case 'attributeLong':
      return t('importing.faults.attributeLong', { name: fault.name });
    default:
      return t(`importing.faults.${fault.code}`);
  }
}
