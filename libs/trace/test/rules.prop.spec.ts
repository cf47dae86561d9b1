import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Did } from '#identity';
import { historyDigest, type EntryId, type Finding } from '#ledger';
import {
  asTraceAction,
  concernedItems,
  CONTENTS,
  EVENT,
  ITEM,
  itemCommissioning,
  itemKey,
  LOT_ACCOUNT,
  lotKey,
  productRegistration,
  recallOpening,
  TRANSFER,
  transferAcceptance,
  transferCancellation,
  transferOffer,
  transferRejection,
  type EntryDraft,
} from '#trace';
import { bareEvent, FREE_GTIN, MAKER, MAKER_GTIN, TRADERS, TrialLedger } from './trial-ledger.js';

/** Few things and few organisations, so that acts meet. */
const THINGS = [
  ...['1', '2', '3'].map((serial) => itemKey(MAKER_GTIN, serial)),
  itemKey(FREE_GTIN, '1'),
  'https://id.gs1.org/00/340777770000000011',
  'https://id.gs1.org/00/340777770000000028',
  'urn:example:box',
];

/** What a step writes may depend on what the ledger holds by then. */
type MakeDraft = (ledger: TrialLedger, offers: readonly EntryId[]) => EntryDraft;
type Step = { readonly author: Did; readonly blocks: number; readonly make: MakeDraft };

const thing = fc.constantFrom(...THINGS);
const things = fc.uniqueArray(thing, { minLength: 1, maxLength: 3 });
const fewThings = fc.oneof({ weight: 3, arbitrary: thing.map((one) => [one]) }, { weight: 1, arbitrary: things });
const trader = fc.constantFrom(...TRADERS);

/** An event of the given members, any of them an arbitrary. */
function events<T extends object>(
  type: string,
  members: { [Name in keyof T]: fc.Arbitrary<T[Name]> },
): fc.Arbitrary<MakeDraft> {
  return fc.record(members).map((event) => () => bareEvent({ type, ...event }));
}

const offer: fc.Arbitrary<MakeDraft> = fc
  .record({
    items: fewThings,
    to: trader,
    transfers: fc.constantFrom('ownership', 'custody', 'both'),
    expiresAfterBlocks: fc.integer({ min: 1, max: 20 }),
  })
  .map((input) => () => transferOffer(input));

const acceptance: fc.Arbitrary<MakeDraft> = fc
  .record({ pick: fc.nat(), left: fc.constantFrom(0, 0, 0, 1, 2) })
  .map(({ pick, left }) => (ledger, offers) => {
    const transfer = choose(offers, pick);
    const accepted = ledger.get(TRANSFER, transfer)?.items.filter((_key, i) => ((left >> i) & 1) === 0);
    return transferAcceptance({ transfer, accepted });
  });

const refusal: fc.Arbitrary<MakeDraft> = fc
  .record({ pick: fc.nat(), write: fc.constantFrom(transferRejection, transferCancellation) })
  .map(
    ({ pick, write }) =>
      (_ledger, offers) =>
        write({ transfer: choose(offers, pick) }),
  );

const serial = fc.constantFrom('1', '2', '3');

const LOTS = [lotKey(MAKER_GTIN, 'L'), lotKey(FREE_GTIN, 'L'), 'urn:example:lot'];

const amounts = fc
  .array(
    fc.record({
      epcClass: fc.constantFrom(...LOTS),
      quantity: fc.constantFrom(0.001, 0.1, 3, 7.25, 40, 2000),
      uom: fc.constantFrom('KGM', 'GRM', 'LTR', undefined),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((list) => [...list]);
const eventId = fc.nat({ max: 8 }).map((number) => `urn:example:event:${number}`);
const place = fc.constantFrom('geo:48.137,11.576', 'geo:-33.869,151.209', 'urn:example:place').map((id) => ({ id }));
const hour = fc.constantFrom('10', '11', '23').map((hours) => `2026-03-01T${hours}:00:00Z`);

/** Quantities of lots and places of things, half of them by events that a later one may declare an error. */
const measures: fc.Arbitrary<MakeDraft> = fc.oneof(
  events('ObjectEvent', {
    action: fc.constantFrom('ADD', 'DELETE', 'OBSERVE'),
    quantityList: amounts,
    eventID: eventId,
  }),
  events('TransformationEvent', { inputQuantityList: amounts, outputQuantityList: amounts }),
  events('ObjectEvent', {
    action: fc.constant('DELETE'),
    quantityList: amounts,
    eventID: eventId,
    errorDeclaration: fc.constant({ declarationTime: '2026-03-02T00:00:00Z' }),
  }),
  events('ObjectEvent', { action: fc.constant('OBSERVE'), epcList: things, readPoint: place, eventTime: hour }),
);

const recall: fc.Arbitrary<MakeDraft> = fc
  .constantFrom(...LOTS, ...THINGS)
  .map((item) => () => recallOpening({ title: 'x', reason: 'y', items: [item] }));

const makers: fc.Arbitrary<MakeDraft> = fc.oneof(
  { weight: 2, arbitrary: serial.map((one) => () => itemCommissioning({ gtin: MAKER_GTIN, serials: [one] })) },
  { weight: 2, arbitrary: events('ObjectEvent', { action: fc.constantFrom('ADD', 'OBSERVE'), epcList: things }) },
  { weight: 1, arbitrary: events('ObjectEvent', { action: fc.constant('DELETE'), epcList: fewThings }) },
  {
    weight: 3,
    arbitrary: events('AggregationEvent', { action: fc.constant('ADD'), parentID: thing, childEPCs: fewThings }),
  },
  {
    weight: 2,
    arbitrary: events('AggregationEvent', { action: fc.constant('DELETE'), parentID: thing, childEPCs: things }),
  },
  { weight: 1, arbitrary: events('AggregationEvent', { action: fc.constant('DELETE'), parentID: thing }) },
  { weight: 1, arbitrary: events('TransformationEvent', { inputEPCList: fewThings, outputEPCList: things }) },
  { weight: 8, arbitrary: offer },
  { weight: 8, arbitrary: acceptance },
  { weight: 1, arbitrary: refusal },
  { weight: 8, arbitrary: measures },
  { weight: 1, arbitrary: recall },
);
const steps: fc.Arbitrary<Step[]> = fc.array(fc.record({ author: trader, blocks: fc.nat({ max: 2 }), make: makers }), {
  minLength: 20,
  maxLength: 80,
});

/** The latest offers are the ones that are worth answering. */
function choose(offers: readonly EntryId[], pick: number): EntryId {
  return offers[offers.length - 1 - (pick % Math.max(1, Math.min(3, offers.length)))] ?? ('00'.repeat(32) as EntryId);
}

type Watch = (
  ledger: TrialLedger,
  kind: string,
  concerned: readonly string[],
  entryId: EntryId,
  findings: readonly Finding[],
) => void;

/** Plays the steps on a new ledger. `watch` is called after every recorded entry. */
function play(plan: readonly Step[], watch?: Watch): TrialLedger {
  const ledger = new TrialLedger();
  ledger.record(MAKER, productRegistration({ gtin: MAKER_GTIN, name: 'x' }));
  const offers: EntryId[] = [];
  for (const { author, blocks, make } of plan) {
    ledger.height += blocks;
    const draft = make(ledger, offers);
    const result = ledger.submit(likelyAuthor(ledger, draft) ?? author, draft);
    if (!result.ok) continue;
    const { action, entryId, findings } = result.value;
    if (draft.kind === 'transfer.offer') offers.push(entryId);
    const transfer = ledger.get(TRANSFER, draft.kind === 'transfer.offer' ? entryId : draft.subject);
    watch?.(ledger, draft.kind, concernedItems(asTraceAction(action), transfer), entryId, findings);
  }
  return ledger;
}

/** Who may offer or answer, so that not nearly every act of a transfer is refused. */
function likelyAuthor(ledger: TrialLedger, draft: EntryDraft): Did | undefined {
  if (draft.kind === 'transfer.offer') return ledger.get(ITEM, draft.subject)?.owner;
  const offer = ledger.get(TRANSFER, draft.subject);
  if (draft.kind === 'recall.open') return MAKER;
  return draft.kind === 'transfer.cancel' ? offer?.from : offer?.to;
}

/** Owner and custodian of every item, as text. */
function possession(ledger: TrialLedger): Map<string, string> {
  return new Map(ledger.ids(ITEM).map((key) => [key, `${ledger.item(key).owner} ${ledger.item(key).custodian}`]));
}

describe('whatever organisations write', () => {
  it('an item once commissioned has one owner and one holder, and only accepted transfers change them', () => {
    let accepted = 0;
    fc.assert(
      fc.property(steps, (plan) => {
        let before = new Map<string, string>();
        play(plan, (ledger, kind) => {
          const after = possession(ledger);
          for (const [key, owners] of after) {
            const item = ledger.item(key);
            const isCommissioned = item.commissionedBy !== undefined;
            expect([key, item.owner !== undefined, item.custodian !== undefined]).toEqual([
              key,
              isCommissioned,
              isCommissioned,
            ]);
            const changed = (before.get(key) ?? 'undefined undefined') !== owners;
            if (changed && before.get(key) !== undefined && before.get(key) !== 'undefined undefined')
              expect(kind).toBe('transfer.accept');
            if (kind === 'transfer.accept' && changed) accepted++;
          }
          before = after;
        });
      }),
      { numRuns: 150 },
    );
    expect(accepted).toBeGreaterThan(30); // the property is not true for want of transfers
  });

  it('containers hold what says that it is inside, and nothing is inside itself', () => {
    let contained = 0;
    fc.assert(
      fc.property(steps, (plan) => {
        const ledger = play(plan);
        for (const key of ledger.ids(ITEM)) {
          const { container } = ledger.item(key);
          if (container === undefined) continue;
          contained++;
          expect(ledger.get(CONTENTS, container)).toContain(key);
          let depth = 0;
          for (let above: string | undefined = container; above !== undefined; above = ledger.item(above).container) {
            expect(++depth).toBeLessThan(THINGS.length);
          }
        }
        for (const container of ledger.ids(CONTENTS)) {
          const children = ledger.get(CONTENTS, container) ?? [];
          expect(children).toEqual([...new Set(children)].sort());
          for (const child of children) expect(ledger.item(child).container).toBe(container);
        }
      }),
      { numRuns: 150 },
    );
    expect(contained).toBeGreaterThan(20);
  });

  it('the history of an item counts exactly the entries that concern it', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const histories = new Map<string, EntryId[]>();
        const ledger = play(plan, (_ledger, _kind, concerned, entryId) => {
          for (const key of concerned) histories.set(key, [...(histories.get(key) ?? []), entryId]);
        });
        expect([...histories.keys()].sort()).toEqual(ledger.ids(ITEM));
        for (const [key, entries] of histories) {
          expect(ledger.item(key)).toMatchObject({ count: entries.length, digest: historyDigest(entries) });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('the account of a lot holds what the events say that stand, and is never overdrawn without a finding', () => {
    let found = 0;
    fc.assert(
      fc.property(steps, (plan) => {
        const ledger = play(plan, (_ledger, _kind, _concerned, _entryId, findings) => {
          found += findings.filter(({ code }) => code === 'FINDING_CONSUMED_MORE_THAN_PRODUCED').length;
        });
        const sums = new Map<string, { created: bigint; used: bigint }>();
        for (const id of ledger.ids(EVENT)) {
          const event = ledger.get(EVENT, id);
          if (event?.supersededBy !== undefined) continue;
          for (const { lot, unit, side, amount } of event?.movements ?? []) {
            const sum = sums.get(`${unit}/${lot}`) ?? { created: 0n, used: 0n };
            sums.set(`${unit}/${lot}`, { ...sum, [side]: sum[side] + amount });
          }
        }
        expect([...sums.keys()].sort()).toEqual(ledger.ids(LOT_ACCOUNT));
        for (const [id, sum] of sums) expect(ledger.get(LOT_ACCOUNT, id)).toMatchObject(sum);
      }),
      { numRuns: 80 },
    );
    expect(found).toBeGreaterThan(20);
  });

  it('the same entries give the same findings and the same records, byte for byte', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const [once, again] = [0, 1].map(() => {
          const findings: Finding[] = [];
          const ledger = play(plan, (_ledger, _kind, _concerned, _entryId, found) => findings.push(...found));
          return { records: ledger.dump(), findings };
        });
        expect(again).toEqual(once);
      }),
      { numRuns: 50 },
    );
  });
});
