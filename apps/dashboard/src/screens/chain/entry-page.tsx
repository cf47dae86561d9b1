import { Alert, Badge, Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { CopyValue } from '../../components/copy-value.js';
import { EventTime } from '../../components/event-time.js';
import { Icon } from '../../components/icons.js';
import { BlockLink, HashText } from '../../components/ids.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { SubjectLink } from './subject-link.js';
import { OrganizationLink } from '../../components/organization-link.js';

const EntryVerifyPanel = lazy(async () => ({
  default: (await import('../../components/verify/entry-verify-panel.js')).EntryVerifyPanel,
}));
const route = getRouteApi('/chain/entries/$entryId');
const STATUS_COLORS = { final: 'teal', pending: 'blue', rejected: 'red' } as const;

/** One entry: what became of it, its bytes, and its proof. */
export function EntryPage() {
  const { t } = useTranslation('chain');
  const { entryId } = route.useParams();
  const {
    data: entry,
    error,
    refetch,
  } = useQuery({
    queryKey: ['entry', entryId],
    meta: { live: true },
    queryFn: ({ signal }) => api.call('getEntry', { path: { id: entryId }, signal }),
  });
  return (
    <>
      <PageHeader
        title={t('entry.title')}
        subtitle={
          <Group gap={4} wrap="nowrap">
            <span className="mono break-long">{entryId}</span>
            <CopyValue value={entryId} />
          </Group>
        }
        actions={
          entry !== undefined && (
            <Badge size="lg" color={STATUS_COLORS[entry.status]}>
              {t(`entry.status.${entry.status}`)}
            </Badge>
          )
        }
      />
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {entry === undefined && error === null && <Skeleton h={260} />}
      {entry?.status === 'rejected' && (
        <Alert color="red" icon={<Icon name="alert" />} title={t('entry.rejected')}>
          <Code>{entry.code}</Code> {entry.detail}
        </Alert>
      )}
      {entry?.status === 'final' && (
        <Stack>
          <Facts entry={entry} />
          <Suspense fallback={<Skeleton h={160} />}>
            <EntryVerifyPanel entryId={entryId} />
          </Suspense>
          <Bytes entry={entry} />
        </Stack>
      )}
    </>
  );
}

function Facts({ entry }: { readonly entry: Api.Entry }) {
  const { t } = useTranslation('chain');
  const facts: [string, ReactNode][] = [
    [t('entry.author'), <OrganizationLink key="author" did={entry.author ?? null} withCopy={false} />],
    [t('entry.kind'), entry.kind],
    [t('entry.subject'), <SubjectLink key="subject" subject={entry.subject ?? ''} />],
    [t('entry.block'), <BlockLink key="block" height={entry.height ?? 0} />],
    [t('entry.position'), entry.index],
    [t('entry.time'), <EventTime key="time" time={entry.blockTime ?? ''} />],
    [t('entry.key'), <HashText key="key" value={entry.keyId ?? ''} />],
    [t('entry.contentHash'), <HashText key="hash" value={entry.contentHash ?? ''} />],
    [t('entry.contentType'), entry.contentType],
    [t('entry.notAfter'), entry.notAfter],
  ];
  return (
    <Panel title={t('entry.title')}>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Bytes({ entry }: { readonly entry: Api.Entry }) {
  const { t } = useTranslation('chain');
  const statement = entry.statement ?? '';
  return (
    <>
      <Panel title={t('entry.content')} aside={<CopyValue value={entry.content ?? ''} />}>
        <Code block className="wrap">
          {entry.content}
        </Code>
      </Panel>
      <Panel title={t('entry.statement')} aside={<CopyValue value={statement} />}>
        <Text size="xs" c="dimmed" mb="xs">
          {t('entry.statementSize', { count: Math.floor((statement.replace(/=+$/, '').length * 3) / 4) })}
        </Text>
        <Code block className="wrap">
          {statement}
        </Code>
      </Panel>
    </>
  );
}
