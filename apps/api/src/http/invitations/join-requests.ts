import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { fromHex, type RecordReader } from '#codec';
import {
  comparisonWords,
  INVITATION,
  judgeAction,
  judgeAdmissionRequest,
  keyIdOf,
  ORGANIZATION,
  PROPOSAL,
  proposalStateAt,
  type Did,
  type OrdinaryRole,
  type PublicKey,
} from '#identity';
import type { InvitationDto, JoinRequestDto } from '#index';
import { sodiumVerifier } from '#keystore';
import type { LadingNode } from '#node';
import type { ProposalActionInput } from '#trace';
import { LADING_NODE, LEDGER_STATE, SELF, type Self } from '../parts.js';
import { ApiProblem, problemOfFailure } from '../problem/problem.js';
import { proposalActionOf } from '../proposals/proposal-action.contract.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import type { Applicant } from './join-request.contract.js';
import { JOINING, type Joining } from './joining.js';
import type { TakenTicket } from './ticket-office.js';

export type AdmissionInput = Extract<ProposalActionInput, { kind: 'organization.admit' }>;

const ID_BYTES = 16;

/** Requests of invited organisations to be admitted, and what the ledger has made of them. */
@Injectable()
export class JoinRequests {
  constructor(
    @Inject(SELF) private readonly self: Self,
    @Inject(LADING_NODE) private readonly node: LadingNode,
    @Inject(LEDGER_STATE) private readonly state: RecordReader,
    @Inject(JOINING) private readonly joining: Joining,
  ) {}

  /**
   * Uses the ticket for this applicant. The same applicant with the same ticket gets the same answer again: its first one may have
   * been lost on the way.
   * @throws ApiProblem with the code of what the ledger would refuse, or IDENTITY_TICKET_USED
   */
  async file({ ticket, invitation }: TakenTicket, applicant: Applicant): Promise<JoinRequestDto> {
    if (invitation.joinRequestId === null) this.judge(applicant, invitation);
    const request = await whileDatabaseIsUp(() =>
      this.joining.invitations.file({
        id: randomBytes(ID_BYTES).toString('hex'),
        invitationId: ticket.id,
        request: applicant,
      }),
    );
    if (request === undefined)
      throw new ApiProblem('IDENTITY_TICKET_REVOKED', 'The organisation that gave out this ticket has taken it back.');
    // As JSON: the members that were left out are not there.
    if (!isDeepStrictEqual(request.request, JSON.parse(JSON.stringify(applicant))))
      throw new ApiProblem('IDENTITY_TICKET_USED', 'This ticket was used, for another request.');
    return request;
  }

  wordsOf({ did, keys }: Applicant): string[] {
    const { networkId } = this.self;
    const bytes = { node: keyOf(keys.node), sign: keyOf(keys.sign), admin: keyOf(keys.admin), root: keyOf(keys.root) };
    return [...comparisonWords({ networkId, did: did as Did, keys: bytes })];
  }

  /** What the ledger says: whose key is registered is in; of proposals the one that used the invitation last counts. */
  standingOf({ invitationId, request, rejectedAt }: JoinRequestDto) {
    const { did, keys } = request as Applicant;
    const proposalId = this.state.get(INVITATION, invitationId) ?? null;
    const proposal = proposalId === null ? undefined : this.state.get(PROPOSAL, proposalId);
    const nodeKeyId = keyIdOf(keyOf(keys.node) as PublicKey);
    if (this.state.get(ORGANIZATION, did)?.keyIds.includes(nodeKeyId) === true)
      return { state: 'admitted', proposalId } as const;
    if (proposal === undefined) return { state: rejectedAt === null ? 'filed' : 'rejected', proposalId } as const;
    const state = proposalStateAt(proposal, this.node.head().header.height + 1);
    return { state: state === 'open' || state === 'passed' ? 'proposed' : 'refused', proposalId } as const;
  }

  /** What is put to the vote. `validator` is not among the roles: that is another vote, when the newcomer is in. */
  admissionOf(
    applicant: Applicant,
    { id, roles }: Pick<InvitationDto, 'id' | 'roles'>,
    wordsCompared?: boolean,
  ): AdmissionInput {
    const ordinary = roles.filter((role): role is OrdinaryRole => role === 'member' || role === 'auditor');
    return proposalActionOf({
      kind: 'organization.admit',
      ...applicant,
      roles: ordinary.length > 0 ? ordinary : ['member'],
      invitationId: id,
      ...(wordsCompared === undefined ? {} : { wordsCompared }),
    }) as AdmissionInput;
  }

  /** The rules of the ledger, asked early: what they would refuse later does not use the ticket up. */
  private judge(applicant: Applicant, invitation: InvitationDto): void {
    const { organization } = this.admissionOf(applicant, invitation);
    const admission = judgeAdmissionRequest(this.state, organization, this.self.networkId, sodiumVerifier);
    if (!admission.ok) throw problemOfFailure(admission);
    const action = { kind: 'organization.admit', organization: admission.value } as const;
    const judged = judgeAction(this.state, action, { height: this.node.head().header.height + 1, missed: new Set() });
    if (!judged.ok) throw problemOfFailure(judged);
  }
}

/** The schema has found it to be 32 bytes in hexadecimal. */
function keyOf({ publicKey }: { readonly publicKey: string }): Uint8Array {
  return fromHex(publicKey, 32) ?? new Uint8Array(32);
}
