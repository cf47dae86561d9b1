import { Badge, Button, Select, Skeleton } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useNetwork } from '../../app/use-network.js';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import { PAGE_ROWS, usePages } from '../../app/use-pages.js';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { EntryLink } from '../../components/ids.js';
import { ListNews } from '../../components/list-news.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { RecallLink } from './recall-link.js';
import { RECALL_STATES } from './recall-states.js';

const route = getRouteApi('/recalls');

export function RecallsPage() {
  const { t } = useTranslation('recalls');
  const { state } = route.useSearch();
  const navigate = useNavigate();
  const columns = useColumns();
  const list = usePages(['recalls', 'list', state], 'recall.', (cursor, signal) =>
    api.call('listRecalls', { query: { state, limit: PAGE_ROWS, cursor }, signal }),
  );
  const plan = <Button renderRoot={(props) => <Link {...props} to="/recalls/new" />}>{t('plan')}</Button>;
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={plan} />
      <Panel
        title={t('all')}
        padded={false}
        aside={
          <>
            <ListNews count={list.news} onShow={list.reload} />
            <Select
              aria-label={t('stateLabel')}
              placeholder={t('anyState')}
              size="xs"
              clearable
              value={state ?? null}
              onChange={(value) =>
                void navigate({
                  to: '/recalls',
                  search: (value === null ? {} : { state: value }) as never,
                  replace: true,
                })
              }
              data={RECALL_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
            />
          </>
        }
      >
        {list.error !== null && <ProblemAlert error={list.error} onRetry={list.reload} />}
        {list.isPending ? (
          <Skeleton h={300} m="md" />
        ) : (
          <DataTable
            label={t('title')}
            columns={columns}
            rows={list.rows}
            rowId={({ id }) => id}
            empty={
              list.error === null &&
              (state === undefined ? (
                <EmptyState icon="recall" title={t('none')}>
                  {t('noneBody')}
                </EmptyState>
              ) : (
                <EmptyState icon="search" title={t('noneInState')}>
                  <Button size="xs" variant="light" renderRoot={(props) => <Link {...props} to="/recalls" />}>
                    {t('showAll')}
                  </Button>
                </EmptyState>
              ))
            }
            onMore={list.more}
            isLoadingMore={list.isLoadingMore}
          />
        )}
      </Panel>
    </>
  );
}

function useColumns(): readonly DataColumn<Api.RecallSummary>[] {
  const { t } = useTranslation('recalls');
  const organizations = useOrganizations();
  const { data: network } = useNetwork();
  const self = network?.self ?? '';
  return useMemo(() => {
    const answerText = ({ state, openedBy, acknowledgedBy }: Api.RecallSummary): string => {
      const count = t('track.times', { count: acknowledgedBy.length });
      if (acknowledgedBy.includes(self)) return `${count} · ${t('answered')}`;
      return state === 'open' && openedBy !== self ? `${count} · ${t('unanswered')}` : count;
    };
    return [
      {
        id: 'title',
        header: t('columns.title'),
        width: 'minmax(140px, 2fr)',
        value: ({ title }) => title,
        cell: ({ id, title }) => <RecallLink id={id} title={title} />,
      },
      {
        id: 'state',
        header: t('columns.state'),
        width: '100px',
        value: ({ state }) => t(`state.${state}`),
        cell: ({ state }) => <Badge color={state === 'open' ? 'red' : 'gray'}>{t(`state.${state}`)}</Badge>,
      },
      { id: 'class', header: t('columns.class'), width: '70px', value: (recall) => recall.class ?? '' },
      {
        id: 'openedBy',
        header: t('columns.openedBy'),
        width: 'minmax(90px, 1fr)',
        value: ({ openedBy }) => nameOf(organizations, openedBy),
      },
      {
        id: 'opened',
        header: t('columns.opened'),
        width: '210px',
        value: ({ opened }) => opened.blockTime,
        cell: ({ opened }) => <EventTime time={opened.blockTime} />,
      },
      {
        id: 'targets',
        header: t('columns.targets'),
        width: '80px',
        isNumber: true,
        value: ({ itemCount }) => itemCount,
      },
      {
        id: 'answers',
        header: t('columns.answers'),
        width: 'minmax(140px, 1fr)',
        value: answerText,
      },
      {
        id: 'id',
        header: t('columns.id'),
        width: '160px',
        value: ({ id }) => id,
        cell: ({ id }) => <EntryLink id={id} />,
      },
    ];
  }, [t, organizations, self]);
}
