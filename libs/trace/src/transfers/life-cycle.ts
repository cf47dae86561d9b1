import type { Height } from '#identity';

/**
 * In the order of their numbers in state records; a further state goes to the end. `expired` is never written: no entry
 * happens when time runs out.
 */
export const TRANSFER_STATES = [
  'offered',
  'accepted',
  'partially_accepted',
  'rejected',
  'cancelled',
  'expired',
] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];

/** What may happen to an offer, and who may do it. */
export type TransferAct = 'accept' | 'accept-part' | 'reject' | 'cancel' | 'expire';

/** The whole life of a transfer: what is not in the table cannot happen. */
export const TRANSFER_LIFE_CYCLE: Readonly<
  Record<TransferState, Readonly<Partial<Record<TransferAct, TransferState>>>>
> = {
  offered: {
    accept: 'accepted',
    'accept-part': 'partially_accepted',
    reject: 'rejected',
    cancel: 'cancelled',
    expire: 'expired',
  },
  accepted: {},
  partially_accepted: {},
  rejected: {},
  cancelled: {},
  expired: {},
};

/** The state at a height: an offer that nobody answered has expired above `expiresAfterHeight`. */
export function transferStateAt(
  transfer: { readonly state: TransferState; readonly expiresAfterHeight: Height },
  height: Height,
): TransferState {
  if (height <= transfer.expiresAfterHeight) return transfer.state;
  return TRANSFER_LIFE_CYCLE[transfer.state].expire ?? transfer.state;
}
