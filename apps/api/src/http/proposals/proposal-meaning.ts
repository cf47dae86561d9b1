import { faultTolerance, quorum } from '#identity';
import type { ProposalDto } from '#index';

/** What a proposal is about, and how things are before it. */
export type Proposed = Pick<ProposalDto, 'kind' | 'action' | 'about' | 'key' | 'before'>;

export interface ProposedChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** One sentence of plain English; translations are made of the members that it is made of. */
export function sentenceOf({ kind, action, about, key, before }: Proposed): string {
  const who =
    about === null ? 'an unknown organisation' : about.name === null ? about.did : `${about.name} (${about.did})`;
  const stopsValidating = before.validators.includes(about?.did ?? '') ? ' It stops validating.' : '';
  switch (kind) {
    case 'organization.admit':
      return `Admit ${who} as ${listed(admitted(action)['roles'])}. It will not validate.`;
    case 'organization.roles':
      return `Give ${who} the roles ${listed(action['roles'])}.`;
    case 'organization.suspend':
      return `Suspend ${who}: it goes on reading and writes nothing.${stopsValidating}`;
    case 'organization.readmit':
      return `Readmit ${who}: it may write again.`;
    case 'organization.remove':
      return `Remove ${who} from the network, for good.${stopsValidating}`;
    case 'key.revoke':
      return `Revoke the ${key?.purpose ?? ''} key ${String(action['keyId']).slice(0, 8)}… of ${who}: what it signed from height ${String(action['notTrustedFrom'])} on is disputed.`;
    case 'validators.change':
      return action['change'] === 'add' ? `Make ${who} a validator.` : `Take ${who} out of the validators.`;
    case 'parameters.change':
      return `Change ${changesOf({ kind, action, about, key, before })
        .map(({ field, before: from, after }) => `${field} from ${String(from ?? 'the default')} to ${String(after)}`)
        .join(', ')}.`;
  }
}

/** Field by field what is before and after; what stays as it is is left out. */
export function changesOf({ kind, action, about, key, before }: Proposed): readonly ProposedChange[] {
  const organization = before.organization;
  switch (kind) {
    case 'organization.admit': {
      const { kind: _, keys: __, rootCommitment: ___, invitationId: ____, ...profile } = admitted(action);
      return [
        { field: 'status', before: null, after: 'active' },
        ...Object.entries(profile).map(([field, after]) => ({ field, before: null, after })),
      ];
    }
    case 'organization.roles': {
      const kept = rolesOf(organization).filter((role) => role === 'validator');
      return [{ field: 'roles', before: rolesOf(organization), after: [...kept, ...(action['roles'] as string[])] }];
    }
    case 'organization.suspend':
      return [
        statusChange(organization, 'suspended'),
        ...validatorChanges(before, validatorsAfter({ kind, action, about, before })),
      ];
    case 'organization.readmit':
      return [statusChange(organization, 'active')];
    case 'organization.remove':
      return [
        statusChange(organization, 'removed'),
        ...validatorChanges(before, validatorsAfter({ kind, action, about, before })),
      ];
    case 'key.revoke':
      return [
        { field: 'key', before: key === null ? null : 'trusted', after: 'revoked' },
        { field: 'notTrustedFrom', before: null, after: action['notTrustedFrom'] },
      ];
    case 'validators.change':
      return validatorChanges(before, validatorsAfter({ kind, action, about, before }));
    case 'parameters.change':
      return [
        ...numberChanges(action['parameters'], before.parameters, ''),
        ...numberChanges(action['thresholds'], before.thresholds, 'threshold:'),
      ];
  }
}

/** The validators under the change, sorted. */
export function validatorsAfter({
  kind,
  action,
  about,
  before,
}: Pick<Proposed, 'kind' | 'action' | 'about' | 'before'>): readonly string[] {
  const { validators } = before;
  const did = about?.did ?? '';
  const isLeaving =
    kind === 'organization.suspend' ||
    kind === 'organization.remove' ||
    (kind === 'validators.change' && action['change'] === 'remove');
  if (isLeaving) return validators.filter((validator) => validator !== did);
  const isJoining = kind === 'validators.change' && !validators.includes(did);
  return isJoining ? [...validators, did].sort() : validators;
}

/** What a number of validators needs and bears. */
export function figuresOf(validators: number) {
  return { validators, quorum: quorum(validators), tolerated: Math.max(0, faultTolerance(validators)) };
}

function validatorChanges({ validators }: Proposed['before'], after: readonly string[]): readonly ProposedChange[] {
  if (after.length === validators.length) return [];
  const [from, to] = [figuresOf(validators.length), figuresOf(after.length)];
  return [
    { field: 'validators', before: validators, after },
    { field: 'quorum', before: from.quorum, after: to.quorum },
    { field: 'tolerated', before: from.tolerated, after: to.tolerated },
  ];
}

function numberChanges(after: unknown, before: Readonly<Record<string, number>>, prefix: string): ProposedChange[] {
  return Object.entries((after ?? {}) as Record<string, number>)
    .filter(([name, value]) => before[name] !== value)
    .map(([name, value]) => ({ field: `${prefix}${name}`, before: before[name] ?? null, after: value }));
}

function statusChange(organization: Proposed['before']['organization'], after: string): ProposedChange {
  return { field: 'status', before: organization?.['status'] ?? null, after };
}

function rolesOf(organization: Proposed['before']['organization']): readonly string[] {
  return (organization?.['roles'] ?? []) as readonly string[];
}

/** What is to be admitted: as it stands in the state it is a member of the action, in a request it is the action itself. */
function admitted(action: Proposed['action']): Readonly<Record<string, unknown>> {
  return (action['organization'] ?? action) as Readonly<Record<string, unknown>>;
}

function listed(roles: unknown): string {
  return (roles as readonly string[]).join(' and ') || 'nothing else';
}
