import { Anchor, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { BlockLink } from '../../components/ids.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { entriesByHour } from './flow-of-blocks.js';

const BLOCKS_MAX = 1_000;
const DAY_MS = 86_400_000;
const LATEST = 6;

/** Blocks of the last day, newest first, as many as are looked at. */
function useBlocksOfToday() {
  return useQuery({
    queryKey: ['blocks', 'day'],
    meta: { live: true },
    queryFn: async ({ signal }) => {
      const since = Date.now() - DAY_MS;
      const blocks: Api.Block[] = [];
      for await (const block of api.each('listBlocks', { signal })) {
        if (Date.parse(block.time) < since || blocks.length === BLOCKS_MAX) break;
        blocks.push(block);
      }
      return blocks;
    },
  });
}

export function TodaysFlow() {
  const { t } = useTranslation('home');
  const organizations = useOrganizations();
  const { data: blocks, error, refetch } = useBlocksOfToday();
  const total = blocks?.reduce((sum, { entryCount }) => sum + entryCount, 0) ?? 0;
  return (
    <Panel
      title={t('flow.title')}
      aside={
        <Text size="sm" c="dimmed">
          {blocks !== undefined && t('flow.entries', { count: total })}
        </Text>
      }
    >
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {blocks === undefined && error === null && <Skeleton h={160} />}
      {blocks !== undefined && total === 0 && (
        <EmptyState icon="clock" title={t('flow.none')}>
          {t('flow.noneBody')} <code>npm run demo</code> · <a href="/docs">/docs</a>
        </EmptyState>
      )}
      {blocks !== undefined && total > 0 && (
        <>
          <HourChart blocks={blocks} />
          {blocks.length === BLOCKS_MAX && (
            <Text size="xs" c="dimmed">
              {t('flow.atLeast', { count: BLOCKS_MAX })}
            </Text>
          )}
          <ol className="latest-blocks" aria-label={t('flow.latest')}>
            {blocks.slice(0, LATEST).map(({ height, time, entryCount, proposer }) => (
              <li key={height}>
                <BlockLink height={height} />
                <span>{t('flow.blockLine', { count: entryCount, proposer: nameOf(organizations, proposer) })}</span>
                <EventTime time={time} />
              </li>
            ))}
          </ol>
          <Anchor component={Link} to="/chain" size="sm">
            {t('flow.allBlocks')}
          </Anchor>
        </>
      )}
    </Panel>
  );
}

const BAR = { width: 14, gap: 4, height: 84 };

function HourChart({ blocks }: { readonly blocks: readonly Api.Block[] }) {
  const { t, i18n } = useTranslation('home');
  const hours = entriesByHour(blocks, Date.now());
  const most = Math.max(1, ...hours.map(({ entries }) => entries));
  const hourName = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return (
    <svg
      className="hour-chart"
      viewBox={`0 0 ${hours.length * (BAR.width + BAR.gap)} ${BAR.height + 16}`}
      role="img"
      aria-label={`${t('flow.chart')}: ${hours
        .filter(({ entries }) => entries > 0)
        .map(({ start, entries }) => t('flow.hour', { hour: hourName.format(start), count: entries }))
        .join('; ')}`}
    >
      {hours.map(({ start, entries }, index) => {
        const height = entries === 0 ? 2 : Math.max(4, (entries / most) * BAR.height);
        return (
          <g key={start} transform={`translate(${index * (BAR.width + BAR.gap)} 0)`}>
            <rect
              y={BAR.height - height}
              width={BAR.width}
              height={height}
              rx={3}
              data-empty={entries === 0 || undefined}
            >
              <title>{t('flow.hour', { hour: hourName.format(start), count: entries })}</title>
            </rect>
            {index % 6 === 5 && (
              <text
                x={index === hours.length - 1 ? BAR.width : BAR.width / 2}
                y={BAR.height + 13}
                textAnchor={index === hours.length - 1 ? 'end' : 'middle'}
              >
                {hourName.format(start)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
