import { Anchor, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EventTime } from '../../components/event-time.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';

const PAGE = 100;

/** All blocks, newest first, as far back as one scrolls. */
export function BlocksTable() {
  const { t } = useTranslation('chain');
  const organizations = useOrganizations();
  const blocks = useInfiniteQuery({
    queryKey: ['blocks', 'list'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => api.call('listBlocks', { query: { limit: PAGE, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const rows = useMemo(() => blocks.data?.pages.flatMap(({ items }) => items) ?? [], [blocks.data]);
  const columns = useMemo(
    (): readonly DataColumn<Api.Block>[] => [
      {
        id: 'height',
        header: t('height'),
        width: '110px',
        isNumber: true,
        value: ({ height }) => height,
        cell: ({ height }) => (
          <Anchor component={Link} to="/chain/blocks/$height" params={{ height: String(height) } as never}>
            {height}
          </Anchor>
        ),
      },
      {
        id: 'time',
        header: t('time'),
        width: 'minmax(180px, 1fr)',
        value: ({ time }) => time,
        cell: ({ time }) => <EventTime time={time} />,
      },
      {
        id: 'proposer',
        header: t('proposer'),
        width: 'minmax(140px, 1fr)',
        value: ({ proposer }) => nameOf(organizations, proposer),
      },
      { id: 'entries', header: t('entries'), width: '100px', isNumber: true, value: ({ entryCount }) => entryCount },
      {
        id: 'hash',
        header: t('hash'),
        width: 'minmax(160px, 1.4fr)',
        value: ({ hash }) => hash,
        cell: ({ hash }) => <span className="mono">{hash}</span>,
      },
    ],
    [t, organizations],
  );

  return (
    <Panel title={t('blocks')} padded={false}>
      {blocks.error !== null && <ProblemAlert error={blocks.error} onRetry={() => void blocks.refetch()} />}
      {blocks.isPending ? (
        <Skeleton h={300} m="md" />
      ) : (
        <DataTable
          label={t('blocks')}
          columns={columns}
          rows={rows}
          rowId={({ height }) => String(height)}
          empty={null}
          onMore={blocks.hasNextPage ? () => void blocks.fetchNextPage() : undefined}
          isLoadingMore={blocks.isFetchingNextPage}
        />
      )}
    </Panel>
  );
}
