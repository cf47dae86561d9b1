import { Alert, Badge, Button, Code, Skeleton, Text, Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { useFindingName } from '../../components/finding-name.js';
import { duration } from '../../components/format-time.js';
import { Icon, type IconName } from '../../components/icons.js';
import { BlockLink, EntryLink, ThingLink } from '../../components/ids.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useEventTitle } from './event-title.js';
import { timeline, type Grade, type TimelineEntry } from './timeline.js';
import { useHistory } from './use-item.js';
import { OrganizationLink } from '../../components/organization-link.js';

const GRADE_COLORS: Readonly<Record<Grade, string>> = {
  stated: 'gray',
  confirmed: 'teal',
  certified: 'violet',
  offered: 'blue',
  disputed: 'red',
  withdrawn: 'orange',
};

/** What happened, in order: who, what, where, when, and how much stands behind it. */
export function Journey({ id }: { readonly id: string }) {
  const { t, i18n } = useTranslation('items');
  const history = useHistory(id);
  const entries = useMemo(() => timeline(history.data?.pages.flatMap(({ events }) => events) ?? []), [history.data]);
  if (history.error !== null) return <ProblemAlert error={history.error} onRetry={() => void history.refetch()} />;
  if (history.isPending) return <Skeleton h={320} />;
  if (entries.length === 0) {
    return (
      <EmptyState icon="clock" title={t('journey.none')}>
        {t('journey.noneBody')}
      </EmptyState>
    );
  }
  return (
    <Panel title={t('journey.label')}>
      {history.data.pages.some(({ truncated }) => truncated) && <Alert color="yellow">{t('journey.truncated')}</Alert>}
      <ol className="journey">
        {entries.map((entry) =>
          entry.kind === 'gap' ? (
            <li key={`gap ${entry.after}`} className="journey-gap">
              <Icon name="clock" size={14} /> {t('journey.gap', { duration: duration(entry.ms, i18n.language) })}
            </li>
          ) : (
            <JourneyEvent key={`${entry.event.entryId} ${entry.event.eventIndex}`} entry={entry} />
          ),
        )}
      </ol>
      {history.hasNextPage && (
        <Button variant="light" onClick={() => void history.fetchNextPage()} loading={history.isFetchingNextPage}>
          {t('journey.more')}
        </Button>
      )}
    </Panel>
  );
}

function iconOf(kind: string, bizStep: string | null): IconName {
  if (kind.startsWith('transfer.')) return 'transfer';
  if (kind.startsWith('recall.')) return 'recall';
  if (kind.endsWith('.commission') || bizStep === 'commissioning') return 'product';
  return bizStep === 'inspecting' ? 'seal' : 'items';
}

function JourneyEvent({ entry }: { readonly entry: Extract<TimelineEntry, { kind: 'event' }> }) {
  const { t } = useTranslation('items');
  const titleOf = useEventTitle();
  const findingName = useFindingName();
  const { event, grade, counterparty } = entry;
  const place = event.bizLocation ?? event.readPoint;
  return (
    <li className="journey-event" data-grade={grade}>
      <span className="journey-icon">
        <Icon name={iconOf(event.kind, event.bizStep)} size={18} />
      </span>
      <div className="journey-body">
        <div className="journey-head">
          <Text fw={650} {...(grade === 'withdrawn' && { td: 'line-through' })}>
            {titleOf(event, counterparty)}
          </Text>
          <Tooltip label={t(`gradeDetail.${grade}`)} multiline maw={300}>
            <Badge color={GRADE_COLORS[grade]} tabIndex={0}>
              {t(`grade.${grade}`)}
            </Badge>
          </Tooltip>
        </div>
        <dl className="facts small">
          <div>
            <dt>{t('journey.who')}</dt>
            <dd>
              <OrganizationLink did={event.author} withCopy={false} />
            </dd>
          </div>
          <div>
            <dt>{t('journey.where')}</dt>
            <dd>
              {place === null ? (
                <span className="dimmed">{t('journey.placeUnknown')}</span>
              ) : (
                <ThingLink id={place} withCopy={false} />
              )}
            </dd>
          </div>
          {event.inheritedFrom !== null && (
            <div>
              <dt>{t('journey.inside')}</dt>
              <dd>
                <ThingLink id={event.inheritedFrom} withCopy={false} />
              </dd>
            </div>
          )}
          <div>
            <dt>{t('journey.entry')}</dt>
            <dd>
              <EntryLink id={event.entryId} />
            </dd>
          </div>
          <div>
            <dt>{t('journey.block')}</dt>
            <dd>
              <BlockLink height={event.height} />
            </dd>
          </div>
        </dl>
        {event.findings.map((finding, index) => (
          <Alert key={index} color="orange" icon={<Icon name="alert" size={16} />} py="xs" mt="xs">
            <strong title={finding.code}>{findingName(finding.code)}</strong>: {finding.detail}{' '}
            {finding.contradicts.length > 0 && (
              <>
                ({t('journey.findingContradicts')}{' '}
                {finding.contradicts.map((other) => (
                  <EntryLink key={other} id={other} chars={8} />
                ))}
                )
              </>
            )}
          </Alert>
        ))}
        <details className="raw">
          <summary>{t('journey.raw')}</summary>
          <Code block>{JSON.stringify(event.event, undefined, 2)}</Code>
        </details>
      </div>
      <div className="journey-time">
        <EventTime time={event.eventTime} offset={event.eventTimeZoneOffset} withViewer />
      </div>
    </li>
  );
}
