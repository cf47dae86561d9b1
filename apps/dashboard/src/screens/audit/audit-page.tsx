import { Button, Skeleton, Stack } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.js';
import { useAccess } from '../../app/use-access.js';
import { DataTable } from '../../components/data-table.js';
import { download } from '../../components/download.js';
import { EmptyState } from '../../components/empty-state.js';
import { Icon } from '../../components/icons.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { ScopeNote } from '../../components/scope-note.js';
import { AuditFilter } from './audit-filter.js';
import { useAuditColumns } from './audit-columns.js';
import { VerifyPanel } from './verify-panel.js';

const PAGE = 200;
const route = getRouteApi('/audit');

/** What was done with this node, by whom: a log whose every line holds the hash of the one before. */
export function AuditPage() {
  const { t } = useTranslation('audit');
  const { may } = useAccess();
  const exported = useMutation({
    mutationFn: () => api.text('exportAuditLog', {}, 'application/jsonl'),
    onSuccess: (lines) => download('audit.jsonl', lines, 'application/jsonl'),
  });
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('lead')}
        actions={
          <Button
            variant="default"
            leftSection={<Icon name="download" size={16} />}
            disabled={!may('audit')}
            loading={exported.isPending}
            onClick={() => exported.mutate()}
          >
            {t('export')}
          </Button>
        }
      />
      <ScopeNote scope="audit" />
      {exported.error !== null && <ProblemAlert error={exported.error} />}
      {may('audit') && (
        <Stack>
          <VerifyPanel />
          <Events />
        </Stack>
      )}
    </>
  );
}

function Events() {
  const { t } = useTranslation('audit');
  const { action, actor, since, until } = route.useSearch();
  const columns = useAuditColumns();
  const query = {
    limit: PAGE,
    action,
    actor,
    since: since === undefined ? undefined : new Date(`${since}T00:00:00`).toISOString(),
    until: until === undefined ? undefined : new Date(`${until}T23:59:59.999`).toISOString(),
  };
  const events = useInfiniteQuery({
    queryKey: ['audit', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => api.call('listAuditEvents', { query: { ...query, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const rows = useMemo(() => events.data?.pages.flatMap(({ items }) => items) ?? [], [events.data]);
  return (
    <Panel title={t('events')} padded={false} aside={<AuditFilter />}>
      {events.error !== null && <ProblemAlert error={events.error} onRetry={() => void events.refetch()} />}
      {events.isPending && <Skeleton h={300} m="md" />}
      {events.data !== undefined && (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={rows}
          rowId={({ seq }) => String(seq)}
          heightRows={14}
          onMore={events.hasNextPage ? () => void events.fetchNextPage() : undefined}
          isLoadingMore={events.isFetchingNextPage}
          empty={
            <EmptyState icon="audit" title={t('none')}>
              {t('noneHelp')}
            </EmptyState>
          }
        />
      )}
    </Panel>
  );
}
