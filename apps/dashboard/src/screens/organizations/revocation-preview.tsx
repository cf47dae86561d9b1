import { Badge, Group, Skeleton, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { BlockLink, EntryLink } from '../../components/ids.js';
import { ProblemAlert } from '../../components/problem-alert.js';

type DisputedEntry = Api.KeyRevocationPreview['items'][number];
const PAGE = 200;

/** The entries that would become disputed, counted and listed. */
export function RevocationPreview({
  keyId,
  notTrustedFrom,
}: {
  readonly keyId: string;
  readonly notTrustedFrom: number;
}) {
  const { t } = useTranslation('organizations');
  const columns = useColumns();
  const preview = useInfiniteQuery({
    queryKey: ['revocation', keyId, notTrustedFrom],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.call('previewKeyRevocation', {
        body: { keyId, notTrustedFrom, limit: PAGE, ...(pageParam !== undefined && { cursor: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const first = preview.data?.pages[0];
  if (preview.error !== null) return <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} />;
  if (first === undefined) return <Skeleton h={160} m="md" />;
  return (
    <>
      <Group px="lg" pb="md" gap="sm" role="status">
        <Text fw={650} size="lg">
          {t('preview.entries', { count: first.entries })}
        </Text>
        {first.byKind.map(({ kind, entries }) => (
          <Badge key={kind} color="orange">
            {kind} · {entries}
          </Badge>
        ))}
        <Text size="sm" c="dimmed">
          {first.openTransfers.length === 0
            ? t('preview.noTransfers')
            : t('preview.transfers', { count: first.openTransfers.length })}
        </Text>
        {first.openTransfers.map((id) => (
          <EntryLink key={id} id={id} />
        ))}
      </Group>
      <DataTable
        label={t('preview.label')}
        columns={columns}
        rows={preview.data?.pages.flatMap(({ items }) => items) ?? []}
        rowId={({ entryId }) => entryId}
        heightRows={8}
        onMore={preview.hasNextPage ? () => void preview.fetchNextPage() : undefined}
        isLoadingMore={preview.isFetchingNextPage}
        empty={
          <EmptyState icon="check" title={t('preview.none')}>
            {t('preview.noneHelp')}
          </EmptyState>
        }
      />
    </>
  );
}

function useColumns(): readonly DataColumn<DisputedEntry>[] {
  const { t } = useTranslation('organizations');
  return useMemo(
    () => [
      {
        id: 'entry',
        header: t('preview.entry'),
        width: '180px',
        value: ({ entryId }) => entryId,
        cell: ({ entryId }) => <EntryLink id={entryId} />,
      },
      { id: 'kind', header: t('preview.kind'), width: 'minmax(150px, 1fr)', value: ({ kind }) => kind },
      {
        id: 'subject',
        header: t('preview.subject'),
        width: 'minmax(200px, 2fr)',
        value: ({ subject }) => subject,
        cell: ({ subject }) => (
          <span className="mono" title={subject}>
            {subject}
          </span>
        ),
      },
      {
        id: 'height',
        header: t('preview.block'),
        width: '100px',
        isNumber: true,
        value: ({ height }) => height,
        cell: ({ height }) => <BlockLink height={height} />,
      },
      {
        id: 'time',
        header: t('preview.time'),
        width: '225px',
        value: ({ blockTime }) => blockTime,
        cell: ({ blockTime }) => <EventTime time={blockTime} />,
      },
    ],
    [t],
  );
}
