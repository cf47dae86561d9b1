import type { DataSource } from 'typeorm';
import { TraceQueries } from '#index';

/** What the questions are about. Identifiers are canonical, times RFC 3339. */
export interface Subjects {
  /** A sold item with a serial number. */
  readonly item: string;
  /** All serials of its product. */
  readonly pattern: string;
  /** A raw lot that went into it. */
  readonly rawLot: string;
  readonly lotName: string;
  /** Where it was sold. */
  readonly place: string;
  /** A week around its sale. */
  readonly from: string;
  readonly to: string;
  readonly receiver: string;
  readonly findingCode: string;
  readonly eventCount: number;
}

const DAY_MS = 86_400_000;

/** Chosen from the middle of what is recorded; the same data give the same. */
export async function chooseSubjects(dataSource: DataSource): Promise<Subjects> {
  const [sale] = (await dataSource.query(
    `SELECT ei.item_key AS item, e.biz_location AS place, e.event_time AS time, e.author
     FROM event e JOIN event_item ei ON ei.position = e.position
     WHERE e.biz_step = 'retail_selling' AND NOT ei.by_quantity AND e.position >= (SELECT max(position) / 2 FROM event)
     ORDER BY e.position LIMIT 1`,
  )) as [{ item: string; place: string; time: Date; author: string } | undefined];
  if (sale === undefined) throw new Error('Nothing was sold in this index; fill it with `npm run seed`.');
  const [count] = (await dataSource.query('SELECT count(*) AS events FROM event WHERE type IS NOT NULL')) as [
    { events: string },
  ];
  const [finding] = (await dataSource.query(
    'SELECT code FROM finding GROUP BY code ORDER BY count(*) DESC, code LIMIT 1',
  )) as [{ code: string }];
  const upstream = await new TraceQueries(dataSource).trace(sale.item, { direction: 'up' });
  const rawLot = upstream?.nodes
    .filter((node) => node.kind === 'lot')
    .sort((a, b) => (b.depth.up ?? 0) - (a.depth.up ?? 0))[0]?.id;
  const [, gtin, prefix, reference] = /\/01\/(0([0-9]{7})([0-9]{5})[0-9])\/21\//.exec(sale.item) ?? [];
  if (rawLot === undefined || gtin === undefined)
    throw new Error('The item that was sold was made of nothing; fill the index with `npm run seed`.');
  return {
    item: sale.item,
    pattern: `urn:epc:idpat:sgtin:${prefix}.0${reference}.*`,
    rawLot,
    lotName: rawLot.replace(/^.*\/10\//, '').replace(/-.*$/, ''),
    place: sale.place,
    from: new Date(sale.time.getTime() - 3.5 * DAY_MS).toISOString(),
    to: new Date(sale.time.getTime() + 3.5 * DAY_MS).toISOString(),
    receiver: sale.author,
    findingCode: finding.code,
    eventCount: Number(count.events),
  };
}
