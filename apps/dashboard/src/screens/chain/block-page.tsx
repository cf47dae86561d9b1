import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useNetwork } from '../../app/use-network.js';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { BlockLink, EntryLink, HashText } from '../../components/ids.js';
import { OrganizationLink } from '../../components/organization-link.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { SubjectLink } from './subject-link.js';

const route = getRouteApi('/chain/blocks/$height');
const PAGE = 200;

export function BlockPage() {
  const { t } = useTranslation('chain');
  const { height: heightText } = route.useParams();
  const height = Number(heightText);
  const { data: network } = useNetwork();
  const block = useInfiniteQuery({
    queryKey: ['block', height],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.call('getBlock', { path: { height }, query: { limit: PAGE, cursor: pageParam }, signal }),
    getNextPageParam: ({ entries }) => entries.nextCursor ?? undefined,
  });
  const [first] = block.data?.pages ?? [];
  const entries = useMemo(() => block.data?.pages.flatMap((page) => page.entries.items) ?? [], [block.data]);
  const columns = useColumns();
  return (
    <>
      <PageHeader
        title={t('block.title', { height: heightText })}
        subtitle={first !== undefined && <HashText value={first.hash} chars={64} />}
        actions={
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              disabled={!(height > 0)}
              renderRoot={(props) => (
                <Link {...props} to="/chain/blocks/$height" params={{ height: String(Math.max(0, height - 1)) }} />
              )}
            >
              {t('block.previous')}
            </Button>
            <Button
              size="xs"
              variant="default"
              disabled={network === undefined || height >= network.height}
              renderRoot={(props) => (
                <Link {...props} to="/chain/blocks/$height" params={{ height: String(height + 1) }} />
              )}
            >
              {t('block.next')}
            </Button>
          </Group>
        }
      />
      {block.error !== null && <ProblemAlert error={block.error} onRetry={() => void block.refetch()} />}
      {block.isPending && <Skeleton h={260} />}
      {first !== undefined && (
        <Stack>
          <Header block={first} quorum={network?.quorum} />
          <Panel title={t('entries')} padded={false}>
            <DataTable
              label={t('entries')}
              columns={columns}
              rows={entries}
              rowId={({ entryId }) => entryId}
              empty={
                <EmptyState icon="clock" title={t('block.noEntries')}>
                  {t('block.noEntriesBody')}
                </EmptyState>
              }
              onMore={block.hasNextPage ? () => void block.fetchNextPage() : undefined}
              isLoadingMore={block.isFetchingNextPage}
            />
          </Panel>
        </Stack>
      )}
    </>
  );
}

function Header({ block, quorum }: { readonly block: Api.BlockDetail; readonly quorum: number | undefined }) {
  const { t } = useTranslation('chain');
  const seals = block.certificate?.seals ?? [];
  return (
    <Panel title={t('block.facts')}>
      <dl className="facts">
        <Fact name={t('time')}>
          <EventTime time={block.time} />
        </Fact>
        <Fact name={t('proposer')}>
          {block.height === 0 ? t('genesis') : <OrganizationLink did={block.proposer} withCopy={false} />}
        </Fact>
        <Fact name={t('block.round')}>{block.certificate?.round ?? '–'}</Fact>
        <Fact name={t('size')}>{t('bytes', { count: block.sizeBytes })}</Fact>
        <Fact name={t('block.logSize')}>{block.logSize}</Fact>
        {block.height > 0 && (
          <Fact name={t('block.parent')}>
            <BlockLink height={block.height - 1} /> <HashText value={block.parentHash} chars={10} />
          </Fact>
        )}
        <Fact name={t('block.entriesRoot')}>
          <HashText value={block.entriesRoot} />
        </Fact>
        <Fact name={t('block.logRoot')}>
          <HashText value={block.logRoot} />
        </Fact>
        <Fact name={t('block.stateRoot')}>
          <HashText value={block.stateRoot} />
        </Fact>
        {seals.length > 0 && (
          <Fact
            name={`${t('block.seals')}: ${t('block.sealsOf', { count: seals.length, quorum: quorum ?? seals.length })}`}
          >
            <Group gap="md" mt={4}>
              {seals.map(({ validator }) => (
                <OrganizationLink key={validator} did={validator} withCopy={false} />
              ))}
            </Group>
          </Fact>
        )}
      </dl>
    </Panel>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function useColumns(): readonly DataColumn<Api.IndexedEntry>[] {
  const { t } = useTranslation('chain');
  const organizations = useOrganizations();
  return useMemo(
    () => [
      {
        id: 'entry',
        header: t('block.entry'),
        width: '170px',
        value: ({ entryId }) => entryId,
        cell: ({ entryId }) => <EntryLink id={entryId} />,
      },
      { id: 'kind', header: t('block.kind'), width: '160px', value: ({ kind }) => kind },
      { id: 'author', header: t('block.author'), width: '140px', value: ({ author }) => nameOf(organizations, author) },
      {
        id: 'subject',
        header: t('block.subject'),
        width: 'minmax(240px, 1fr)',
        value: ({ subject }) => subject,
        cell: ({ subject }) => <SubjectLink subject={subject} />,
      },
      {
        id: 'size',
        header: t('size'),
        width: '120px',
        isNumber: true,
        value: ({ sizeBytes }) => sizeBytes,
        cell: ({ sizeBytes }) => t('bytes', { count: sizeBytes }),
      },
      {
        id: 'findings',
        header: t('block.findings'),
        width: '100px',
        isNumber: true,
        value: ({ findings }) => findings.length,
      },
    ],
    [t, organizations],
  );
}
