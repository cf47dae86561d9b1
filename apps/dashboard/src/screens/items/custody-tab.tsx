import { Skeleton, Stack, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { describeThing } from '../../components/describe-thing.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { EntryLink } from '../../components/ids.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { timeline } from './timeline.js';
import { useHistory } from './use-item.js';
import { OrganizationLink } from '../../components/organization-link.js';

/** An accepted transfer: the offer and its answer. */
interface Handover {
  readonly time: string;
  readonly scope: string;
  readonly from: string;
  readonly to: string;
  readonly offer: string;
  readonly answer: string;
}

function handovers(events: readonly Api.HistoryEvent[]): Handover[] {
  const offers = new Map(events.filter(({ kind }) => kind === 'transfer.offer').map((event) => [event.entryId, event]));
  return timeline(events).flatMap((entry) => {
    if (entry.kind === 'gap' || entry.event.kind !== 'transfer.accept') return [];
    const { event } = entry;
    const offer = offers.get(String(event.event['transfer']));
    if (offer === undefined) return [];
    return [
      {
        time: event.blockTime,
        scope: String(offer.event['transfers']),
        from: offer.author,
        to: event.author,
        offer: offer.entryId,
        answer: event.entryId,
      },
    ];
  });
}

export function CustodyTab({ item }: { readonly item: Api.Item }) {
  const { t } = useTranslation('items');
  const history = useHistory(item.id);
  const organizations = useOrganizations();
  const rows = useMemo(() => handovers(history.data?.pages.flatMap(({ events }) => events) ?? []), [history.data]);
  const columns = useMemo(
    (): readonly DataColumn<Handover>[] => [
      {
        id: 'when',
        header: t('custody.when'),
        width: 'minmax(170px, 1fr)',
        value: ({ time }) => time,
        cell: ({ time }) => <EventTime time={time} />,
      },
      {
        id: 'what',
        header: t('custody.what'),
        width: 'minmax(150px, 1fr)',
        value: ({ scope }) => t(`scope.${scope as 'both'}`),
      },
      { id: 'from', header: t('custody.giver'), width: '130px', value: ({ from }) => nameOf(organizations, from) },
      { id: 'to', header: t('custody.taker'), width: '130px', value: ({ to }) => nameOf(organizations, to) },
      {
        id: 'offer',
        header: t('custody.offer'),
        width: '170px',
        value: ({ offer }) => offer,
        cell: ({ offer }) => <EntryLink id={offer} />,
      },
      {
        id: 'answer',
        header: t('custody.answer'),
        width: '170px',
        value: ({ answer }) => answer,
        cell: ({ answer }) => <EntryLink id={answer} />,
      },
    ],
    [t, organizations],
  );
  return (
    <Stack>
      <Panel title={t('custody.changes')} padded={false}>
        {history.error !== null && <ProblemAlert error={history.error} />}
        {history.isPending ? (
          <Skeleton h={160} m="md" />
        ) : (
          <DataTable
            label={t('custody.changes')}
            columns={columns}
            rows={rows}
            rowId={({ answer }) => answer}
            empty={
              <EmptyState icon="transfer" title={t('custody.none')}>
                {t('custody.noneBody')}
              </EmptyState>
            }
          />
        )}
      </Panel>
      {describeThing(item.id).kind === 'lot' && <LotBalance id={item.id} />}
    </Stack>
  );
}

/** Where a lot's quantity went: created + received − consumed − waste − shipped = on hand. */
function LotBalance({ id }: { readonly id: string }) {
  const { t } = useTranslation('items');
  const { data, error } = useQuery({
    queryKey: ['lot', id],
    meta: { live: true },
    queryFn: ({ signal }) => api.call('getLotBalance', { path: { id }, signal }),
  });
  if (error !== null) return <ProblemAlert error={error} />;
  if (data === undefined) return <Skeleton h={120} />;
  const names = ['created', 'received', 'consumed', 'waste', 'shipped', 'onHand'] as const;
  return (
    <Panel title={t('custody.balance')}>
      <Table.ScrollContainer minWidth={640}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('custody.balanceColumns.organization')}</Table.Th>
              {names.map((name) => (
                <Table.Th key={name} ta="right">
                  {t(`custody.balanceColumns.${name}`)}
                </Table.Th>
              ))}
              <Table.Th>{t('custody.balanceColumns.unit')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.units.flatMap(({ unit, organizations }) =>
              organizations.map((line) => (
                <Table.Tr key={`${unit} ${line.organization}`}>
                  <Table.Td>
                    <OrganizationLink did={line.organization} withCopy={false} />
                  </Table.Td>
                  {names.map((name) => (
                    <Table.Td key={name} ta="right" className="tabular">
                      {line[name]}
                    </Table.Td>
                  ))}
                  <Table.Td>{unit}</Table.Td>
                </Table.Tr>
              )),
            )}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}
