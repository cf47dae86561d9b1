import { Button, Group, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useNetwork } from '../../app/use-network.js';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { Icon } from '../../components/icons.js';
import { BlockLink } from '../../components/ids.js';
import { OrganizationLink } from '../../components/organization-link.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { RoleBadges, StatusBadge } from './badges.js';
import { OrganizationTabs } from './organization-tabs.js';

/** Everybody in the network, with what they may do and what they have written. */
export function OrganizationsPage() {
  const { t } = useTranslation('organizations');
  const columns = useColumns();
  const organizations = useQuery({
    queryKey: ['organizations', 'list'],
    meta: { live: true },
    queryFn: async ({ signal }) => {
      const all: Api.Organization[] = [];
      for await (const organization of api.each('listOrganizations', { signal })) all.push(organization);
      return all;
    },
  });
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('lead')}
        actions={
          <Group gap="sm">
            <Button
              variant="default"
              leftSection={<Icon name="ballot" size={16} />}
              renderRoot={(props) => <Link {...props} to="/proposals/new" />}
            >
              {t('propose')}
            </Button>
            <Button
              leftSection={<Icon name="plus" size={16} />}
              renderRoot={(props) => <Link {...props} to="/organizations/invite" />}
            >
              {t('invite')}
            </Button>
          </Group>
        }
      />
      <OrganizationTabs />
      {organizations.error !== null && (
        <ProblemAlert error={organizations.error} onRetry={() => void organizations.refetch()} />
      )}
      {organizations.isPending && <Skeleton h={300} />}
      {organizations.data !== undefined && (
        <Panel title={t('all')} padded={false}>
          <DataTable
            label={t('title')}
            columns={columns}
            rows={organizations.data}
            rowId={({ did }) => did}
            empty={
              <EmptyState icon="organization" title={t('none')}>
                {t('noneHelp')}
              </EmptyState>
            }
          />
        </Panel>
      )}
    </>
  );
}

function useColumns(): readonly DataColumn<Api.Organization>[] {
  const { t } = useTranslation('organizations');
  const { data: network } = useNetwork();
  const self = network?.self;
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('name'),
        width: 'minmax(150px, 1.2fr)',
        value: ({ name }) => name,
        cell: ({ did }) => <OrganizationLink did={did} />,
      },
      {
        id: 'did',
        header: t('did'),
        width: 'minmax(170px, 1.2fr)',
        value: ({ did }) => did,
        cell: ({ did }) => (
          <span className="mono" title={did}>
            {did === self ? `${did} · ${t('self')}` : did}
          </span>
        ),
      },
      {
        id: 'status',
        header: t('statusOf'),
        width: '110px',
        value: ({ status }) => status,
        cell: ({ status }) => <StatusBadge status={status} />,
      },
      {
        id: 'roles',
        header: t('rolesOf'),
        width: '210px',
        value: ({ roles }) => roles.join(' '),
        cell: ({ roles }) => <RoleBadges roles={roles} />,
      },
      {
        id: 'prefixes',
        header: t('prefixes'),
        width: '130px',
        value: ({ gs1CompanyPrefixes }) => gs1CompanyPrefixes.join(' '),
        cell: ({ gs1CompanyPrefixes }) => <span className="mono">{gs1CompanyPrefixes.join(', ')}</span>,
      },
      {
        id: 'keys',
        header: t('validKeys'),
        width: '100px',
        isNumber: true,
        value: ({ keys }) => keys.filter(({ validUntil, revoked }) => validUntil === null && !revoked).length,
      },
      { id: 'entries', header: t('entries'), width: '80px', isNumber: true, value: ({ entries }) => entries },
      {
        id: 'since',
        header: t('since'),
        width: '100px',
        isNumber: true,
        value: ({ since }) => since,
        cell: ({ since }) => <BlockLink height={since} />,
      },
    ],
    [t, self],
  );
}
