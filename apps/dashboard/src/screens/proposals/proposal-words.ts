import type { TFunction } from 'i18next';
import type { Api } from '#sdk';
import { nameOf } from '../../app/use-organizations.js';

export type ProposalKind = Api.Proposal['kind'];
export type ProposalState = Api.Proposal['state'];
/** What a proposal is about, as the API tells it of one that is open and of one that is only tried. */
export type Meaning = Pick<Api.Proposal, 'kind' | 'action' | 'about' | 'key' | 'changes'>;

export const PROPOSAL_KINDS: readonly ProposalKind[] = [
  'organization.admit',
  'organization.roles',
  'organization.suspend',
  'organization.readmit',
  'organization.remove',
  'key.revoke',
  'validators.change',
  'parameters.change',
];
export const PROPOSAL_STATES: readonly ProposalState[] = [
  'open',
  'passed',
  'effective',
  'rejected',
  'withdrawn',
  'expired',
  'failed',
];
export const STATE_COLORS: Readonly<Record<ProposalState, string>> = {
  open: 'harbour',
  passed: 'teal',
  effective: 'teal',
  rejected: 'red',
  withdrawn: 'gray',
  expired: 'gray',
  failed: 'red',
};

const ROLES = ['validator', 'member', 'auditor'] as const;
const PURPOSES = ['node', 'sign', 'admin', 'root'] as const;

export type ProposalsT = TFunction<'proposals'>;

/** The plain sentence of a proposal in the reader's language, made of the members that the ledger has, not of prose of the proposer's. */
export function sentenceOf(
  t: ProposalsT,
  { kind, action, about, key, changes }: Meaning,
  organizations: ReadonlyMap<string, Api.Organization>,
): string {
  const who = about === null ? t('someone') : (about.name ?? nameOf(organizations, about.did));
  const stops =
    changes.some(({ field }) => field === 'validators') && kind !== 'validators.change' ? t('stopsValidating') : '';
  switch (kind) {
    case 'organization.admit': {
      const admitted = (action['organization'] ?? action) as Readonly<Record<string, unknown>>;
      return t('sentence.organization.admit', { who, roles: roleWords(t, admitted['roles']) });
    }
    case 'organization.roles':
      return t('sentence.organization.roles', { who, roles: roleWords(t, action['roles']) });
    case 'organization.suspend':
      return t('sentence.organization.suspend', { who }) + stops;
    case 'organization.readmit':
      return t('sentence.organization.readmit', { who });
    case 'organization.remove':
      return t('sentence.organization.remove', { who }) + stops;
    case 'key.revoke': {
      const purpose = PURPOSES.find((one) => one === key?.purpose);
      return t('sentence.key.revoke', {
        who,
        purpose: purpose === undefined ? '' : t(`purposes.${purpose}`),
        key: String(action['keyId']).slice(0, 8),
        height: String(action['notTrustedFrom']),
      });
    }
    case 'validators.change':
      return action['change'] === 'add'
        ? t('sentence.validators.add', { who })
        : t('sentence.validators.remove', { who });
    case 'parameters.change':
      return t('sentence.parameters.change', {
        fields: changes.map(({ field }) => fieldWord(t, field)).join(t('listSeparator')),
      });
  }
}

function roleWords(t: ProposalsT, roles: unknown): string {
  const words = (Array.isArray(roles) ? roles : []).map((role: unknown) => {
    const known = ROLES.find((one) => one === role);
    return known === undefined ? String(role) : t(`roles.${known}`);
  });
  return words.length === 0 ? t('noRole') : words.join(t('listSeparator'));
}

const FIELDS = [
  'status',
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
  'wordsCompared',
  'key',
  'notTrustedFrom',
  'validators',
  'quorum',
  'tolerated',
  'blockEntriesMax',
  'blockBytesMax',
  'notAfterWindow',
  'clockDriftMaxMs',
  'batchWaitMs',
  'heartbeatMs',
  'roundBaseMs',
  'roundStepMs',
  'roundCapMs',
] as const;

/** The name of what changes; of a parameter that this page does not know, the ledger's own. */
export function fieldWord(t: ProposalsT, field: string): string {
  if (field.startsWith('threshold:')) {
    const kind = PROPOSAL_KINDS.find((one) => `threshold:${one}` === field);
    if (kind !== undefined) return t('threshold', { kind: t(`kind.${kind}`) });
  }
  const known = FIELDS.find((one) => one === field);
  return known === undefined ? field : t(`field.${known}`);
}
