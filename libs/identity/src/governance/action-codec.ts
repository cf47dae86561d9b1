import { assertInvariant, toHex, type CborValue } from '#codec';
import {
  PROPOSAL_ACTIONS,
  type Admission,
  type GovernancePolicy,
  type OrdinaryRole,
  type ProposalAction,
} from '../governance.types.js';
import type { Did, KeyId, PublicKey } from '../names.js';
import type { Parameters } from '../organization.js';
import { idBytes, pairs, present, readPairs } from '../record-places.js';

// A proposal's action within its record: [position in PROPOSAL_ACTIONS, …]. What stands there was judged before; reading checks
// only that it is an action of a known kind.

export function actionPlace(action: ProposalAction): CborValue {
  return [PROPOSAL_ACTIONS.indexOf(action.kind), ...actionPlaces(action)];
}

function actionPlaces(action: ProposalAction): readonly CborValue[] {
  switch (action.kind) {
    case 'organization.admit':
      return admissionPlaces(action.organization);
    case 'organization.roles':
      return [action.did, action.roles];
    case 'organization.suspend':
    case 'organization.readmit':
    case 'organization.remove':
      return [action.did];
    case 'key.revoke':
      return [idBytes(action.keyId), action.notTrustedFrom];
    case 'validators.change':
      return [action.change, action.did];
    case 'parameters.change':
      return [pairs(action.parameters), pairs(action.thresholds)];
  }
}

/** @throws InvariantViolation INV-STATE-2 when no action stands there */
export function readAction(place: CborValue | undefined): ProposalAction {
  assertInvariant(Array.isArray(place) && typeof place[0] === 'number', 'INV-STATE-2', { record: 'proposal' });
  const [position, ...places] = place as unknown as [number, ...CborValue[]];
  const kind = PROPOSAL_ACTIONS[position];
  switch (kind) {
    case 'organization.admit':
      return { kind, organization: readAdmission(places) };
    case 'organization.roles':
      return { kind, did: places[0] as Did, roles: places[1] as readonly OrdinaryRole[] };
    case 'organization.suspend':
    case 'organization.readmit':
    case 'organization.remove':
      return { kind, did: places[0] as Did };
    case 'key.revoke':
      return { kind, keyId: toHex(places[0] as Uint8Array) as KeyId, notTrustedFrom: places[1] as number };
    case 'validators.change':
      return { kind, change: places[0] as 'add' | 'remove', did: places[1] as Did };
    case 'parameters.change':
      return {
        kind,
        parameters: readPairs<Partial<Parameters>>(places[0]) ?? {},
        thresholds: readPairs<GovernancePolicy>(places[1]) ?? {},
      };
  }
  assertInvariant(false, 'INV-STATE-2', { record: 'proposal', position });
}

function admissionPlaces(admission: Admission): readonly CborValue[] {
  const { keys } = admission;
  return [
    admission.did,
    admission.name,
    admission.roles,
    admission.gs1CompanyPrefixes,
    [keys.root, keys.admin, keys.sign, keys.node],
    admission.rootCommitment,
    admission.names ? pairs(admission.names) : null,
    admission.contact ?? null,
    admission.gln ?? null,
    admission.furtherGlns ?? null,
    admission.nodeAddress ?? null,
    admission.apiUrl ?? null,
    admission.invitationId === undefined ? null : idBytes(admission.invitationId),
  ];
}

function readAdmission(places: readonly CborValue[]): Admission {
  const [
    did,
    name,
    roles,
    prefixes,
    keys,
    commitment,
    names,
    contact,
    gln,
    furtherGlns,
    nodeAddress,
    apiUrl,
    invitation,
  ] = places;
  const [root, admin, sign, node] = keys as unknown as [PublicKey, PublicKey, PublicKey, PublicKey];
  return {
    did: did as Did,
    name: name as string,
    roles: roles as readonly OrdinaryRole[],
    gs1CompanyPrefixes: prefixes as readonly string[],
    keys: { root, admin, sign, node },
    rootCommitment: commitment as Uint8Array,
    ...present('names', readPairs<Record<string, string>>(names)),
    ...present('contact', contact as string | null),
    ...present('gln', gln as string | null),
    ...present('furtherGlns', furtherGlns as readonly string[] | null),
    ...present('nodeAddress', nodeAddress as string | null),
    ...present('apiUrl', apiUrl as string | null),
    ...present('invitationId', invitation instanceof Uint8Array ? toHex(invitation) : undefined),
  };
}
