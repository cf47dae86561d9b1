import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import type { Pages } from '../../app/use-pages.js';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EventTime } from '../../components/event-time.js';
import { ThingLink } from '../../components/ids.js';
import { useNow } from '../../components/use-now.js';
import { TransferLink } from './transfer-link.js';
import type { Tab } from './transfer-lists.js';
import { StateBadge, useStateText } from './transfer-state.js';

const MINUTE_MS = 60_000;

export function TransferTable({
  list,
  tab,
  empty,
}: {
  readonly list: Pages<Api.Transfer>;
  readonly tab: Tab;
  readonly empty: ReactNode;
}) {
  const { t } = useTranslation('transfers');
  const columns = useColumns(tab);
  return (
    <DataTable
      label={`${t('title')} ${t(`tabs.${tab}`)}`}
      columns={columns}
      rows={list.rows}
      rowId={({ id }) => id}
      empty={empty}
      onMore={list.more}
      isLoadingMore={list.isLoadingMore}
    />
  );
}

function useColumns(tab: Tab): readonly DataColumn<Api.Transfer>[] {
  const { t } = useTranslation('transfers');
  const organizations = useOrganizations();
  const stateText = useStateText();
  // Ages are told in days and hours: to the minute is enough, and the table stays still meanwhile.
  const now = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS;
  return useMemo(() => {
    const side = (id: 'from' | 'to'): DataColumn<Api.Transfer> => ({
      id,
      header: t(`columns.${id}`),
      width: 'minmax(90px, 1fr)',
      value: (transfer) => nameOf(organizations, transfer[id]),
    });
    return [
      {
        id: 'id',
        header: t('columns.id'),
        width: '150px',
        value: ({ id }) => id,
        cell: ({ id }) => <TransferLink id={id} />,
      },
      ...(tab === 'outbox' ? [] : [side('from')]),
      ...(tab === 'inbox' ? [] : [side('to')]),
      {
        id: 'first',
        header: t('columns.first'),
        width: 'minmax(150px, 2fr)',
        value: ({ items }) => items[0] ?? '',
        cell: ({ items }) => items[0] !== undefined && <ThingLink id={items[0]} />,
      },
      {
        id: 'things',
        header: t('columns.things'),
        width: '70px',
        isNumber: true,
        value: ({ content }) => content.length,
      },
      {
        id: 'what',
        header: t('columns.what'),
        width: 'minmax(105px, 1fr)',
        value: ({ transfers }) => t(`scope.${transfers as 'both'}`),
        cell: ({ transfers }) => (
          <span title={t(`scope.${transfers as 'both'}`)}>{t(`scope.${transfers as 'both'}`)}</span>
        ),
      },
      {
        id: 'offered',
        header: t('columns.offered'),
        width: '212px',
        value: ({ offered }) => offered.blockTime,
        cell: ({ offered }) => <EventTime time={offered.blockTime} />,
      },
      {
        id: 'state',
        header: t('columns.state'),
        width: 'minmax(150px, 1fr)',
        value: (transfer) => stateText(transfer, now),
        cell: (transfer) => <StateBadge transfer={transfer} now={now} />,
      },
    ];
  }, [t, organizations, tab, now]);
}
