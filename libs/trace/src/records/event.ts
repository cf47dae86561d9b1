import { encodeCbor, type RecordType } from '#codec';
import type { Did } from '#identity';
import type { EntryId } from '#ledger';
import { amountOf, amountText, type Amount } from '../quantities/amount.js';
import { entryIdPlace, Places } from './places.js';

/** What one event adds to the account of one lot. */
export interface LotMovement {
  /** Canonical key. */
  readonly lot: string;
  readonly unit: string;
  readonly side: 'created' | 'used';
  readonly amount: Amount;
}

/** Where an EPCIS event stands on the chain. */
export interface RecordedEvent {
  readonly entryId: EntryId;
  /** Position within the entry. */
  readonly index: number;
  readonly author: Did;
  /** The entry whose error declaration superseded it. */
  readonly supersededBy: EntryId | undefined;
  /** What it added to the accounts of lots: taken back by an error declaration. */
  readonly movements: readonly LotMovement[];
}

/** `event/<eventID>` */
export const EVENT: RecordType<RecordedEvent> = recordType('event');

/** `event-decl/<eventID>`: the error declaration of the event with this id. Never superseded itself. */
export const EVENT_DECLARATION: RecordType<RecordedEvent> = recordType('event-decl');

function recordType(prefix: string): RecordType<RecordedEvent> {
  return {
    prefix,
    encode: (event) =>
      encodeCbor([
        entryIdPlace(event.entryId),
        event.index,
        event.author,
        entryIdPlace(event.supersededBy),
        movementTexts(event.movements),
      ]),
    decode(bytes) {
      const places = new Places(prefix, bytes, 5);
      return {
        entryId: places.entryId(),
        index: places.count(),
        author: places.text() as Did,
        supersededBy: places.optionalEntryId(),
        movements: readMovements(places.texts()),
      };
    },
  };
}

/** Four texts for each movement. */
function movementTexts(movements: readonly LotMovement[]): readonly string[] {
  return movements.flatMap(({ lot, unit, side, amount }) => [lot, unit, side, amountText(amount)]);
}

function readMovements(texts: readonly string[]): readonly LotMovement[] {
  const movements: LotMovement[] = [];
  for (let i = 0; i < texts.length; i += 4) {
    const [lot, unit, side, amount] = texts.slice(i, i + 4) as [string, string, LotMovement['side'], string];
    movements.push({ lot, unit, side, amount: amountOf(amount) });
  }
  return movements;
}
