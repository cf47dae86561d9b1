import { Badge, Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useAccess } from '../../app/use-access.js';
import { ConfirmAct } from '../../components/confirm-act.js';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';

type OpenSession = Api.SessionList['items'][number];
const route = getRouteApi('/people/me');

/** Where one is signed in, each to be ended from here. */
export function SessionsPanel() {
  const { t } = useTranslation('settings');
  const { may } = useAccess();
  const { of } = route.useSearch();
  const navigate = route.useNavigate();
  const [ended, setEnded] = useState<OpenSession>();
  const columns = useColumns(setEnded);
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions', of],
    queryFn: ({ signal }) => api.call('listSessions', { query: of === 'all' ? { all: true } : {}, signal }),
  });
  return (
    <Panel
      title={t('sessions.title')}
      padded={false}
      aside={
        may('admin') && (
          <SegmentedControl
            size="xs"
            aria-label={t('sessions.whose')}
            value={of ?? 'own'}
            onChange={(value) =>
              void navigate({
                search: ({ of: _, ...rest }) => (value === 'all' ? { ...rest, of: 'all' as const } : rest),
                replace: true,
              })
            }
            data={[
              { value: 'own', label: t('sessions.own') },
              { value: 'all', label: t('sessions.all') },
            ]}
          />
        )
      }
    >
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton h={120} m="md" />}
      {data !== undefined && (
        <DataTable
          label={t('sessions.title')}
          columns={columns}
          rows={data.items}
          rowId={({ id }) => id}
          empty={
            <EmptyState icon="people" title={t('sessions.none')}>
              {t('sessions.noneHelp')}
            </EmptyState>
          }
        />
      )}
      {ended !== undefined && (
        <ConfirmAct
          isOpen
          onClose={() => setEnded(undefined)}
          title={t('sessions.endTitle')}
          confirm={t('sessions.end')}
          isDangerous
          needsPasskey={false}
          act={() => api.call('endSession', { path: { id: ended.id } })}
          done={t('sessions.ended')}
        >
          {t('sessions.endHelp', { name: ended.personName })}
        </ConfirmAct>
      )}
    </Panel>
  );
}

function useColumns(onEnd: (session: OpenSession) => void): readonly DataColumn<OpenSession>[] {
  const { t } = useTranslation('settings');
  return useMemo(
    () => [
      {
        id: 'person',
        header: t('sessions.person'),
        width: 'minmax(140px, 1fr)',
        value: ({ personName }) => personName,
      },
      {
        id: 'browser',
        header: t('sessions.browser'),
        width: 'minmax(180px, 2fr)',
        value: ({ userAgent }) => userAgent ?? '',
        cell: ({ userAgent }) => <span title={userAgent ?? ''}>{userAgent ?? '–'}</span>,
      },
      { id: 'address', header: t('sessions.address'), width: '130px', value: ({ address }) => address ?? '' },
      {
        id: 'seen',
        header: t('sessions.seen'),
        width: '225px',
        value: ({ lastSeenAt }) => lastSeenAt,
        cell: ({ lastSeenAt }) => <EventTime time={lastSeenAt} />,
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
        value: ({ isCurrent }) => (isCurrent ? t('sessions.current') : ''),
        cell: (session) =>
          session.isCurrent ? (
            <Badge miw="max-content">{t('sessions.current')}</Badge>
          ) : (
            <Button size="compact-xs" variant="default" onClick={() => onEnd(session)}>
              {t('sessions.end')}
            </Button>
          ),
      },
    ],
    [t, onEnd],
  );
}
