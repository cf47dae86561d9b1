// Things, and events that happen to them, of the tests about items.

export const GTIN = '09521101530001';
export const itemOf = (serial: string): string => `https://id.gs1.org/01/${GTIN}/21/${serial}`;
export const CASE = 'https://id.gs1.org/00/095211010000000016';
export const PALLET = 'https://id.gs1.org/00/095211010000000023';

/** On the morning of one day, by its minutes. */
export const at = (minute: number): { eventTime: string; eventTimeZoneOffset: string } => ({
  eventTime: `2026-02-01T10:${String(minute).padStart(2, '0')}:00.000Z`,
  eventTimeZoneOffset: '+00:00',
});
export const aggregation = (action: 'ADD' | 'DELETE', minute: number, parentID: string, childEPCs: readonly string[], more: object = {}): object => ({
  type: 'AggregationEvent',
  action,
  parentID,
  childEPCs,
  bizStep: action === 'ADD' ? 'packing' : 'unpacking',
  ...at(minute),
  ...more,
});
export const seen = (minute: number, epc: string, bizStep: string, more: object = {}): object => ({
  type: 'ObjectEvent',
  action: 'OBSERVE',
  epcList: [epc],
  bizStep,
  ...at(minute),
  ...more,
});
