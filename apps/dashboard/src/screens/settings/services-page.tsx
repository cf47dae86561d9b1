import { Anchor, Badge, Button, Skeleton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useAccess, type Scope } from '../../app/use-access.js';
import { ConfirmAct } from '../../components/confirm-act.js';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { Icon } from '../../components/icons.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { ScopeNote } from '../../components/scope-note.js';
import { PeopleTabs } from '../people/people-tabs.js';
import { ScopeCheckboxes } from './scope-checkboxes.js';

/** Systems that act on this node, each with its own rights and keys. */
export function ServicesPage() {
  const { t } = useTranslation('settings');
  const { may } = useAccess();
  const columns = useColumns();
  const [isCreating, setCreating] = useState(false);
  const services = useQuery({
    queryKey: ['service-accounts'],
    enabled: may('admin'),
    queryFn: async ({ signal }) => {
      const all: Api.ServiceAccount[] = [];
      for await (const account of api.each('listServiceAccounts', { signal })) all.push(account);
      return all;
    },
  });
  return (
    <>
      <PageHeader
        title={t('services.title')}
        subtitle={t('services.lead')}
        actions={
          <Button
            leftSection={<Icon name="plus" size={16} />}
            disabled={!may('admin')}
            onClick={() => setCreating(true)}
          >
            {t('services.create')}
          </Button>
        }
      />
      <PeopleTabs />
      <ScopeNote scope="admin" />
      {services.error !== null && <ProblemAlert error={services.error} onRetry={() => void services.refetch()} />}
      {services.isLoading && <Skeleton h={200} />}
      {services.data !== undefined && (
        <Panel title={t('services.title')} padded={false}>
          <DataTable
            label={t('services.title')}
            columns={columns}
            rows={services.data}
            rowId={({ id }) => id}
            empty={
              <EmptyState icon="key" title={t('services.none')}>
                {t('services.noneHelp')}
              </EmptyState>
            }
          />
        </Panel>
      )}
      {isCreating && <CreateDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function CreateDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(['read']);
  return (
    <ConfirmAct
      isOpen
      onClose={onClose}
      title={t('services.createTitle')}
      confirm={t('services.createConfirm')}
      isDisabled={name.trim() === '' || scopes.length === 0}
      act={() => api.call('createServiceAccount', { body: { name: name.trim(), scopes } })}
      onDone={({ id }) => void navigate({ to: '/people/services/$serviceId', params: { serviceId: id } })}
      done={t('services.created')}
    >
      <TextInput
        label={t('name')}
        description={t('services.nameHelp')}
        required
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <ScopeCheckboxes value={scopes} onChange={setScopes} />
    </ConfirmAct>
  );
}

function useColumns(): readonly DataColumn<Api.ServiceAccount>[] {
  const { t } = useTranslation('settings');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('name'),
        width: 'minmax(160px, 1.2fr)',
        value: ({ name }) => name,
        cell: ({ id, name }) => (
          <Anchor
            component={Link}
            to="/people/services/$serviceId"
            params={{ serviceId: id } as never}
            size="sm"
            className="thing-link"
          >
            {name}
          </Anchor>
        ),
      },
      {
        id: 'status',
        header: t('statusOf'),
        width: '110px',
        value: ({ status }) => t(`status.${status}`),
        cell: ({ status }) => <Badge color={status === 'active' ? 'teal' : 'gray'}>{t(`status.${status}`)}</Badge>,
      },
      {
        id: 'scopes',
        header: t('services.scopes'),
        width: 'minmax(200px, 2fr)',
        value: ({ scopes }) => scopes.join(' '),
        cell: ({ scopes }) => <span className="mono">{scopes.join(' ')}</span>,
      },
      {
        id: 'keys',
        header: t('services.liveKeys'),
        width: '110px',
        isNumber: true,
        value: ({ keys }) => keys.filter(({ revokedAt }) => revokedAt === null).length,
      },
      {
        id: 'used',
        header: t('lastUsed'),
        width: '225px',
        value: ({ keys }) => latestUse(keys) ?? '',
        cell: ({ keys }) => {
          const time = latestUse(keys);
          return time === undefined ? t('never') : <EventTime time={time} />;
        },
      },
    ],
    [t],
  );
}

function latestUse(keys: Api.ServiceAccount['keys']): string | undefined {
  return keys
    .flatMap(({ lastUsedAt }) => lastUsedAt ?? [])
    .sort()
    .at(-1);
}
