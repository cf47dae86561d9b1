import { encodeCbor, type RecordType } from '#codec';
import type { EntryId } from '#ledger';
import { amountOf, amountText, type Amount } from '../quantities/amount.js';
import { entryIdPlace, Places } from './places.js';

/** What is known of the quantity of one lot in one unit: state record `account/<unit>/<canonical key of the lot>`. */
export interface LotAccount {
  /** Nothing: no creation in this unit is on the ledger, so nothing contradicts what is used. */
  readonly created: Amount;
  /** Consumed in transformations, destroyed or decommissioned. */
  readonly used: Amount;
  /** Entries that made these sums, oldest first: the first, and the latest of the others. */
  readonly entries: readonly EntryId[];
}

/** Entries that an account, and so a finding, names at most. */
export const ACCOUNT_ENTRIES_MAX = 16;

export const LOT_ACCOUNT: RecordType<LotAccount> = {
  prefix: 'account',
  encode: (account) =>
    encodeCbor([amountText(account.created), amountText(account.used), account.entries.map(entryIdPlace)]),
  decode(bytes) {
    const places = new Places('account', bytes, 3);
    return { created: amountOf(places.text()), used: amountOf(places.text()), entries: places.entryIds() };
  },
};
