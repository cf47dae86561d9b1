import { Badge, Button, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useAccess } from '../../app/use-access.js';
import { ConfirmAct } from '../../components/confirm-act.js';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { Icon } from '../../components/icons.js';
import { HashText } from '../../components/ids.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { ScopeNote } from '../../components/scope-note.js';
import { OrganizationTabs } from '../organizations/organization-tabs.js';
import { JoinRequestsPanel } from './join-requests-panel.js';

const COLORS = { open: 'harbour', used: 'teal', expired: 'gray', revoked: 'red' } as const;

/** Requests that wait for this organisation, and the invitations that it gave out. */
export function InvitationsPage() {
  const { t } = useTranslation('invitations');
  const { may } = useAccess();
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('lead')}
        actions={
          <Button
            leftSection={<Icon name="plus" size={16} />}
            renderRoot={(props) => <Link {...props} to="/organizations/invite" />}
          >
            {t('invite.title')}
          </Button>
        }
      />
      <OrganizationTabs />
      <ScopeNote scope="governance" />
      {may('governance') && (
        <Stack>
          <JoinRequestsPanel />
          <Invitations />
        </Stack>
      )}
    </>
  );
}

function Invitations() {
  const { t } = useTranslation('invitations');
  const [revoked, setRevoked] = useState<Api.Invitation>();
  const columns = useColumns(setRevoked);
  const { data, error, refetch } = useQuery({
    queryKey: ['invitations'],
    meta: { live: true },
    queryFn: ({ signal }) => api.call('listInvitations', { signal }),
  });
  return (
    <Panel title={t('given')} padded={false}>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton h={160} m="md" />}
      {data !== undefined && (
        <DataTable
          label={t('given')}
          columns={columns}
          rows={data.items}
          rowId={({ id }) => id}
          empty={
            <EmptyState icon="link" title={t('none')}>
              {t('noneHelp')}
            </EmptyState>
          }
        />
      )}
      {revoked !== undefined && (
        <ConfirmAct
          isOpen
          onClose={() => setRevoked(undefined)}
          title={t('revoke.title')}
          confirm={t('revoke.confirm')}
          isDangerous
          needsPasskey={false}
          act={() => api.call('revokeInvitation', { path: { id: revoked.id } })}
          done={t('revoke.done')}
        >
          {t('revoke.help', { name: revoked.name })}
        </ConfirmAct>
      )}
    </Panel>
  );
}

function useColumns(onRevoke: (invitation: Api.Invitation) => void): readonly DataColumn<Api.Invitation>[] {
  const { t } = useTranslation('invitations');
  return useMemo(
    () => [
      { id: 'name', header: t('name'), width: 'minmax(180px, 1.4fr)', value: ({ name }) => name },
      {
        id: 'state',
        header: t('stateOf'),
        width: '130px',
        value: ({ state }) => t(`state.${state}`),
        cell: ({ state }) => <Badge color={COLORS[state]}>{t(`state.${state}`)}</Badge>,
      },
      {
        id: 'roles',
        header: t('roles'),
        width: 'minmax(130px, 1fr)',
        value: ({ roles }) => roles.map((role) => t(`role.${role}`)).join(t('listSeparator')),
      },
      {
        id: 'created',
        header: t('created'),
        width: '225px',
        value: ({ createdAt }) => createdAt,
        cell: ({ createdAt }) => <EventTime time={createdAt} />,
      },
      {
        id: 'expires',
        header: t('expires'),
        width: '225px',
        value: ({ expiresAt }) => expiresAt,
        cell: ({ expiresAt }) => <EventTime time={expiresAt} />,
      },
      {
        id: 'act',
        header: t('act'),
        width: '130px',
        value: () => '',
        cell: (invitation) =>
          invitation.state === 'open' && (
            <Button size="compact-xs" variant="default" onClick={() => onRevoke(invitation)}>
              {t('revoke.action')}
            </Button>
          ),
      },
      {
        id: 'id',
        header: t('id'),
        width: '170px',
        value: ({ id }) => id,
        cell: ({ id }) => <HashText value={id} chars={10} />,
      },
    ],
    [t, onRevoke],
  );
}
