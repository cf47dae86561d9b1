import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { RecordReader } from '#codec';
import {
  checkTicket,
  isKeyValidAt,
  keyIdOf,
  ORGANIZATION,
  ORGANIZATION_KEY,
  readTicket,
  signTicket,
  TICKET_PEERS_MAX,
  type Did,
  type InvitationTicket,
  type InvitedPeer,
  type OrganizationRole,
  type PublicKey,
} from '#identity';
import type { InvitationDto } from '#index';
import { sodiumVerifier } from '#keystore';
import { parseNodeAddress, type LadingNode } from '#node';
import { LADING_NODE, LEDGER_STATE, SELF, type Self } from '../parts.js';
import { ApiProblem, problemOfFailure } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import { JOINING, type Joining } from './joining.js';

const HOUR_MS = 3_600_000;
const ID_BYTES = 32;

export interface TicketOrder {
  readonly name: string;
  readonly roles: readonly OrganizationRole[];
  readonly expiresAfterHours: number;
  readonly apiUrl: string;
}

export interface TakenTicket {
  readonly ticket: InvitationTicket;
  readonly invitation: InvitationDto;
}

/** Gives out invitation tickets and takes them back. */
@Injectable()
export class TicketOffice {
  constructor(
    @Inject(SELF) private readonly self: Self,
    @Inject(LADING_NODE) private readonly node: LadingNode,
    @Inject(LEDGER_STATE) private readonly state: RecordReader,
    @Inject(JOINING) private readonly joining: Joining,
  ) {}

  async issue({
    name,
    roles,
    expiresAfterHours,
    apiUrl,
  }: TicketOrder): Promise<{ invitation: InvitationDto; ticket: string }> {
    const { did, networkId, adminKeys, signingKeys } = this.self;
    const signer = (adminKeys ?? signingKeys).current();
    const id = randomBytes(ID_BYTES).toString('hex');
    const expiresAt = Date.now() + expiresAfterHours * HOUR_MS;
    const ticket = signTicket(
      {
        networkId,
        id,
        inviter: did,
        inviterKey: signer.publicKey,
        name,
        roles,
        apiUrl,
        peers: this.peers(),
        expiresAt,
      },
      signer,
    );
    const invitation = await whileDatabaseIsUp(() =>
      this.joining.invitations.create({ id, name, roles, expiresAt: new Date(expiresAt).toISOString() }),
    );
    return { invitation, ticket };
  }

  /**
   * A ticket that this organisation gave out, that has not expired and was not revoked; it may have been used.
   * @throws ApiProblem with the code of the first check that fails
   */
  async take(text: string): Promise<TakenTicket> {
    const read = readTicket(text, sodiumVerifier);
    if (!read.ok) throw problemOfFailure({ ...read, pointer: '/ticket' });
    const ticket = read.value;
    const checked = checkTicket(ticket, this.self.networkId, Date.now());
    if (!checked.ok) throw problemOfFailure({ ...checked, pointer: '/ticket' });
    const key = this.state.get(ORGANIZATION_KEY, keyIdOf(ticket.inviterKey));
    // A key that was rotated since does not take back what it invited; one that was revoked does.
    const isOurs = ticket.inviter === this.self.did && key?.organization === this.self.did && key.revoked !== true;
    const invitation = isOurs ? await whileDatabaseIsUp(() => this.joining.invitations.get(ticket.id)) : undefined;
    if (invitation === undefined)
      throw new ApiProblem('IDENTITY_TICKET_NOT_OURS', 'This organisation has not given out this ticket.');
    if (invitation.revokedAt !== null)
      throw new ApiProblem('IDENTITY_TICKET_REVOKED', 'The organisation that gave out this ticket has taken it back.');
    return { ticket, invitation };
  }

  /** This node first; then the others of which the address and the key are known. */
  private peers(): readonly InvitedPeer[] {
    const { addresses } = this.joining;
    const others = this.node.peers().map(({ id }) => id);
    return [this.self.did, ...others]
      .flatMap((did): InvitedPeer[] => {
        const address = addresses.get(did) ?? parseNodeAddress(this.state.get(ORGANIZATION, did)?.nodeAddress);
        const nodeKey = this.nodeKeyOf(did);
        return address === undefined || nodeKey === undefined ? [] : [{ did, ...address, nodeKey }];
      })
      .slice(0, TICKET_PEERS_MAX);
  }

  /** The node key that counts at the next height: of several the one that was registered last. */
  private nodeKeyOf(did: Did): PublicKey | undefined {
    const height = this.node.head().header.height + 1;
    const keys = (this.state.get(ORGANIZATION, did)?.keyIds ?? []).map((id) => this.state.get(ORGANIZATION_KEY, id));
    return keys.findLast((key) => key?.purpose === 'node' && isKeyValidAt(key, height))?.publicKey;
  }
}
