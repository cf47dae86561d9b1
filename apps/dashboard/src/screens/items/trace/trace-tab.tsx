import { Badge, Button, Group, SegmentedControl, Skeleton, Slider, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../app/api.js';
import { nameOf, useOrganizations } from '../../../app/use-organizations.js';
import { useProductNames } from '../../../app/use-product-names.js';
import { describeThing } from '../../../components/describe-thing.js';
import { download } from '../../../components/download.js';
import { EmptyState } from '../../../components/empty-state.js';
import { Icon } from '../../../components/icons.js';
import { Panel } from '../../../components/panel.js';
import { ProblemAlert } from '../../../components/problem-alert.js';
import { graphToSvg, svgToPng, type Captions } from './graph-to-svg.js';
import { GraphView } from './graph-view.js';
import { layOut } from './lay-out.js';
import { TraceTable } from './trace-table.js';
import { traceGraph } from './trace-graph.js';

const NODES_MAX = 500;
const DEPTH_DEFAULT = 5;
const DEPTH_MAX = 15;

/** Reasons why branches end, as far as they fit in a line or two. */
const TOMBSTONES_SHOWN = 6;

type Direction = 'up' | 'down' | 'both';

/** What it was made of and what became of it: as a picture, and as a table that says the same. */
export function TraceTab({ id }: { readonly id: string }) {
  const { t } = useTranslation(['items', 'app']);
  const organizations = useOrganizations();
  const [direction, setDirection] = useState<Direction>('both');
  const [depth, setDepth] = useState(DEPTH_DEFAULT);
  const [view, setView] = useState<'graph' | 'table'>('graph');
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const captions = useCaptions();
  const {
    data: trace,
    error,
    refetch,
  } = useQuery({
    queryKey: ['item', id, 'trace', direction, depth],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.call('traceItem', { path: { id }, query: { direction, depth, limit: NODES_MAX }, signal }),
  });
  const graph = useMemo(() => trace && traceGraph(trace, (first) => expanded.has(first)), [trace, expanded]);
  const laid = useMemo(() => graph && layOut(graph), [graph]);

  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (trace === undefined || graph === undefined || laid === undefined) return <Skeleton h={420} />;
  const fileName = `trace-${describeThing(id).label}`;
  const savePng = async (): Promise<void> =>
    download(`${fileName}.png`, await svgToPng(graphToSvg(laid, captions)), 'image/png');
  return (
    <Panel
      title={t('graph.title')}
      aside={
        <Text size="sm" c="dimmed" role="status">
          {t('graph.summary', {
            nodes: graph.nodes.reduce((sum, { members }) => sum + members.length, 0),
            edges: graph.links.length,
            lanes: graph.lanes.length,
          })}
        </Text>
      }
      padded={false}
    >
      <Group px="lg" pb="sm" gap="lg" align="center">
        <SegmentedControl
          aria-label={t('graph.direction')}
          size="xs"
          value={direction}
          onChange={(value) => setDirection(value as Direction)}
          data={(['up', 'both', 'down'] as const).map((value) => ({ value, label: t(`graph.${value}`) }))}
        />
        <Group gap="xs">
          <Text size="xs" fw={600}>
            {t('graph.depth')}
          </Text>
          <Slider
            w={140}
            min={1}
            max={DEPTH_MAX}
            value={depth}
            onChange={setDepth}
            label={(count) => t('graph.steps', { count })}
            thumbLabel={t('graph.depth')}
          />
          <Text size="xs" c="dimmed" w={56}>
            {t('graph.steps', { count: depth })}
          </Text>
        </Group>
        <SegmentedControl
          aria-label={t('graph.view')}
          size="xs"
          value={view}
          onChange={(value) => setView(value as 'graph' | 'table')}
          data={[
            { value: 'graph', label: t('graph.asGraph') },
            { value: 'table', label: t('graph.asTable') },
          ]}
        />
        <Group gap={6} ml="auto">
          {expanded.size > 0 && (
            <Button size="compact-xs" variant="default" onClick={() => setExpanded(new Set())}>
              {t('graph.collapse')}
            </Button>
          )}
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<Icon name="download" size={14} />}
            onClick={() => download(`${fileName}.svg`, graphToSvg(laid, captions), 'image/svg+xml')}
          >
            {t('graph.exportSvg')}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<Icon name="download" size={14} />}
            onClick={() => void savePng()}
          >
            {t('graph.exportPng')}
          </Button>
        </Group>
      </Group>
      {trace.truncated && (
        <Text size="sm" px="lg" pb="sm">
          {t('graph.truncated')}
        </Text>
      )}
      {trace.tombstones.length > 0 && (
        <Group px="lg" pb="sm" gap="xs">
          {trace.tombstones.slice(0, TOMBSTONES_SHOWN).map(({ item, reason, direction: way }) => (
            <Badge key={`${item} ${reason} ${way}`} color="yellow">
              {captions.node(item, 1).title}: {t(`graph.tombstone.${reason}`)}
            </Badge>
          ))}
        </Group>
      )}
      {graph.links.length === 0 ? (
        <EmptyState icon="graph" title={t('graph.alone')}>
          {t('graph.aloneBody')}
        </EmptyState>
      ) : view === 'table' ? (
        <TraceTable graph={graph} />
      ) : (
        <Stack gap={0}>
          <GraphView
            laid={laid}
            subject={trace.item}
            captions={captions}
            laneName={(did) => nameOf(organizations, did)}
            onExpand={(first) => setExpanded(new Set([...expanded, first]))}
          />
        </Stack>
      )}
    </Panel>
  );
}

function useCaptions(): Captions {
  const { t } = useTranslation(['items', 'app']);
  const organizations = useOrganizations();
  const products = useProductNames();
  return useMemo(
    () => ({
      lane: (did) => nameOf(organizations, did),
      node: (id, count) => {
        const { kind, label, gtin } = describeThing(id);
        const product = gtin === undefined ? undefined : products.get(gtin);
        if (count > 1) return { title: t('graph.cluster', { count }), subtitle: product ?? t(`app:thing.${kind}`) };
        return { title: kind === 'product' ? (product ?? label) : label, subtitle: product ?? t(`app:thing.${kind}`) };
      },
    }),
    [t, organizations, products],
  );
}
