import { Inject, Injectable } from '@nestjs/common';
import type { RecordReader, RecordType, RecordWriter, Result } from '#codec';
import {
  CURRENT,
  openProposal,
  ORGANIZATION,
  ORGANIZATION_KEY,
  PARAMETERS,
  POLICY,
  portableVerifier,
  tallyOf,
  VALIDATORS,
  type Did,
  type KeyId,
  type Proposal,
  type ProposalAction,
  type ProposalId,
} from '#identity';
import { recordAsJson } from '#index';
import { missedTurns } from '#ledger';
import type { LadingNode } from '#node';
import type { ProposalActionInput } from '#trace';
import type { z } from 'zod';
import { LADING_NODE, LEDGER_STATE, SELF, type Self } from '../parts.js';
import { changesOf, figuresOf, sentenceOf, validatorsAfter, type Proposed } from './proposal-meaning.js';
import type { simulationSchema } from './proposal.contract.js';

const NO_ID = '00'.repeat(32) as ProposalId;

/**
 * Tries a proposal on the state at the head, and looks at who is there. The rules know only the chain (who missed turns); this
 * node also knows its own links, which tell sooner that a validator is away.
 */
@Injectable()
export class ProposalSimulator {
  constructor(
    @Inject(LEDGER_STATE) private readonly state: RecordReader,
    @Inject(LADING_NODE) private readonly node: LadingNode,
    @Inject(SELF) private readonly self: Self,
  ) {}

  simulate(input: ProposalActionInput): z.infer<typeof simulationSchema> {
    const { height } = this.node.head().header;
    const missed = missedTurns(this.state);
    const opened = this.tryToOpen(input, height + 1, missed);
    const proposed = this.proposed(input);
    const before = proposed.before.validators;
    const after = validatorsAfter(proposed);
    const validators = [...new Set([...before, ...after])]
      .sort()
      .map((did) => this.validator(did, { before, after, missed }));
    const offline = validators.filter(
      ({ isAfter, isConnected, missedTurns: isMissed }) => isAfter && (!isConnected || isMissed),
    );
    const figures = figuresOf(after.length);
    const reachable = after.length - offline.length;
    const isShort = opened.ok && reachable < figures.quorum;
    return {
      kind: proposed.kind,
      sentence: sentenceOf(proposed),
      action: proposed.action,
      about: proposed.about,
      key: proposed.key,
      changes: [...changesOf(proposed)],
      refusal: opened.ok ? null : { code: opened.code, detail: opened.detail },
      tally: opened.ok
        ? tallyOf(this.state, opened.value)
        : tallyOf(this.state, { action: input as unknown as ProposalAction, ballots: [] }),
      before: figuresOf(before.length),
      after: figures,
      validators,
      offline: offline.map(({ did }) => did),
      reachable,
      warning: isShort
        ? `After this change ${figures.quorum} of ${after.length} validators must seal; ${reachable} can be reached from here now.`
        : null,
      asOf: { height },
    };
  }

  /** The rules themselves, on a copy of the state that is thrown away. */
  private tryToOpen(action: ProposalActionInput, height: number, missed: ReadonlySet<Did>): Result<Proposal> {
    const { did, networkId, signingKeys } = this.self;
    const signerKeyId: KeyId = signingKeys.current().keyId;
    const context = { networkId, author: did, signerKeyId, height, missed };
    return openProposal(scratchOf(this.state), { id: NO_ID, action, expiresAt: height + 1 }, context, portableVerifier);
  }

  private proposed(action: ProposalActionInput): Proposed {
    const key = action.kind === 'key.revoke' ? this.state.get(ORGANIZATION_KEY, action.keyId) : undefined;
    const did = didOf(action) ?? key?.organization ?? null;
    const organization = did === null ? undefined : this.state.get(ORGANIZATION, did);
    const admittedName = action.kind === 'organization.admit' ? action.organization.name : null;
    return {
      kind: action.kind,
      action: recordAsJson(action) as Proposed['action'],
      about: did === null ? null : { did, name: organization?.name ?? admittedName },
      key: key === undefined ? null : { keyId: key.keyId, organization: key.organization, purpose: key.purpose },
      before: {
        organization:
          organization === undefined ? null : (recordAsJson(organization) as Readonly<Record<string, unknown>>),
        validators: this.state.get(VALIDATORS, CURRENT) ?? [],
        parameters: { ...this.state.get(PARAMETERS, CURRENT) },
        thresholds: { ...this.state.get(POLICY, CURRENT) },
      },
    };
  }

  private validator(
    did: string,
    {
      before,
      after,
      missed,
    }: { readonly before: readonly string[]; readonly after: readonly string[]; readonly missed: ReadonlySet<string> },
  ) {
    const status = this.node.validators().find(({ id }) => id === did);
    const peer = this.node.peers().find(({ id }) => id === did);
    const isSelf = did === this.self.did;
    return {
      did,
      name: this.state.get(ORGANIZATION, did)?.name ?? null,
      isBefore: before.includes(did),
      isAfter: after.includes(did),
      isSelf,
      isConnected: isSelf || (status?.connected ?? peer?.connected ?? false),
      missedTurns: missed.has(did),
      lastSealHeight: status?.lastSealHeight ?? null,
    };
  }
}

/** Reads through to the state, keeps what is written to itself. */
function scratchOf(state: RecordReader): RecordWriter {
  const written = new Map<string, unknown>();
  return {
    get: <T>(type: RecordType<T>, id: string): T | undefined => {
      const key = `${type.prefix}/${id}`;
      return written.has(key) ? (written.get(key) as T | undefined) : state.get(type, id);
    },
    put: (type, id, value) => void written.set(`${type.prefix}/${id}`, value),
    remove: (type, id) => void written.set(`${type.prefix}/${id}`, undefined),
  };
}

function didOf(action: ProposalActionInput): string | undefined {
  switch (action.kind) {
    case 'organization.admit':
      return action.organization.did;
    case 'key.revoke':
    case 'parameters.change':
      return undefined;
    default:
      return action.did;
  }
}
