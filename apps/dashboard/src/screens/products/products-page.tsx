import { Anchor, Button, Group, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import { PAGE_ROWS, usePages } from '../../app/use-pages.js';
import { CopyValue } from '../../components/copy-value.js';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { EntryLink } from '../../components/ids.js';
import { ListNews } from '../../components/list-news.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';

export function ProductsPage() {
  const { t } = useTranslation('products');
  const columns = useColumns();
  const list = usePages(['products', 'list'], 'product.', (cursor, signal) =>
    api.call('listProducts', { query: { limit: PAGE_ROWS, cursor }, signal }),
  );
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={<Actions />} />
      <Panel title={t('all')} padded={false} aside={<ListNews count={list.news} onShow={list.reload} />}>
        {list.error !== null && <ProblemAlert error={list.error} onRetry={list.reload} />}
        {list.isPending ? (
          <Skeleton h={300} m="md" />
        ) : (
          <DataTable
            label={t('title')}
            columns={columns}
            rows={list.rows}
            rowId={({ gtin }) => gtin}
            empty={
              list.error === null && (
                <EmptyState icon="product" title={t('none')}>
                  {t('noneBody')}
                  <Group justify="center" mt="sm">
                    <Actions />
                  </Group>
                </EmptyState>
              )
            }
            onMore={list.more}
            isLoadingMore={list.isLoadingMore}
          />
        )}
      </Panel>
    </>
  );
}

function Actions() {
  const { t } = useTranslation('products');
  return (
    <Group gap="xs">
      <Button renderRoot={(props) => <Link {...props} to="/products/import" />} variant="default">
        {t('import')}
      </Button>
      <Button renderRoot={(props) => <Link {...props} to="/products/new" />}>{t('register')}</Button>
    </Group>
  );
}

function useColumns(): readonly DataColumn<Api.Product>[] {
  const { t } = useTranslation('products');
  const organizations = useOrganizations();
  return useMemo(
    () => [
      {
        id: 'gtin',
        header: t('columns.gtin'),
        width: '190px',
        value: ({ gtin }) => gtin,
        cell: ({ gtin }) => (
          <Group gap={2} wrap="nowrap">
            <Anchor component={Link} to="/products/$gtin" params={{ gtin } as never} className="mono" size="sm">
              {gtin}
            </Anchor>
            <CopyValue value={gtin} />
          </Group>
        ),
      },
      { id: 'name', header: t('columns.name'), width: 'minmax(180px, 2fr)', value: ({ name }) => name },
      {
        id: 'owner',
        header: t('columns.owner'),
        width: 'minmax(120px, 1fr)',
        value: ({ owner }) => nameOf(organizations, owner),
      },
      {
        id: 'registered',
        header: t('columns.registered'),
        width: 'minmax(215px, 1fr)',
        value: ({ registered }) => registered.blockTime,
        cell: ({ registered }) => <EventTime time={registered.blockTime} />,
      },
      {
        id: 'entry',
        header: t('columns.entry'),
        width: '170px',
        value: ({ registered }) => registered.entryId,
        cell: ({ registered }) => <EntryLink id={registered.entryId} />,
      },
    ],
    [t, organizations],
  );
}
