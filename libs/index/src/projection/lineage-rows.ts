import type { DecodedEntry } from '#ledger';
import { asTraceAction } from '#trace';
import type { LineageRow } from '../rows/lineage.row.js';
import { eventPosition } from './event-position.js';

/** What the transformations of an entry consumed and made. An error declaration repeats an event, it does not happen again. */
export function lineageRows({ action, statement }: DecodedEntry, logIndex: number): readonly LineageRow[] {
  const decoded = asTraceAction(action);
  if (decoded.kind !== 'epcis.capture') return [];
  const rows: LineageRow[] = [];
  for (const event of decoded.events) {
    if (event.type !== 'TransformationEvent' || event.errorDeclaration !== undefined) continue;
    const position = eventPosition(logIndex, event.index);
    const transformation = transformationKey(position, statement.issuer, event.transformationId);
    for (const [ordinal, { role, id, quantity }] of event.items.entries()) {
      if (role !== 'input' && role !== 'output') continue;
      rows.push({
        itemKey: id.key,
        position,
        ordinal,
        role,
        transformation,
        byQuantity: quantity !== undefined,
        quantity: quantity?.value ?? null,
        uom: quantity?.uom ?? null,
      });
    }
  }
  return rows;
}

/**
 * Events with the same transformationID are one transformation, every input of which may be in every output. Only those of one author:
 * nobody puts inputs into the products of another organisation by using its ids.
 */
export function transformationKey(position: number, author: string, transformationId: string | undefined): string {
  return transformationId === undefined ? `${position}` : `${author} ${transformationId}`;
}
