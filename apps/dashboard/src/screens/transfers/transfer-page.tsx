import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemError, type Api } from '#sdk';
import { api } from '../../app/api.js';
import { useNetwork } from '../../app/use-network.js';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import { CopyValue } from '../../components/copy-value.js';
import { EmptyState } from '../../components/empty-state.js';
import { EntryLink } from '../../components/ids.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useNow } from '../../components/use-now.js';
import { AnswerPanel } from './answer/answer-panel.js';
import { CancelPanel } from './answer/cancel-panel.js';
import { ContentView } from './content-view.js';
import { LinesTable } from './lines-table.js';
import { readReason } from './discrepancy.js';
import { StateLine } from './state-line.js';
import { StateBadge } from './transfer-state.js';
import { useContentTree } from './use-content-tree.js';
import './transfers.css';

const route = getRouteApi('/transfers/$transferId');

export function TransferPage() {
  const { t } = useTranslation('transfers');
  const { transferId } = route.useParams();
  const organizations = useOrganizations();
  const now = useNow();
  const {
    data: transfer,
    error,
    refetch,
  } = useQuery({
    queryKey: ['transfers', 'one', transferId],
    meta: { live: true },
    queryFn: ({ signal }) => api.call('getTransfer', { path: { id: transferId }, signal }),
  });
  if (error instanceof ProblemError && error.status === 404) {
    return (
      <>
        <PageHeader title={t('title')} />
        <EmptyState icon="transfer" title={t('detail.notFound')}>
          {t('detail.notFoundBody')}
          <Group justify="center" mt="sm">
            <Button renderRoot={(props) => <Link {...props} to="/transfers" />}>{t('detail.toList')}</Button>
          </Group>
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={
          transfer === undefined
            ? t('title')
            : t('detail.title', {
                from: nameOf(organizations, transfer.from),
                to: nameOf(organizations, transfer.to),
              })
        }
        subtitle={
          <Group gap={4} wrap="nowrap">
            <span className="mono break-long">{transferId}</span>
            <CopyValue value={transferId} />
          </Group>
        }
        actions={transfer !== undefined && <StateBadge transfer={transfer} now={now} />}
      />
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {transfer === undefined ? error === null && <Skeleton h={300} /> : <Detail transfer={transfer} />}
    </>
  );
}

function Detail({ transfer }: { readonly transfer: Api.TransferAsOf }) {
  const { t } = useTranslation('transfers');
  const { data: network } = useNetwork();
  const isOpen = transfer.state === 'offered';
  return (
    <Stack>
      <Panel title={t('detail.progress')}>
        <StateLine transfer={transfer} height={network?.height ?? transfer.asOf.height} />
      </Panel>
      {isOpen && network?.self === transfer.to && <AnswerPanel key={transfer.id} transfer={transfer} />}
      <Terms transfer={transfer} />
      {(!isOpen || network?.self !== transfer.to) && <LinesTable transfer={transfer} />}
      {transfer.content.length > transfer.items.length && <Content transfer={transfer} />}
      {isOpen && network?.self === transfer.from && <CancelPanel transfer={transfer} />}
    </Stack>
  );
}

function Terms({ transfer }: { readonly transfer: Api.TransferAsOf }) {
  const { t } = useTranslation('transfers');
  const { note } = readReason(transfer.reason);
  return (
    <Panel
      title={t('detail.facts')}
      aside={
        (transfer.offered.disputed || transfer.answered?.disputed === true) && (
          <Badge color="red">{t('detail.disputed')}</Badge>
        )
      }
    >
      <dl className="facts">
        <div>
          <dt>{t('detail.what')}</dt>
          <dd>{t(`scope.${transfer.transfers as 'both'}`)}</dd>
        </div>
        <div>
          <dt>{t('detail.reference')}</dt>
          <dd>{transfer.reference ?? t('detail.noReference')}</dd>
        </div>
        <div>
          <dt>{t('detail.named')}</dt>
          <dd>{t('things', { count: transfer.items.length })}</dd>
        </div>
        <div>
          <dt>{t('detail.inside')}</dt>
          <dd>{t('things', { count: transfer.content.length })}</dd>
        </div>
        <div>
          <dt>{t('detail.offered')}</dt>
          <dd>
            <EntryLink id={transfer.entryId} />
          </dd>
        </div>
        {note !== '' && (
          <div>
            <dt>{t('detail.note')}</dt>
            <dd>{note}</dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}

function Content({ transfer }: { readonly transfer: Api.TransferAsOf }) {
  const { t } = useTranslation('transfers');
  const tree = useContentTree(transfer.items, transfer.content);
  return (
    <Panel
      title={t('detail.content')}
      aside={
        <Text size="sm" c="dimmed">
          {t('things', { count: transfer.content.length })}
        </Text>
      }
    >
      <Text size="sm" c="dimmed" mb="sm">
        {t('detail.contentNote')}
      </Text>
      <ContentView nodes={tree} label={t('detail.content')} />
    </Panel>
  );
}
