import type { Did, NetworkId, PublicKey, UnixMs } from '../names.js';
import type { OrganizationRole } from '../organization.js';

/** A node that who joins may connect to, with the key by which to know it: its own ledger does not know that key yet. */
export interface InvitedPeer {
  readonly did: Did;
  readonly host: string;
  readonly port: number;
  readonly nodeKey: PublicKey;
}

/** What an invitation says; made by the inviting organisation, signed with its key. */
export interface InvitationTicket {
  readonly networkId: NetworkId;
  /** 64 hexadecimal characters, drawn at random; used once, also on the ledger (`invitationId` of the admission). */
  readonly id: string;
  readonly inviter: Did;
  readonly inviterKey: PublicKey;
  /** The invited organisation as its inviter calls it, 1..200 characters. */
  readonly name: string;
  /** What it is invited to be; `validator` takes a vote of its own after the admission. */
  readonly roles: readonly OrganizationRole[];
  /** Where the join request goes, and where the genesis file is: `http://` or `https://`, without a slash at the end. */
  readonly apiUrl: string;
  readonly peers: readonly InvitedPeer[];
  /** By the inviter's clock: the inviter alone judges it. */
  readonly expiresAt: UnixMs;
}

export type TicketErrorCode =
  | 'IDENTITY_TICKET_MALFORMED'
  | 'IDENTITY_TICKET_BAD_SIGNATURE'
  | 'IDENTITY_TICKET_WRONG_NETWORK'
  | 'IDENTITY_TICKET_EXPIRED';
