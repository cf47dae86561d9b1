import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useLiveChain } from '../../app/live-chain.js';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EventTime } from '../../components/event-time.js';
import { BlockLink, HashText } from '../../components/ids.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';

const PAGE = 200;

/** All blocks, newest first, as far back as one asks. New ones are announced, not pushed in: rows do not jump under the pointer. */
export function BlocksTable() {
  const { t } = useTranslation('chain');
  const columns = useColumns();
  const blocks = useInfiniteQuery({
    queryKey: ['blocks', 'list'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => api.call('listBlocks', { query: { limit: PAGE, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const rows = useMemo(() => blocks.data?.pages.flatMap(({ items }) => items) ?? [], [blocks.data]);
  const { blocks: live } = useLiveChain();
  const newest = rows[0]?.height ?? Number.POSITIVE_INFINITY;
  const news = live.filter(({ height }) => height > newest).length;

  return (
    <Panel
      title={t('blocks')}
      padded={false}
      aside={
        <span aria-live="polite">
          {news > 0 && (
            <Button size="compact-sm" variant="light" onClick={() => void blocks.refetch()}>
              {t('newBlocks', { count: news })}
            </Button>
          )}
        </span>
      }
    >
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

function useColumns(): readonly DataColumn<Api.Block>[] {
  const { t } = useTranslation('chain');
  const organizations = useOrganizations();
  return useMemo(
    () => [
      {
        id: 'height',
        header: t('height'),
        width: '100px',
        isNumber: true,
        value: ({ height }) => height,
        cell: ({ height }) => <BlockLink height={height} />,
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
        value: ({ proposer, height }) => (height === 0 ? t('genesis') : nameOf(organizations, proposer)),
      },
      { id: 'entries', header: t('entries'), width: '100px', isNumber: true, value: ({ entryCount }) => entryCount },
      {
        id: 'size',
        header: t('size'),
        width: '120px',
        isNumber: true,
        value: ({ sizeBytes }) => sizeBytes,
        cell: ({ sizeBytes }) => t('bytes', { count: sizeBytes }),
      },
      {
        id: 'hash',
        header: t('hash'),
        width: 'minmax(180px, 1fr)',
        value: ({ hash }) => hash,
        cell: ({ hash }) => <HashText value={hash} />,
      },
    ],
    [t, organizations],
  );
}
