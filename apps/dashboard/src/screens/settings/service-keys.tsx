import { Badge, Button, Group } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { HashText } from '../../components/ids.js';

type ServiceKey = Api.ServiceAccount['keys'][number];
export interface KeyAct {
  readonly kind: 'rotate' | 'revoke';
  readonly keyId: string;
}

/** The keys of a service account, ended ones too. */
export function ServiceKeys({
  keys,
  onAct,
}: {
  readonly keys: readonly ServiceKey[];
  readonly onAct: (act: KeyAct) => void;
}) {
  const { t } = useTranslation('settings');
  const columns = useMemo(
    (): readonly DataColumn<ServiceKey>[] => [
      {
        id: 'id',
        header: t('services.key'),
        width: 'minmax(150px, 1fr)',
        value: ({ id }) => id,
        cell: ({ id }) => <HashText value={id} chars={14} />,
      },
      { id: 'kind', header: t('passkeys.kind'), width: '140px', value: ({ kind }) => t(`services.kinds.${kind}`) },
      {
        id: 'status',
        header: t('statusOf'),
        width: '110px',
        value: ({ revokedAt }) => (revokedAt === null ? t('status.active') : t('services.ended')),
        cell: ({ revokedAt }) => (
          <Badge color={revokedAt === null ? 'teal' : 'gray'}>
            {revokedAt === null ? t('status.active') : t('services.ended')}
          </Badge>
        ),
      },
      {
        id: 'expires',
        header: t('expires'),
        width: '225px',
        value: ({ expiresAt }) => expiresAt,
        cell: ({ expiresAt }) => <EventTime time={expiresAt} />,
      },
      {
        id: 'used',
        header: t('lastUsed'),
        width: '225px',
        value: ({ lastUsedAt }) => lastUsedAt ?? '',
        cell: ({ lastUsedAt }) => (lastUsedAt === null ? t('never') : <EventTime time={lastUsedAt} />),
      },
      {
        id: 'act',
        header: t('act'),
        width: '225px',
        value: () => '',
        cell: ({ id, kind, revokedAt }) =>
          revokedAt === null && (
            <Group gap={4} wrap="nowrap">
              {kind === 'secret' && (
                <Button size="compact-xs" variant="default" onClick={() => onAct({ kind: 'rotate', keyId: id })}>
                  {t('services.rotate')}
                </Button>
              )}
              <Button size="compact-xs" variant="default" onClick={() => onAct({ kind: 'revoke', keyId: id })}>
                {t('services.endKey')}
              </Button>
            </Group>
          ),
      },
    ],
    [t, onAct],
  );
  return (
    <DataTable
      label={t('services.keys')}
      columns={columns}
      rows={keys}
      rowId={({ id }) => id}
      heightRows={8}
      empty={
        <EmptyState icon="key" title={t('services.noKeys')}>
          {t('services.noKeysHelp')}
        </EmptyState>
      }
    />
  );
}
