import type { At, TraceDto, TraceEdgeDto } from '#index';

type Cell = string | number | boolean | null;

/**
 * A trace as tables (RFC 4180), one after the other: each begins with a line that holds its name alone, then its header; an empty line
 * parts them. Columns are only ever added at the end.
 */
export function traceCsv(trace: At<TraceDto>): string {
  const { item, direction, at, asOf, truncated } = trace;
  return [
    table('trace', ['item', 'direction', 'at', 'height', 'truncated'], [[item, direction, at, asOf.height, truncated]]),
    table(
      'nodes',
      ['id', 'kind', 'status', 'owner', 'custodian', 'container', 'lot', 'product', 'quantity', 'uom', 'bizLocation', 'readPoint', 'placeTime', 'depthUp', 'depthDown'],
      trace.nodes.map((node) => [
        node.id,
        node.kind,
        node.status,
        node.owner,
        node.custodian,
        node.container,
        node.lot,
        node.product,
        node.quantity?.value ?? null,
        node.quantity?.uom ?? null,
        node.place?.bizLocation ?? null,
        node.place?.readPoint ?? null,
        node.place?.eventTime ?? null,
        node.depth.up,
        node.depth.down,
      ]),
    ),
    table(
      'edges',
      ['kind', 'from', 'to', 'fromTime', 'toTime', 'transformationId', 'inputQuantity', 'inputUom', 'outputQuantity', 'outputUom', 'share', 'events'],
      trace.edges.map(edgeCells),
    ),
    table(
      'events',
      ['position', 'eventTime', 'type', 'action', 'bizStep', 'disposition', 'readPoint', 'bizLocation', 'eventId', 'isErrorDeclaration', 'supersededBy', 'author', 'entryId', 'height', 'items', 'findings', 'disputed'],
      trace.events.map((event) => [
        event.position,
        event.eventTime,
        event.type ?? event.kind,
        event.action,
        event.bizStep,
        event.disposition,
        event.readPoint,
        event.bizLocation,
        event.eventId,
        event.isErrorDeclaration,
        event.supersededBy,
        event.author,
        event.entryId,
        event.height,
        event.items.map((named) => named.item).join(' '),
        event.findings.map((finding) => finding.code).join(' '),
        event.disputed,
      ]),
    ),
    table(
      'tombstones',
      ['item', 'direction', 'reason', 'event'],
      trace.tombstones.map((tombstone) => [tombstone.item, tombstone.direction, tombstone.reason, tombstone.event]),
    ),
  ].join('\r\n');
}

/** From input, child or member, to output, parent or what it is a member of. */
function edgeCells(edge: TraceEdgeDto): readonly Cell[] {
  switch (edge.kind) {
    case 'transformation': {
      const { input, output, transformationId, inputQuantity, outputQuantity, share, events } = edge;
      const quantities = [inputQuantity?.value ?? null, inputQuantity?.uom ?? null, outputQuantity?.value ?? null, outputQuantity?.uom ?? null];
      return [edge.kind, input, output, null, null, transformationId, ...quantities, share, events.join(' ')];
    }
    case 'memberOf':
      return [edge.kind, edge.member, edge.of, null, null, null, null, null, null, null, null, null];
    default: {
      const events = edge.to === null ? `${edge.from.event}` : `${edge.from.event} ${edge.to.event}`;
      return [edge.kind, edge.child, edge.parent, edge.from.time, edge.to?.time ?? null, null, null, null, null, null, null, events];
    }
  }
}

function table(name: string, header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [[name], header, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

/** A spreadsheet takes what begins with one of these for a formula; identifiers are chosen by others. */
const FORMULA = /^[=+\-@\t\r]/;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
