import type { Party, PublicRecord, PublicStep } from './public-record.types.js';

const CONTEXT = {
  schema: 'https://schema.org/',
  gs1: 'https://ref.gs1.org/voc/',
  lading: 'urn:lading:terms#',
};
const TYPES = {
  product: 'schema:Product',
  lot: 'schema:SomeProducts',
  item: 'schema:IndividualProduct',
  unit: 'gs1:LogisticUnit',
} as const;

/** A record as JSON-LD: what the page says, for programs. Absent values are left out. */
export function publicData(record: PublicRecord): object {
  const { subject, product } = record;
  return {
    '@context': CONTEXT,
    '@id': subject.key,
    '@type': TYPES[subject.kind],
    'gs1:gtin': subject.gtin,
    'gs1:sscc': subject.sscc,
    'gs1:hasBatchLotNumber': subject.lot,
    'gs1:hasSerialNumber': subject.serial,
    ...(product && {
      'schema:name': [product.name, ...(product.nameZh ? [{ '@value': product.nameZh, '@language': 'zh-Hans' }] : [])],
      'lading:registeredBy': party(product.owner),
    }),
    'gs1:expirationDate': record.expires,
    'gs1:bestBeforeDate': record.bestBefore,
    'lading:quantity': record.quantity,
    'lading:status': record.status,
    'lading:notes': record.notes,
    'lading:recalls': record.recalls.map(({ entryId, height, title, instructions, since }) => ({
      'lading:entryId': entryId,
      'lading:height': height,
      'schema:name': title,
      'lading:instructions': instructions ?? undefined,
      'lading:since': since,
    })),
    'lading:steps': record.steps.map(step),
    'lading:isCut': record.isCut,
    'lading:history': record.history && {
      'lading:count': record.history.count,
      'lading:digest': record.history.digest,
    },
    'lading:asOfHeight': record.height,
  };
}

function step(of: PublicStep): object {
  return {
    'lading:step': of.what,
    'lading:day': of.day,
    'lading:by': party(of.by),
    'lading:to': of.to && party(of.to),
    'lading:place': of.place,
    'lading:grade': of.grade,
    'lading:isContradicted': of.isContradicted,
    'lading:isOfContainer': of.isOfContainer,
    'lading:entries': of.entries.map(({ entryId, height }) => ({
      'lading:entryId': entryId,
      'lading:height': height,
    })),
  };
}

function party({ role, name }: Party): object {
  return { 'lading:role': role === 'brand' ? 'brand' : `organization-${role}`, 'schema:name': name };
}
