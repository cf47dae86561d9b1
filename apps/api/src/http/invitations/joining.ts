import type { Did } from '#identity';
import type { InvitationStore } from '#index';
import type { PeerAddress } from '#node';

/** Injection token of `Joining`. */
export const JOINING = Symbol('JOINING');

/** What an invitation is made of, beside the ledger. */
export interface Joining {
  readonly invitations: InvitationStore;
  /** Where nodes listen, as this one's configuration says, with its own address where others can use it. */
  readonly addresses: ReadonlyMap<Did, PeerAddress>;
}
