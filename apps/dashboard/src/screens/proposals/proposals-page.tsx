import { Anchor, Badge, Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useOrganizations } from '../../app/use-organizations.js';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { Icon } from '../../components/icons.js';
import { EntryLink } from '../../components/ids.js';
import { OrganizationLink } from '../../components/organization-link.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { sentenceOf, STATE_COLORS } from './proposal-words.js';

const PAGE = 100;
const route = getRouteApi('/proposals');

/** What the organisations decide together, newest first. */
export function ProposalsPage() {
  const { t } = useTranslation('proposals');
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useColumns();
  const proposals = useInfiniteQuery({
    queryKey: ['proposals', 'list', state],
    meta: { live: true },
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.call('listProposals', { query: { limit: PAGE, cursor: pageParam, state }, signal }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const rows = useMemo(() => proposals.data?.pages.flatMap(({ items }) => items) ?? [], [proposals.data]);
  const newButton = (
    <Button
      leftSection={<Icon name="plus" size={16} />}
      renderRoot={(props) => <Link {...props} to="/proposals/new" />}
    >
      {t('new')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('lead')} actions={newButton} />
      <SegmentedControl
        mb="md"
        size="xs"
        aria-label={t('which')}
        value={state === 'open' ? 'open' : 'all'}
        onChange={(value) =>
          void navigate({
            search: ({ state: _, ...rest }) => (value === 'open' ? { ...rest, state: 'open' as const } : rest),
            replace: true,
          })
        }
        data={[
          { value: 'all', label: t('all') },
          { value: 'open', label: t('openOnly') },
        ]}
      />
      {proposals.error !== null && <ProblemAlert error={proposals.error} onRetry={() => void proposals.refetch()} />}
      {proposals.isPending && <Skeleton h={300} />}
      {proposals.data !== undefined && (
        <Panel title={state === 'open' ? t('openOnly') : t('all')} padded={false}>
          <DataTable
            label={t('title')}
            columns={columns}
            rows={rows}
            rowId={({ id }) => id}
            onMore={proposals.hasNextPage ? () => void proposals.fetchNextPage() : undefined}
            isLoadingMore={proposals.isFetchingNextPage}
            empty={
              <EmptyState icon="ballot" title={t('none')}>
                {t('noneHelp')}
              </EmptyState>
            }
          />
        </Panel>
      )}
    </>
  );
}

function useColumns(): readonly DataColumn<Api.Proposal>[] {
  const { t } = useTranslation('proposals');
  const organizations = useOrganizations();
  return useMemo(
    () => [
      {
        id: 'sentence',
        header: t('proposal'),
        width: 'minmax(280px, 2.4fr)',
        value: (proposal) => sentenceOf(t, proposal, organizations),
        cell: (proposal) => (
          <Anchor
            component={Link}
            to="/proposals/$proposalId"
            params={{ proposalId: proposal.id } as never}
            size="sm"
            className="thing-link"
            title={sentenceOf(t, proposal, organizations)}
          >
            {sentenceOf(t, proposal, organizations)}
          </Anchor>
        ),
      },
      {
        id: 'state',
        header: t('stateOf'),
        width: '120px',
        value: ({ state }) => t(`state.${state}`),
        cell: ({ state }) => <Badge color={STATE_COLORS[state]}>{t(`state.${state}`)}</Badge>,
      },
      {
        id: 'tally',
        header: t('ballots'),
        width: '130px',
        value: ({ tally }) => t('tallyShort', { yes: tally.yes, needed: tally.needed }),
      },
      {
        id: 'openedBy',
        header: t('openedBy'),
        width: 'minmax(140px, 1fr)',
        value: ({ opened }) => opened.author,
        cell: ({ opened }) => <OrganizationLink did={opened.author} withCopy={false} />,
      },
      {
        id: 'openedAt',
        header: t('openedAt'),
        width: '225px',
        value: ({ opened }) => opened.blockTime,
        cell: ({ opened }) => <EventTime time={opened.blockTime} />,
      },
      {
        id: 'expires',
        header: t('deadline'),
        width: '110px',
        isNumber: true,
        value: ({ expiresAt }) => expiresAt,
      },
      {
        id: 'id',
        header: t('id'),
        width: '160px',
        value: ({ id }) => id,
        cell: ({ id }) => <EntryLink id={id} />,
      },
    ],
    [t, organizations],
  );
}
