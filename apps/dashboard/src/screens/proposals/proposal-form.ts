import type { Api } from '#sdk';
import type { ProposalKind } from './proposal-words.js';

/** What the form holds; which of it counts depends on the kind. */
export interface ProposalDraft {
  readonly kind: Exclude<ProposalKind, 'organization.admit'> | 'organization.admit';
  readonly did: string;
  readonly roles: readonly ('member' | 'auditor')[];
  readonly change: 'add' | 'remove';
  readonly keyId: string;
  readonly notTrustedFrom: number | '';
  /** Parameter → new value; those that stay are not there. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Kind of proposal → percent. */
  readonly thresholds: Readonly<Record<string, number>>;
}

/** The action as the API takes it; undefined while something is missing. Whether it is allowed is the node's to say. */
export function actionOf(draft: ProposalDraft): Api.ProposalAction | undefined {
  const { kind, did, roles, change, keyId, notTrustedFrom, parameters, thresholds } = draft;
  switch (kind) {
    case 'organization.admit':
      return undefined;
    case 'key.revoke':
      return keyId === '' || notTrustedFrom === '' ? undefined : { kind, keyId, notTrustedFrom };
    case 'parameters.change': {
      if (Object.keys(parameters).length + Object.keys(thresholds).length === 0) return undefined;
      return {
        kind,
        ...(Object.keys(parameters).length > 0 && { parameters }),
        ...(Object.keys(thresholds).length > 0 && { thresholds }),
      };
    }
    case 'organization.roles':
      return did === '' ? undefined : { kind, did, roles };
    case 'validators.change':
      return did === '' ? undefined : { kind, change, did };
    default:
      return did === '' ? undefined : { kind, did };
  }
}

export const PARAMETERS = [
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
