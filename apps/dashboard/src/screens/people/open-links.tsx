import { Button, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { ConfirmAct } from '../../components/confirm-act.js';
import { EventTime } from '../../components/event-time.js';
import { LabelledTable } from '../../components/labelled-table.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';

type OpenLink = Api.EnrolmentLinkList['items'][number];

/** Links that nobody has used yet; what they open can still be taken back. */
export function OpenLinks() {
  const { t } = useTranslation('people');
  const [withdrawn, setWithdrawn] = useState<OpenLink>();
  const { data, error, refetch } = useQuery({
    queryKey: ['enrolment-links'],
    queryFn: ({ signal }) => api.call('listEnrolmentLinks', { signal }),
  });
  return (
    <Panel title={t('links.title')}>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton h={60} />}
      {data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('links.none')}
        </Text>
      )}
      {data !== undefined && data.items.length > 0 && (
        <LabelledTable
          label={t('links.title')}
          header={[t('name'), t('links.kind'), t('role'), t('links.expires'), t('acts')]}
          rows={data.items.map((link) => ({
            key: link.id,
            cells: [
              link.name ?? t('links.firstAdmin'),
              t(`linkKinds.${link.kind}`),
              t(`roles.${link.role}`),
              <EventTime key="expires" time={link.expiresAt} />,
              <Button key="act" size="compact-xs" variant="default" onClick={() => setWithdrawn(link)}>
                {t('links.withdraw')}
              </Button>,
            ],
          }))}
        />
      )}
      {withdrawn !== undefined && (
        <ConfirmAct
          isOpen
          onClose={() => setWithdrawn(undefined)}
          title={t('links.withdrawTitle')}
          confirm={t('links.withdraw')}
          isDangerous
          needsPasskey={false}
          act={() => api.call('withdrawEnrolmentLink', { path: { id: withdrawn.id } })}
          done={t('links.withdrawn')}
        >
          {t('links.withdrawHelp', { name: withdrawn.name ?? t('links.firstAdmin') })}
        </ConfirmAct>
      )}
    </Panel>
  );
}
