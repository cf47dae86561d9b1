import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { nameOf, useOrganizations } from '../../../app/use-organizations.js';
import { DataTable, type DataColumn } from '../../../components/data-table.js';
import { EventTime } from '../../../components/event-time.js';
import { ThingLink } from '../../../components/ids.js';
import type { GraphLink, TraceGraph } from './trace-graph.js';

/** The graph's links, one per line. */
export function TraceTable({ graph }: { readonly graph: TraceGraph }) {
  const { t } = useTranslation('items');
  const organizations = useOrganizations();
  const laneOf = useMemo(() => new Map(graph.nodes.map(({ id, lane }) => [id, lane])), [graph]);
  const columns = useMemo(
    (): readonly DataColumn<GraphLink>[] => [
      {
        id: 'from',
        header: t('graph.columns.from'),
        width: 'minmax(220px, 1.5fr)',
        value: ({ from }) => from,
        cell: ({ from }) => <ThingLink id={from} withCopy={false} />,
      },
      { id: 'link', header: t('graph.columns.link'), width: '120px', value: ({ kind }) => t(`graph.edge.${kind}`) },
      {
        id: 'to',
        header: t('graph.columns.to'),
        width: 'minmax(220px, 1.5fr)',
        value: ({ to }) => to,
        cell: ({ to }) => <ThingLink id={to} withCopy={false} />,
      },
      {
        id: 'share',
        header: t('graph.columns.share'),
        width: '90px',
        isNumber: true,
        value: ({ share }) => share ?? '',
      },
      {
        id: 'lane',
        header: t('graph.lane'),
        width: '130px',
        value: ({ to }) => nameOf(organizations, laneOf.get(to) ?? ''),
      },
      {
        id: 'since',
        header: t('graph.columns.when'),
        width: '190px',
        value: ({ since }) => since ?? '',
        cell: ({ since }) => (since === null ? null : <EventTime time={since} />),
      },
    ],
    [t, organizations, laneOf],
  );
  return (
    <DataTable
      label={t('graph.title')}
      columns={columns}
      rows={graph.links}
      rowId={({ from, to, kind }) => `${from} ${to} ${kind}`}
      empty={null}
    />
  );
}
