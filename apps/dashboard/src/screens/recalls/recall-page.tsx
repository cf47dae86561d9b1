import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError, type Api } from '#sdk';
import { api } from '../../app/api.js';
import { useNetwork } from '../../app/use-network.js';
import { CopyValue } from '../../components/copy-value.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { EntryLink, ThingLink } from '../../components/ids.js';
import { OrganizationLink } from '../../components/organization-link.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { AcknowledgePanel } from './track/acknowledge-panel.js';
import { AnswersPanel } from './track/answers-panel.js';
import { ClosePanel } from './track/close-panel.js';
import './recalls.css';

const route = getRouteApi('/recalls/$recallId');

export function RecallPage() {
  const { t } = useTranslation('recalls');
  const { recallId } = route.useParams();
  const {
    data: recall,
    error,
    refetch,
  } = useQuery({
    queryKey: ['recalls', 'one', recallId],
    meta: { live: true },
    queryFn: ({ signal }) => api.call('getRecall', { path: { id: recallId }, signal }),
  });
  if (error instanceof ProblemError && error.status === 404) {
    return (
      <>
        <PageHeader title={t('title')} />
        <EmptyState icon="recall" title={t('detail.notFound')}>
          {t('detail.notFoundBody')}
          <Group justify="center" mt="sm">
            <Button renderRoot={(props) => <Link {...props} to="/recalls" />}>{t('detail.toList')}</Button>
          </Group>
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={recall?.title ?? t('title')}
        subtitle={
          <Group gap={4} wrap="nowrap">
            <span className="mono break-long">{recallId}</span>
            <CopyValue value={recallId} />
          </Group>
        }
        actions={
          recall !== undefined && (
            <Badge size="lg" color={recall.state === 'open' ? 'red' : 'gray'}>
              {t(`state.${recall.state}`)}
            </Badge>
          )
        }
      />
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {recall === undefined ? error === null && <Skeleton h={300} /> : <Detail recall={recall} />}
    </>
  );
}

function Detail({ recall }: { readonly recall: Api.Recall }) {
  const { data: network } = useNetwork();
  const scope = useMemo((): Api.RecallSimulationInput => {
    const { from, to } = recall.window;
    return {
      items: recall.items,
      window: { ...(from !== null && { from }), ...(to !== null && { to }) },
    };
  }, [recall.items, recall.window]);
  const { data: impact } = useQuery({
    queryKey: ['recalls', 'impact', scope],
    queryFn: ({ signal }) => api.call('simulateRecall', { body: scope, signal }),
  });
  const isOpen = recall.state === 'open';
  const isOpener = network?.self === recall.openedBy;
  return (
    <Stack>
      <Facts recall={recall} />
      {isOpen && !isOpener && network !== undefined && impact !== undefined && (
        <AcknowledgePanel key={recall.id} recall={recall} impact={impact} self={network.self} />
      )}
      <AnswersPanel recall={recall} impact={impact} />
      {isOpen && isOpener && <ClosePanel recall={recall} impact={impact} />}
    </Stack>
  );
}

/** Targets shown with the notice; the others are in the spreadsheet of the impact. */
const TARGETS_SHOWN = 20;

function Facts({ recall }: { readonly recall: Api.Recall }) {
  const { t } = useTranslation('recalls');
  const { window } = recall;
  const facts: [string, ReactNode][] = [
    [t('detail.openedBy'), <OrganizationLink key="opener" did={recall.openedBy} />],
    [t('detail.class'), recall.class ?? t('detail.noClass')],
    [
      t('detail.opened'),
      <Group key="opened" gap="xs">
        <EventTime time={recall.opened.blockTime} />
        <EntryLink id={recall.opened.entryId} />
      </Group>,
    ],
    ...(recall.closed === null
      ? []
      : [
          [
            t('detail.closed'),
            <Group key="closed" gap="xs">
              <EventTime time={recall.closed.blockTime} />
              <EntryLink id={recall.closed.entryId} />
            </Group>,
          ] as [string, ReactNode],
        ]),
    ...(window.from === null && window.to === null
      ? []
      : [
          [
            t('detail.window'),
            <span key="window">
              {window.from === null ? t('detail.windowOpen') : <EventTime time={window.from} />} –{' '}
              {window.to === null ? t('detail.windowOpen') : <EventTime time={window.to} />}
            </span>,
          ] as [string, ReactNode],
        ]),
  ];
  const texts: [string, string | null][] = [
    [t('detail.reason'), recall.reason],
    [t('detail.instructions'), recall.instructions ?? t('detail.noInstructions')],
    [t('detail.closingNote'), recall.closingNote],
  ];
  return (
    <Panel title={t('detail.facts')}>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {texts.map(
        ([name, text]) =>
          text !== null && (
            <div key={name}>
              <Text size="xs" c="dimmed" mt="md">
                {name}
              </Text>
              <Text size="sm" className="recall-text">
                {text}
              </Text>
            </div>
          ),
      )}
      <Text size="xs" c="dimmed" mt="md" mb={4}>
        {t('detail.targets')} · {t('scope.targetCount', { count: recall.itemCount })}
      </Text>
      <Group gap="md">
        {recall.items.slice(0, TARGETS_SHOWN).map((id) => (
          <ThingLink key={id} id={id} />
        ))}
        {recall.items.length > TARGETS_SHOWN && (
          <Text size="sm">{t('unknown.more', { count: recall.items.length - TARGETS_SHOWN })}</Text>
        )}
      </Group>
    </Panel>
  );
}
