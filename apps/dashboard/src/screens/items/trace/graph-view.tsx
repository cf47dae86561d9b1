import '@xyflow/react/dist/style.css';
import { useComputedColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import {
  Background,
  Controls,
  Handle,
  MarkerType,
  Position,
  ReactFlow,
  type Edge,
  type Node,
  type NodeProps,
} from '@xyflow/react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../../../components/icons.js';
import type { Captions } from './graph-to-svg.js';
import { NODE, type LaidOut, type PlacedNode } from './lay-out.js';

interface ThingData extends Record<string, unknown> {
  readonly title: string;
  readonly subtitle: string;
  readonly icon: IconName;
  readonly isSubject: boolean;
  readonly count: number;
}
interface LaneData extends Record<string, unknown> {
  readonly name: string;
}

const ICONS: Readonly<Record<string, IconName>> = {
  item: 'items',
  lot: 'product',
  class: 'product',
  container: 'graph',
};
const NODE_TYPES = { thing: ThingNode, lane: LaneNode };

export interface GraphViewProps {
  readonly laid: LaidOut;
  /** The thing that was asked about. */
  readonly subject: string;
  readonly captions: Captions;
  readonly laneName: (did: string) => string;
  readonly onExpand: (id: string) => void;
}

/** The picture to move about in. A click leads on; a cluster opens. The table beside it says the same without a picture. */
export function GraphView({ laid, subject, captions, laneName, onExpand }: GraphViewProps) {
  const { t } = useTranslation('items');
  const navigate = useNavigate();
  const scheme = useComputedColorScheme('light');
  const nodes = useMemo(
    () => [...lanes(laid, laneName), ...laid.nodes.map((node) => thing(node, subject, captions))],
    [laid, laneName, subject, captions],
  );
  const edges = useMemo(
    () =>
      laid.links.map(({ from, to, kind, share }): Edge => ({
        id: `${from} ${to} ${kind}`,
        source: from,
        target: to,
        label: kind === 'transformation' && share !== null ? percent(share) : t(`graph.edge.${kind}`),
        markerEnd: { type: MarkerType.ArrowClosed },
        className: `link-${kind}`,
        focusable: false,
      })),
    [laid, t],
  );
  return (
    <div className="trace-canvas" style={{ height: Math.min(640, Math.max(300, laid.height + 60)) }}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        colorMode={scheme}
        fitView
        fitViewOptions={{ maxZoom: 1, minZoom: 0.5, padding: 0.06 }}
        minZoom={0.1}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        proOptions={{ hideAttribution: true }}
        onNodeClick={(_event, node) => {
          if (node.type !== 'thing') return;
          if ((node.data as ThingData).count > 1) onExpand(node.id);
          else void navigate({ to: '/items/item', search: { id: node.id, tab: 'trace' } });
        }}
      >
        <Background gap={22} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}

function lanes({ lanes: list, width }: LaidOut, laneName: (did: string) => string): Node[] {
  return list.map(({ id, y, height }) => ({
    id: `lane ${id}`,
    type: 'lane',
    position: { x: 0, y },
    width,
    height,
    data: { name: laneName(id) } satisfies LaneData,
    selectable: false,
    focusable: false,
    zIndex: -1,
  }));
}

function thing({ id, members, x, y }: PlacedNode, subject: string, captions: Captions): Node {
  const data: ThingData = {
    ...captions.node(id, members.length),
    icon: ICONS[members[0]?.kind ?? 'item'] ?? 'items',
    isSubject: id === subject,
    count: members.length,
  };
  return {
    id,
    type: 'thing',
    position: { x, y },
    width: NODE.width,
    height: NODE.height,
    data,
    ariaLabel: `${data.title}, ${data.subtitle}`,
  };
}

function ThingNode({ data }: NodeProps<Node<ThingData>>) {
  return (
    <div className="trace-node" data-subject={data.isSubject || undefined} data-cluster={data.count > 1 || undefined}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className="trace-node-icon">
        <Icon name={data.icon} size={16} />
      </span>
      <span className="trace-node-text">
        <strong>{data.title}</strong>
        <span>{data.subtitle}</span>
      </span>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}

function LaneNode({ data }: NodeProps<Node<LaneData>>) {
  return <div className="trace-lane">{data.name}</div>;
}

/** `0.333334` → `33 %`, never more than it is. */
function percent(share: string): string {
  return `${Math.floor(Number(share) * 100)} %`;
}
