import { Badge } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { nameOf, useOrganizations } from '../../../app/use-organizations.js';
import { DataTable, type DataColumn } from '../../../components/data-table.js';
import { EmptyState } from '../../../components/empty-state.js';
import { ThingLink } from '../../../components/ids.js';
import { percent, sumByUnit } from '../decimal.js';

const COLORS = { target: 'red', member: 'red', product: 'orange', carrier: 'gray' } as const;

/** Everything affected, nearest to the targets first. */
export function AffectedTable({ affected }: { readonly affected: readonly Api.RecallAffectedItem[] }) {
  const { t } = useTranslation('recalls');
  const organizations = useOrganizations();
  const columns = useMemo((): readonly DataColumn<Api.RecallAffectedItem>[] => {
    const holders = (item: Api.RecallAffectedItem): string =>
      item.holders.length === 0
        ? t('impact.noHolder')
        : item.holders
            .map(
              ({ organization, unit, quantity }) =>
                `${nameOf(organizations, organization)} ${unit === null ? '' : `${quantity} ${unit}`}`,
            )
            .join(', ');
    return [
      {
        id: 'item',
        header: t('impact.item'),
        width: 'minmax(190px, 2fr)',
        value: ({ id }) => id,
        cell: ({ id }) => <ThingLink id={id} />,
      },
      {
        id: 'as',
        header: t('impact.as'),
        width: 'minmax(150px, 1fr)',
        value: (item) => t(`impact.asWhat.${item.as}`),
        cell: (item) => <Badge color={COLORS[item.as]}>{t(`impact.asWhat.${item.as}`)}</Badge>,
      },
      { id: 'depth', header: t('impact.depth'), width: '80px', isNumber: true, value: ({ depth }) => depth },
      {
        id: 'share',
        header: t('impact.share'),
        width: '150px',
        value: ({ share }) => (share === null ? t('impact.shareUnknown') : percent(share)),
      },
      {
        id: 'quantity',
        header: t('impact.affected'),
        width: 'minmax(110px, 1fr)',
        value: ({ quantities }) =>
          sumByUnit(
            quantities.map(({ unit, affected: part, created }) => ({ unit, quantity: part ?? created })),
            t('impact.pieces'),
          ),
      },
      { id: 'holders', header: t('impact.holders'), width: 'minmax(190px, 2fr)', value: holders },
      {
        id: 'place',
        header: t('impact.place'),
        width: 'minmax(160px, 1fr)',
        value: ({ place }) => place?.bizLocation ?? place?.readPoint ?? '',
        cell: ({ place }) => {
          const id = place?.bizLocation ?? place?.readPoint;
          return id === null || id === undefined ? t('impact.noPlace') : <ThingLink id={id} />;
        },
      },
    ];
  }, [t, organizations]);
  return (
    <DataTable
      label={t('impact.what')}
      columns={columns}
      rows={affected}
      rowId={({ id }) => id}
      empty={
        <EmptyState icon="items" title={t('impact.nobody')}>
          {t('impact.nobodyBody')}
        </EmptyState>
      }
    />
  );
}
