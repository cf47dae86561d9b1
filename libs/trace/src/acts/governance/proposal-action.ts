import {
  isGs1Prefix,
  PARAMETER_BOUNDS,
  PROPOSAL_ACTIONS,
  type AdmissionRequest,
  type GovernancePolicy,
  type KeyId,
  type KeyPurpose,
  type OrdinaryRole,
  type Parameters,
  type ProposalRequest,
} from '#identity';
import type { FieldReader } from '../../field-reader.js';
import {
  readApiUrl,
  readContact,
  readDid,
  readFlag,
  readFurtherGlns,
  readGln,
  readHex,
  readId,
  readName,
  readNames,
  readNodeAddress,
  readOneOf,
  readTexts,
  readWhole,
} from './governance-fields.js';
import { readKeys } from './key-recover.js';

const PREFIXES_MAX = 100;
const ORDINARY_ROLES: readonly OrdinaryRole[] = ['member', 'auditor'];
const PURPOSES: readonly KeyPurpose[] = ['node', 'sign', 'admin', 'root'];
const FIELDS: Readonly<Record<ProposalRequest['kind'], readonly string[]>> = {
  'organization.admit': [
    'did',
    'name',
    'names',
    'gs1CompanyPrefixes',
    'gln',
    'furtherGlns',
    'contact',
    'roles',
    'nodeAddress',
    'apiUrl',
    'keys',
    'rootCommitment',
    'invitationId',
    'wordsCompared',
  ],
  'organization.roles': ['did', 'roles'],
  'organization.suspend': ['did'],
  'organization.readmit': ['did'],
  'organization.remove': ['did'],
  'key.revoke': ['keyId', 'notTrustedFrom'],
  'validators.change': ['change', 'did'],
  'parameters.change': ['parameters', 'thresholds'],
};

/** @returns undefined when something is wrong with it, which is noted */
export function readProposalAction(content: FieldReader): ProposalRequest | undefined {
  const action = content.child('action');
  if (action === undefined) return undefined;
  const kind = readOneOf(action, 'kind', PROPOSAL_ACTIONS);
  if (action.problems.first !== undefined) return undefined;
  action.onlyFields(new Set(['kind', ...FIELDS[kind]]), 'no-extensions');
  switch (kind) {
    case 'organization.admit':
      return { kind, organization: readAdmission(action) };
    case 'organization.roles':
      return { kind, did: readDid(action), roles: readRoles(action) };
    case 'organization.suspend':
    case 'organization.readmit':
    case 'organization.remove':
      return { kind, did: readDid(action) };
    case 'key.revoke':
      return { kind, keyId: readId<KeyId>(action, 'keyId'), notTrustedFrom: readWhole(action, 'notTrustedFrom') };
    case 'validators.change':
      return { kind, change: readOneOf(action, 'change', ['add', 'remove']), did: readDid(action) };
    case 'parameters.change':
      return {
        kind,
        parameters: readNumbers(action, 'parameters', Object.keys(PARAMETER_BOUNDS)) as Partial<Parameters>,
        thresholds: readNumbers(action, 'thresholds', PROPOSAL_ACTIONS) as GovernancePolicy,
      };
  }
}

function readAdmission(action: FieldReader): AdmissionRequest {
  readFlag(action, 'wordsCompared');
  const optional = <Name extends string, T>(name: Name, read: (action: FieldReader) => T) =>
    (action.has(name) ? { [name]: read(action) } : {}) as Partial<Record<Name, T>>;
  return {
    did: readDid(action),
    name: readName(action),
    ...optional('names', readNames),
    gs1CompanyPrefixes: readTexts(action, 'gs1CompanyPrefixes', {
      max: PREFIXES_MAX,
      isValid: isGs1Prefix,
      rule: 'a GS1 company prefix of 4..12 digits',
    }),
    ...optional('gln', readGln),
    ...optional('furtherGlns', readFurtherGlns),
    ...optional('contact', readContact),
    roles: readRoles(action),
    ...optional('nodeAddress', readNodeAddress),
    ...optional('apiUrl', readApiUrl),
    keys: readKeys(action, PURPOSES),
    rootCommitment: readHex(action, 'rootCommitment', 32),
    ...optional('invitationId', (reader) => readId(reader, 'invitationId')),
  };
}

function readRoles(action: FieldReader): readonly OrdinaryRole[] {
  return readTexts(action, 'roles', {
    max: ORDINARY_ROLES.length,
    isValid: (role) => ORDINARY_ROLES.some((known) => known === role),
    rule: 'member or auditor; validators are changed by validators.change',
  }) as readonly OrdinaryRole[];
}

/** An object of whole numbers under known names; whether they are in range is asked later. */
function readNumbers(action: FieldReader, name: string, known: readonly string[]): Readonly<Record<string, number>> {
  const numbers = action.optionalChild(name);
  if (numbers === undefined) return {};
  numbers.onlyFields(new Set(known), 'no-extensions');
  return Object.fromEntries([...numbers.object.members.keys()].map((key) => [key, readWhole(numbers, key)]));
}
