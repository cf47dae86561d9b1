import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { itemCommissioning, lotCommissioning, productRegistration } from '#trace';
import { TestChain } from '../../testing/test-chain.js';
import { startTestPostgres, type TestPostgres } from '../../testing/test-postgres.js';
import { checksum, createIndexDataSource, dropIndex, migrate, project, TraceQueries, type TraceDto, type TraceRequest } from '../index.js';

const GTIN = '09521101530001';
const CLASS = `https://id.gs1.org/01/${GTIN}`;
const NAMES = {
  case1: 'https://id.gs1.org/00/095211010000000016',
  case2: 'https://id.gs1.org/00/095211010000000030',
  pallet: 'https://id.gs1.org/00/095211010000000023',
} as const;
/** Short names for the canonical keys of these stories: `s:…` serials, `l:…` lots. */
const keyOf = (name: string): string =>
  name.startsWith('s:') ? `${CLASS}/21/${name.slice(2)}` : name.startsWith('l:') ? `${CLASS}/10/${name.slice(2)}` : ((NAMES as Record<string, string>)[name] ?? CLASS);
const nameOf = (key: string): string =>
  Object.entries(NAMES).find(([, known]) => known === key)?.[0] ?? key.replace(`${CLASS}/21/`, 's:').replace(`${CLASS}/10/`, 'l:').replace(CLASS, 'class');

const timeOf = (minute: number): string => `2026-02-01T10:${String(minute).padStart(2, '0')}:00.000Z`;
const at = (minute: number): object => ({ eventTime: timeOf(minute), eventTimeZoneOffset: '+00:00' });
const quantities = (list: Readonly<Record<string, string>>): object[] =>
  Object.entries(list).map(([name, text]) => ({ epcClass: keyOf(name), quantity: Number(text), uom: 'KGM' }));

describe('the trace of an item', () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;
  let chain: TestChain;

  beforeAll(async () => {
    postgres = await startTestPostgres(process.env['DATABASE_URL']);
    dataSource = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 2 }).initialize();
    await migrate(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });
  beforeEach(async () => {
    await dropIndex(dataSource);
    chain = new TestChain();
    chain.append(chain.entry(chain.maker, productRegistration({ gtin: GTIN, name: 'Olive oil' })));
  });

  const record = (...events: object[]): number => chain.append(...events.map((event) => chain.capture(chain.maker, event)));
  const pack = (minute: number, parent: string, ...children: string[]): object => ({
    type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', parentID: keyOf(parent), childEPCs: children.map(keyOf), ...at(minute),
  });
  const unpack = (minute: number, parent: string, ...children: string[]): object => ({
    type: 'AggregationEvent', action: 'DELETE', bizStep: 'unpacking', parentID: keyOf(parent), ...(children.length > 0 && { childEPCs: children.map(keyOf) }), ...at(minute),
  });
  const seen = (minute: number, item: string, bizStep: string, readPoint?: string): object => ({
    type: 'ObjectEvent', action: 'OBSERVE', epcList: [keyOf(item)], bizStep, ...(readPoint && { readPoint: { id: readPoint } }), ...at(minute),
  });
  const make = (...serials: string[]): void => {
    chain.append(chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials: serials.map((serial) => serial.slice(2)) })));
  };
  const blend = (minute: number, inputs: Readonly<Record<string, string>>, outputs: Readonly<Record<string, string>>, more: object = {}): object => ({
    type: 'TransformationEvent',
    ...(Object.keys(inputs).length > 0 && { inputQuantityList: quantities(inputs) }),
    ...(Object.keys(outputs).length > 0 && { outputQuantityList: quantities(outputs) }),
    ...at(minute), ...more,
  });
  const transform = (minute: number, inputs: string[], outputs: string[], more: object = {}): object => ({
    type: 'TransformationEvent', inputEPCList: inputs.map(keyOf), outputEPCList: outputs.map(keyOf), ...at(minute), ...more,
  });

  async function trace(item: string, request: TraceRequest): Promise<TraceDto> {
    await project(dataSource, chain.blocks);
    const found = await new TraceQueries(dataSource).trace(keyOf(item), request);
    if (found === undefined) throw new Error(`nothing known of ${item}`);
    return found;
  }
  const reached = ({ nodes }: TraceDto): string[] => nodes.filter((node) => node.depth.up !== null || node.depth.down !== null).map((node) => nameOf(node.id)).sort();
  const edges = (found: TraceDto): string[] =>
    found.edges.flatMap((edge) => {
      if (edge.kind === 'transformation') return [`${nameOf(edge.input)} > ${nameOf(edge.output)}`];
      if (edge.kind === 'memberOf') return [];
      return [`${nameOf(edge.child)} in ${nameOf(edge.parent)} ${edge.from.time.slice(14, 16)}-${edge.to?.time.slice(14, 16) ?? ''}`];
    });
  const steps = ({ events }: TraceDto): string[] => events.filter((event) => event.type !== null).map((event) => `${event.eventTime.slice(14, 16)} ${event.bizStep}`);

  it('goes from a pallet to its cases and items, and from an item to what it is in', async () => {
    make('s:A', 's:B');
    record(pack(1, 'case1', 's:A', 's:B'), pack(2, 'pallet', 'case1'), seen(3, 'pallet', 'shipping', 'https://id.gs1.org/414/9521101000009'));
    const up = await trace('pallet', { direction: 'up' });
    expect(reached(up)).toEqual(['case1', 'pallet', 's:A', 's:B']);
    expect(edges(up)).toEqual(['s:A in case1 01-', 's:B in case1 01-', 'case1 in pallet 02-']);
    const down = await trace('s:A', { direction: 'down' });
    expect(reached(down)).toEqual(['case1', 'pallet', 's:A']);
    expect(steps(down)).toEqual(['01 packing', '02 packing', '03 shipping']);
    const [first] = down.nodes;
    expect(first).toMatchObject({ id: keyOf('s:A'), kind: 'item', status: 'active', owner: chain.maker.did, place: { readPoint: 'https://id.gs1.org/414/9521101000009' } });
    expect(down.nodes.find((node) => node.id === NAMES.pallet)).toMatchObject({ kind: 'container', depth: { up: null, down: 2 } });
    expect(down.tombstones).toEqual([]);
  });

  it('follows a repacked item out of one case into the other, and no sibling', async () => {
    make('s:A', 's:B', 's:C');
    record(pack(1, 'case1', 's:A', 's:B'), seen(2, 'case1', 'shipping'), unpack(3, 'case1', 's:A'), pack(4, 'case2', 's:A', 's:C'));
    record(seen(5, 'case1', 'receiving'), seen(6, 'case2', 'receiving'));
    const down = await trace('s:A', { direction: 'down' });
    expect(reached(down)).toEqual(['case1', 'case2', 's:A']);
    expect(edges(down)).toEqual(['s:A in case1 01-03', 's:A in case2 04-']);
    expect(steps(down)).toEqual(['01 packing', '02 shipping', '03 unpacking', '04 packing', '06 receiving']);
    const up = await trace('case1', { direction: 'up', atMs: Date.parse(timeOf(2)) });
    expect(reached(up)).toEqual(['case1', 's:A', 's:B']);
    expect(reached(await trace('case1', { direction: 'up' }))).toEqual(['case1', 's:B']);
  });

  it('goes back through merging and splitting with quantities and shares, exact to the digit', async () => {
    record(blend(1, { 'l:R1': '10.50', 'l:R2': '4.5' }, { 'l:M': '15' }), blend(2, { 'l:M': '6' }, { 'l:P1': '3', 'l:P2': '3' }));
    const up = await trace('l:P1', { direction: 'up' });
    expect(reached(up)).toEqual(['l:M', 'l:P1', 'l:R1', 'l:R2']);
    const shares = up.edges.flatMap((edge) => (edge.kind === 'transformation' ? [[nameOf(edge.input), edge.inputQuantity?.value, edge.outputQuantity?.value, edge.share]] : []));
    expect(shares).toEqual([['l:R1', '10.5', '15', '0.7'], ['l:R2', '4.5', '15', '0.3'], ['l:M', '6', '3', '1']]);
    expect(up.tombstones.map(({ item, reason }) => [nameOf(item), reason])).toEqual([['l:R1', 'unknown-item'], ['l:R2', 'unknown-item']]);
    expect(reached(await trace('l:R2', { direction: 'down' }))).toEqual(['l:M', 'l:P1', 'l:P2', 'l:R2']);
    expect(reached(await trace('l:M', { direction: 'both' }))).toEqual(['l:M', 'l:P1', 'l:P2', 'l:R1', 'l:R2']);
  });

  it('joins recordings with the same transformationID, of one author only', async () => {
    const joined = { transformationID: 'urn:example:batch:7' };
    record(blend(1, { 'l:R': '1' }, {}, joined), blend(9, {}, { 'l:P': '1' }, joined));
    chain.append(chain.capture(chain.carrier, blend(2, { 'l:X': '1' }, {}, joined)));
    const up = await trace('l:P', { direction: 'up' });
    expect(reached(up)).toEqual(['l:P', 'l:R']);
    expect(up.edges.find((edge) => edge.kind === 'transformation')).toMatchObject({ transformationId: 'urn:example:batch:7' });
    expect(reached(await trace('l:R', { direction: 'down' }))).toEqual(['l:P', 'l:R']);
  });

  it('takes what was in a container when the container was used, and not what came in later', async () => {
    make('s:A', 's:B');
    record(pack(1, 'case1', 's:A'), transform(3, ['case1'], ['s:P']), unpack(4, 'case1', 's:A'), pack(5, 'case1', 's:B'));
    expect(reached(await trace('s:P', { direction: 'up' }))).toEqual(['case1', 's:A', 's:P']);
    expect(reached(await trace('s:A', { direction: 'down' }))).toEqual(['case1', 's:A', 's:P']);
    expect(reached(await trace('s:B', { direction: 'down' }))).toEqual(['case1', 's:B']);
  });

  it('shows goods that went out and came back once, with every stay', async () => {
    make('s:A');
    record(pack(1, 'case1', 's:A'), seen(2, 'case1', 'shipping'), unpack(3, 'case1'), seen(4, 's:A', 'receiving'), pack(5, 'case1', 's:A'), seen(6, 'case1', 'shipping'));
    const down = await trace('s:A', { direction: 'down' });
    expect(edges(down)).toEqual(['s:A in case1 01-03', 's:A in case1 05-']);
    expect(steps(down)).toEqual(['01 packing', '02 shipping', '03 unpacking', '04 receiving', '05 packing', '06 shipping']);
  });

  it('ends on loops, and follows an item that is reached again for an earlier time', async () => {
    record(blend(1, { 'l:A': '1' }, { 'l:B': '1' }), blend(2, { 'l:B': '1' }, { 'l:A': '1' }), blend(3, { 'l:A': '1' }, { 'l:A': '1', 'l:C': '1' }));
    expect(reached(await trace('l:A', { direction: 'both' }))).toEqual(['l:A', 'l:B', 'l:C']);
    expect(edges(await trace('l:C', { direction: 'up' }))).toEqual(['l:A > l:A', 'l:B > l:A', 'l:A > l:B', 'l:A > l:C']);
  });

  it('shows what was taken back, and does not follow it', async () => {
    const declared = { eventID: 'urn:uuid:5a4d8f5e-5d4c-4c5e-8a1f-000000000009' };
    record(blend(1, { 'l:R': '1' }, { 'l:P': '1' }, declared));
    record(blend(1, { 'l:R': '1' }, { 'l:P': '1' }, { ...declared, errorDeclaration: { declarationTime: '2026-02-02T00:00:00Z', reason: 'did_not_occur' } }));
    const up = await trace('l:P', { direction: 'up' });
    expect(reached(up)).toEqual(['l:P']);
    expect(up.events.map((event) => [event.isErrorDeclaration, event.supersededBy !== null])).toEqual([[false, true], [true, false]]);
    expect(up.tombstones).toEqual([{ item: keyOf('l:P'), direction: 'up', reason: 'superseded', event: up.events[0]?.position }]);
  });

  it('leads from a serial to its lot and what that was made of, and from a class to its lots and serials', async () => {
    chain.append(chain.entry(chain.maker, lotCommissioning({ gtin: GTIN, lot: 'L', quantity: { value: '9', uom: 'KGM' } })));
    chain.append(chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials: ['A', 'B'], lot: 'L' })));
    record(blend(1, { 'l:R': '1' }, { 'l:L': '9' }));
    const up = await trace('s:A', { direction: 'up' });
    expect(reached(up)).toEqual(['l:L', 'l:R', 's:A']);
    expect(up.edges.flatMap((edge) => (edge.kind === 'memberOf' ? [`${nameOf(edge.member)} of ${nameOf(edge.of)}`] : []))).toEqual([
      'l:L of class', 'l:R of class', 's:A of class', 's:A of l:L',
    ]);
    expect(reached(await trace('l:R', { direction: 'down' }))).toEqual(['l:L', 'l:R', 's:A', 's:B']);
    expect(reached(await trace('s:A', { direction: 'down' }))).toEqual(['s:A']);
    expect(reached(await trace('class', { direction: 'down' }))).toEqual(['class', 'l:L', 'l:R', 's:A', 's:B']);
    expect(await new TraceQueries(dataSource).trace(keyOf('s:nobody'), { direction: 'up' })).toBeUndefined();
  });

  it('follows parts into what they were built into, while they were', async () => {
    make('s:car', 's:battery', 's:wheel');
    const associate = (minute: number, action: string, child: string): object => ({ type: 'AssociationEvent', action, parentID: keyOf('s:car'), childEPCs: [keyOf(child)], ...at(minute) });
    record(associate(1, 'ADD', 's:battery'), associate(2, 'ADD', 's:wheel'), associate(5, 'DELETE', 's:battery'), seen(3, 's:car', 'inspecting'), seen(6, 's:car', 'repairing'));
    const down = await trace('s:battery', { direction: 'down' });
    expect(edges(down)).toEqual(['s:battery in s:car 01-05']);
    expect(steps(down)).toEqual(['01 null', '03 inspecting', '05 null']);
    expect(reached(await trace('s:car', { direction: 'up' }))).toEqual(['s:car', 's:wheel']);
  });

  it('ends at its depth and its limit with tombstones where more follows', async () => {
    record(...[0, 1, 2, 3].map((i) => blend(i, { [`l:${i}`]: '1' }, { [`l:${i + 1}`]: '1' })));
    const shallow = await trace('l:4', { direction: 'up', depth: 2 });
    expect(reached(shallow)).toEqual(['l:2', 'l:3', 'l:4']);
    expect(shallow.tombstones).toEqual([{ item: keyOf('l:2'), direction: 'up', reason: 'depth', event: null }]);
    expect(shallow.truncated).toBe(true);
    const deep = await trace('l:4', { direction: 'up', depth: 4 });
    expect([reached(deep).length, deep.truncated]).toEqual([5, false]);
    const few = await trace('l:4', { direction: 'up', limit: 3 });
    expect([reached(few).length, few.truncated, few.tombstones.map(({ reason }) => reason)]).toEqual([3, true, ['limit']]);
  });

  it('is the same whatever batches the index was written in', async () => {
    make('s:A');
    const associate = (minute: number, action: string): object => ({ type: 'AssociationEvent', action, parentID: NAMES.case2, ...(action === 'ADD' && { childEPCs: [keyOf('s:A')] }), ...at(minute) });
    for (const event of [associate(5, 'DELETE'), associate(2, 'ADD'), pack(3, 'case1', 's:A'), blend(1, { 'l:R': '1' }, { 'l:P': '1' }), associate(4, 'DELETE')]) record(event);
    const atOnce = await trace('s:A', { direction: 'down' });
    expect(edges(atOnce)).toEqual(['s:A in case2 02-04', 's:A in case1 03-']);
    const before = await checksum(dataSource);
    await dropIndex(dataSource);
    for (const block of chain.blocks) await project(dataSource, [block]);
    expect(await checksum(dataSource)).toEqual(before);
  });
});
