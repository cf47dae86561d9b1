import { JsonObject } from '#codec';
import type { EpcisEvent } from '../epcis/epcis-event.types.js';
import { gtinOfKey, isSerialOrLot, lotKey } from '../identifiers/gtin.js';
import { checkUse } from './check-use.js';
import { commissionByEvent } from './commission.js';
import { applyPacking, applyUnpacking } from './containment.js';
import { endingStatus, endItem } from './end-of-life.js';
import { addUsed, takeBackQuantities } from './quantities.js';
import { checkSpeed, forgetSightings } from './check-speed.js';
import { isThing, itemsInRole, mayHandle, type EventExecution } from './event-execution.js';

/**
 * What a recorded event does: the history of each item it names grows, contradictions become findings, and what the
 * author may decide changes. Ownership and custody of a commissioned item never change by an event.
 *
 * An error declaration repeats an event that was carried out when it was recorded, so it joins the histories. The quantities
 * and the place that the event told are taken back; what it did to items is not undone (the corrective events say what is true
 * now).
 */
export function applyEvent(execution: EventExecution): void {
  const { event, items } = execution;
  for (const { id } of event.items) items.concern(id.key);
  if (event.errorDeclaration !== undefined) {
    takeBackQuantities(execution);
    forgetSightings(execution);
    return;
  }

  const commissions = (role: string): boolean =>
    (event.type === 'ObjectEvent' && event.action === 'ADD') ||
    (event.type === 'TransformationEvent' && role === 'output');
  const lotNumber = lotNumberOf(event);
  for (const item of event.items) {
    if (commissions(item.role)) commissionByEvent(execution, item);
    else checkUse(execution, item);
    const lot = item.id.lot ?? (commissions(item.role) ? lotOfSerial(item.id.key, lotNumber) : undefined);
    if (lot !== undefined) joinLot(execution, item.id.key, lot);
  }
  checkSpeed(execution);
  switch (event.type) {
    case 'ObjectEvent':
      applyEnding(execution);
      return;
    case 'AggregationEvent':
      if (event.action === 'ADD') applyPacking(execution);
      if (event.action === 'DELETE') applyUnpacking(execution);
      return;
    case 'TransformationEvent':
      applyConsumption(execution);
      return;
  }
}

/** `urn:epcglobal:cbv:mda:lotNumber` of the event's instance and lot master data, as the standard's own context spells it. */
function lotNumberOf({ json }: EpcisEvent): string | undefined {
  const ilmd = json.get('ilmd');
  if (!(ilmd instanceof JsonObject)) return undefined;
  const lot = ilmd.get('cbvmda:lotNumber') ?? ilmd.get('urn:epcglobal:cbv:mda:lotNumber');
  return typeof lot === 'string' && isSerialOrLot(lot) ? lot : undefined;
}

/** The lot of a serial number that came into being in it; only serials of a GTIN have lots of their class. */
function lotOfSerial(key: string, lotNumber: string | undefined): string | undefined {
  const gtin = gtinOfKey(key);
  return lotNumber !== undefined && gtin !== undefined && key.includes('/21/') ? lotKey(gtin, lotNumber) : undefined;
}

/** The identifier itself names the lot (`…/10/lot/21/serial`), or the ILMD of the event that made the item. The first that is said stays. */
function joinLot(execution: EventExecution, key: string, lot: string): void {
  const item = execution.items.concern(key);
  if (item.lot === undefined && mayHandle(execution, item)) item.lot = lot;
}

/** Only the owner ends an item: what nobody has commissioned cannot end, and a holder's word is a claim. */
function applyEnding(execution: EventExecution): void {
  const status = endingStatus(execution.event);
  if (status === undefined) return;
  for (const eventItem of itemsInRole(execution.event, 'epc')) addUsed(execution, eventItem);
  for (const eventItem of itemsInRole(execution.event, 'epc')) {
    const item = execution.items.concern(eventItem.id.key);
    if (isThing(eventItem) && item.status === 'active' && item.owner === execution.context.author) {
      endItem(execution, eventItem.id.key, item, status);
    }
  }
}

/** Single things that the author owns or holds are used up by a transformation; of lots and classes only a quantity is. */
function applyConsumption(execution: EventExecution): void {
  for (const input of itemsInRole(execution.event, 'input')) {
    addUsed(execution, input);
    const item = execution.items.concern(input.id.key);
    if (isThing(input) && item.status === 'active' && mayHandle(execution, item))
      endItem(execution, input.id.key, item, 'inactive');
  }
}
