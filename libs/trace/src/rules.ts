import { failure, InvariantViolation, JsonObject, parseStrictJson, type JsonValue, type Result } from '#codec';
import type { NetworkId, SignatureVerifier } from '#identity';
import type { EntryAction, EntryRules, Statement } from '#ledger';
import {
  ITEM_COMMISSION,
  LOT_COMMISSION,
  readItemCommission,
  readLotCommission,
  type ItemCommission,
  type LotCommission,
} from './acts/commission.js';
import { EPCIS_CAPTURE, readEpcisCapture, type EpcisCapture } from './acts/epcis-capture.js';
import type { GovernanceOptions } from './acts/governance/governance-action.js';
import { KEY_RECOVER, readKeyRecover, type KeyRecover } from './acts/governance/key-recover.js';
import { KEY_REVOKE, readKeyRevoke, type KeyRevoke } from './acts/governance/key-revoke.js';
import {
  ORGANIZATION_UPDATE,
  readOrganizationUpdate,
  type OrganizationUpdate,
} from './acts/governance/organization-update.js';
import {
  PROPOSAL_VOTE,
  PROPOSAL_WITHDRAW,
  readProposalVote,
  readProposalWithdraw,
  type ProposalVote,
  type ProposalWithdraw,
} from './acts/governance/proposal-answer.js';
import { PROPOSAL_OPEN, readProposalOpen, type ProposalOpen } from './acts/governance/proposal-open.js';
import { KEY_ROTATE, readKeyRotate, type KeyRotate } from './acts/key-rotate.js';
import { PRODUCT_REGISTER, readProductRegister, type ProductRegister } from './acts/product-register.js';
import {
  readRecallAcknowledge,
  readRecallClose,
  RECALL_ACKNOWLEDGE,
  RECALL_CLOSE,
  type RecallAcknowledge,
  type RecallClose,
} from './acts/recall-answer.js';
import { readRecallOpen, RECALL_OPEN, type RecallOpen } from './acts/recall-open.js';
import {
  readTransferAccept,
  readTransferCancel,
  readTransferReject,
  TRANSFER_ACCEPT,
  TRANSFER_CANCEL,
  TRANSFER_REJECT,
  type TransferAccept,
  type TransferCancel,
  type TransferReject,
} from './acts/transfer-answer.js';
import { readTransferOffer, TRANSFER_OFFER, type TransferOffer } from './acts/transfer-offer.js';
import { FieldReader, Problems } from './field-reader.js';

/** Everything that an entry can ask for, told apart by `kind`. */
export type TraceAction =
  | ProductRegister
  | ItemCommission
  | LotCommission
  | EpcisCapture
  | TransferOffer
  | TransferAccept
  | TransferReject
  | TransferCancel
  | RecallOpen
  | RecallAcknowledge
  | RecallClose
  | GovernanceAct;

/** Acts about the organisations themselves; they concern no item. */
export type GovernanceAct =
  OrganizationUpdate | KeyRotate | KeyRevoke | KeyRecover | ProposalOpen | ProposalVote | ProposalWithdraw;
export type TraceKind = TraceAction['kind'];

/** Media type of every content. */
export const CONTENT_TYPE = 'application/json';

export interface TraceRulesOptions {
  /** Proves that an organisation holds the key that it registers. */
  readonly verifier: SignatureVerifier;
  readonly networkId: NetworkId;
}

type ReadContent = (json: JsonValue, statement: Statement) => Result<TraceAction>;

/**
 * The rules of what is recorded (docs/protocol/entry-kinds.md). Checks in this order, the first failure is returned: known
 * kind, content type, strict JSON, fields of the content; then, against the state: author, and what the kind demands.
 */
export function createTraceRules({ verifier, networkId }: TraceRulesOptions): EntryRules {
  const governance = (read: (content: FieldReader, options: GovernanceOptions) => Result<TraceAction>) =>
    act((content, { keyId }) => read(content, { verifier, networkId, signerKeyId: keyId }));
  const readers: Readonly<Record<TraceKind, ReadContent>> = {
    [PRODUCT_REGISTER]: act(readProductRegister),
    [ITEM_COMMISSION]: act(readItemCommission),
    [LOT_COMMISSION]: act(readLotCommission),
    [EPCIS_CAPTURE]: readEpcisCapture,
    [TRANSFER_OFFER]: act(readTransferOffer),
    [TRANSFER_ACCEPT]: act(readTransferAccept),
    [TRANSFER_REJECT]: act(readTransferReject),
    [TRANSFER_CANCEL]: act(readTransferCancel),
    [RECALL_OPEN]: act(readRecallOpen),
    [RECALL_ACKNOWLEDGE]: act(readRecallAcknowledge),
    [RECALL_CLOSE]: act(readRecallClose),
    [ORGANIZATION_UPDATE]: governance(readOrganizationUpdate),
    [KEY_ROTATE]: governance(readKeyRotate),
    [KEY_REVOKE]: governance(readKeyRevoke),
    [KEY_RECOVER]: governance(readKeyRecover),
    [PROPOSAL_OPEN]: governance(readProposalOpen),
    [PROPOSAL_VOTE]: governance(readProposalVote),
    [PROPOSAL_WITHDRAW]: governance(readProposalWithdraw),
  };
  const byKind: ReadonlyMap<string, ReadContent> = new Map(Object.entries(readers));

  return {
    read(statement, content) {
      const read = byKind.get(statement.kind);
      if (read === undefined)
        return failure('ENTRY_UNKNOWN_KIND', `no rules for the kind ${JSON.stringify(statement.kind)}`);
      if (statement.contentType !== CONTENT_TYPE)
        return failure('TRACE_WRONG_CONTENT_TYPE', `the content type must be ${CONTENT_TYPE}`);
      const json = parseStrictJson(content);
      return json.ok ? read(json.value, statement) : json;
    },
  };
}

/** An action that `createTraceRules` has read, as the union that an index can project. */
export function asTraceAction(action: EntryAction): TraceAction {
  if (!TRACE_KINDS.has(action.kind)) throw new InvariantViolation('INV-TRACE-3', { kind: action.kind });
  return action as TraceAction;
}

const TRACE_KINDS: ReadonlySet<string> = new Set<TraceKind>([
  PRODUCT_REGISTER,
  ITEM_COMMISSION,
  LOT_COMMISSION,
  EPCIS_CAPTURE,
  TRANSFER_OFFER,
  TRANSFER_ACCEPT,
  TRANSFER_REJECT,
  TRANSFER_CANCEL,
  RECALL_OPEN,
  RECALL_ACKNOWLEDGE,
  RECALL_CLOSE,
  ORGANIZATION_UPDATE,
  KEY_ROTATE,
  KEY_REVOKE,
  KEY_RECOVER,
  PROPOSAL_OPEN,
  PROPOSAL_VOTE,
  PROPOSAL_WITHDRAW,
]);

/** Reads the content of one of Lading's own acts: a JSON object. */
function act(read: (content: FieldReader, statement: Statement) => Result<TraceAction>): ReadContent {
  return (json, statement) =>
    json instanceof JsonObject
      ? read(FieldReader.ofRoot(json, new Problems('TRACE')), statement)
      : failure('TRACE_BAD_TYPE', 'the content must be a JSON object', '');
}
