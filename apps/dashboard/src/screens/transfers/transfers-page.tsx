import { Button, Group, Select, Skeleton, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.js';
import { useNetwork } from '../../app/use-network.js';
import { PAGE_ROWS, usePages } from '../../app/use-pages.js';
import { EmptyState } from '../../components/empty-state.js';
import { ListNews } from '../../components/list-news.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { tabQuery, TABS, TRANSFER_STATES, type Tab, type TransferState } from './transfer-lists.js';
import { TransferCards } from './transfer-cards.js';
import { TransferTable } from './transfer-table.js';
import './transfers.css';

const route = getRouteApi('/transfers');

export function TransfersPage() {
  const { t } = useTranslation('transfers');
  const { tab = 'inbox', state } = route.useSearch();
  const navigate = useNavigate();
  const go = (search: { tab: Tab; state?: TransferState | undefined }) =>
    void navigate({ to: '/transfers', search: search as never, replace: true });
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={<Button renderRoot={(props) => <Link {...props} to="/transfers/new" />}>{t('offer')}</Button>}
      />
      <Tabs value={tab} onChange={(value) => go({ tab: value as Tab })} keepMounted={false}>
        <Group justify="space-between" mb="md" gap="sm" className="transfer-tabs">
          <Tabs.List aria-label={t('tabsLabel')}>
            {TABS.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(`tabs.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {tab !== 'disputed' && (
            <Select
              aria-label={t('stateLabel')}
              placeholder={t('anyState')}
              size="xs"
              clearable
              value={state ?? null}
              onChange={(value) => go({ tab, state: (value ?? undefined) as TransferState | undefined })}
              data={TRANSFER_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
            />
          )}
        </Group>
        {TABS.map((name) => (
          <Tabs.Panel key={name} value={name}>
            <TransferList tab={name} state={name === 'disputed' ? undefined : state} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}

function TransferList({ tab, state }: { readonly tab: Tab; readonly state: TransferState | undefined }) {
  const { t } = useTranslation('transfers');
  const { data: network } = useNetwork();
  const self = network?.self ?? '';
  // Cards, where a table would have to be pushed sideways.
  const isNarrow = useMediaQuery('(max-width: 48em)') === true;
  const list = usePages(['transfers', 'list', tab, state, self], 'transfer.', (cursor, signal) =>
    api.call('listTransfers', { query: { ...tabQuery(tab, self), state, limit: PAGE_ROWS, cursor }, signal }),
  );
  const empty = list.error === null && <Nothing tab={tab} isFiltered={state !== undefined} />;
  return (
    <Panel title={t(`tabs.${tab}`)} padded={false} aside={<ListNews count={list.news} onShow={list.reload} />}>
      {list.error !== null && <ProblemAlert error={list.error} onRetry={list.reload} />}
      {list.isPending ? (
        <Skeleton h={300} m="md" />
      ) : isNarrow ? (
        <TransferCards list={list} tab={tab} self={self} empty={empty} />
      ) : (
        <TransferTable list={list} tab={tab} empty={empty} />
      )}
    </Panel>
  );
}

function Nothing({ tab, isFiltered }: { readonly tab: Tab; readonly isFiltered: boolean }) {
  const { t } = useTranslation('transfers');
  if (isFiltered) {
    return (
      <EmptyState icon="search" title={t('none.filtered')}>
        <Button
          size="xs"
          variant="light"
          renderRoot={(props) => <Link {...props} to="/transfers" search={{ tab } as never} />}
        >
          {t('none.filteredAction')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="transfer" title={t(`none.${tab}`)}>
      {t(`none.${tab}Body`)}
      {tab === 'outbox' && (
        <Group justify="center" mt="sm">
          <Button renderRoot={(props) => <Link {...props} to="/transfers/new" />}>{t('offer')}</Button>
        </Group>
      )}
    </EmptyState>
  );
}
