import '@xyflow/react/dist/style.css';
import { useComputedColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import {
  Background,
  Controls,
  Handle,
  MarkerType,
  MiniMap,
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
  readonly open: () => void;
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
/** More than this begin at the thing that was asked about, with a map, instead of too small to read. */
const LARGE_NODES = 80;
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
  const nodes = useMemo(() => {
    const open = ({ id, members }: PlacedNode): void => {
      if (members.length > 1) onExpand(id);
      else void navigate({ to: '/items/item', search: { id, tab: 'trace' } });
    };
    return [
      ...lanes(laid, laneName),
      ...laid.nodes.map((node) =>
        thing(node, {
          ...captions.node(node.id, node.members.length),
          isSubject: node.id === subject,
          open: () => open(node),
        }),
      ),
    ];
  }, [laid, laneName, subject, captions, navigate, onExpand]);
  const isLarge = laid.nodes.length > LARGE_NODES;
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
        fitViewOptions={
          isLarge ? { nodes: [{ id: subject }], maxZoom: 0.8 } : { maxZoom: 1, minZoom: 0.5, padding: 0.06 }
        }
        onlyRenderVisibleElements={isLarge}
        ariaLabelConfig={{
          'controls.ariaLabel': t('graph.controls.all'),
          'controls.zoomIn.ariaLabel': t('graph.controls.in'),
          'controls.zoomOut.ariaLabel': t('graph.controls.out'),
          'controls.fitView.ariaLabel': t('graph.controls.fit'),
          'minimap.ariaLabel': t('graph.controls.map'),
        }}
        minZoom={0.1}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={22} />
        <Controls showInteractive={false} />
        {isLarge && <MiniMap pannable zoomable />}
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

function thing(
  { id, members, x, y }: PlacedNode,
  look: Pick<ThingData, 'title' | 'subtitle' | 'isSubject' | 'open'>,
): Node {
  const data: ThingData = { ...look, icon: ICONS[members[0]?.kind ?? 'item'] ?? 'items', count: members.length };
  return {
    id,
    type: 'thing',
    position: { x, y },
    width: NODE.width,
    height: NODE.height,
    data,
  };
}

function ThingNode({ data }: NodeProps<Node<ThingData>>) {
  return (
    <button
      type="button"
      className="trace-node nodrag"
      data-subject={data.isSubject || undefined}
      data-cluster={data.count > 1 || undefined}
      onClick={data.open}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className="trace-node-icon">
        <Icon name={data.icon} size={16} />
      </span>
      <span className="trace-node-text">
        <strong>{data.title}</strong>
        <span>{data.subtitle}</span>
      </span>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </button>
  );
}

function LaneNode({ data }: NodeProps<Node<LaneData>>) {
  return <div className="trace-lane">{data.name}</div>;
}

/** `0.333334` → `33 %`, never more than it is. */
function percent(share: string): string {
  return `${Math.floor(Number(share) * 100)} %`;
}
