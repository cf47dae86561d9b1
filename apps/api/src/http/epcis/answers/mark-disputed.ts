import type { FoundEvent } from '#index';

/** What the ledger adds to events, beside the members that EPCIS has for it. */
const LEDGER_TERMS = 'urn:lading:terms#';

export interface MarkedEvent extends FoundEvent {
  /** Member that says that the event is disputed, with its prefix declared in `namespaces`; undefined for others. */
  readonly disputedMember: string | undefined;
}

/**
 * Gives each disputed event the name of an extension member `…:disputed`. Its prefix is one that the event does not use itself: who
 * signed with a stolen key must not be able to take the mark away by taking its name.
 */
export function markDisputed(event: FoundEvent): MarkedEvent {
  if (!event.disputed) return { ...event, disputedMember: undefined };
  let prefix = 'lading';
  for (let i = 2; prefix in event.namespaces || event.raw.includes(`"${prefix}:`); i++) prefix = `lading${i}`;
  return {
    ...event,
    namespaces: { ...event.namespaces, [prefix]: LEDGER_TERMS },
    disputedMember: `${prefix}:disputed`,
  };
}
