import { assertInvariant, compareStrings } from '#codec';
import type { Did, PublicKey } from '#identity';
import { decideIfSealed } from './decide.js';
import type { ConsensusMessage, Prepare, RoundChange, Value } from './message.types.js';
import { encodeLock, encodeMessage } from './message-codec.js';
import { signedPart, type Unsigned } from './signed-part.js';
import { isPrepared, isSelfValidator, matchingPrepares, type OwnVotes } from './state.js';
import { holdProposal } from './hold-proposal.js';
import type { Transition } from './transition.js';
import { withVote } from './vote-book.js';

/** Proposes `value` in the present round and prepares it. The caller has judged it and checked whose turn it is. */
export function castProposal(
  t: Transition,
  value: Value,
  roundChanges: readonly RoundChange[],
  prepares: readonly Prepare[],
): void {
  const from = selfOf(t);
  const proposal = sign(t, {
    kind: 'proposal',
    ...here(t, from),
    digest: value.digest,
    value,
    // Their proof stands once, in `prepares`.
    roundChanges: roundChanges
      .map((roundChange): RoundChange => ({ ...roundChange, prepares: [], value: null }))
      .sort((a, b) => compareStrings(a.from, b.from)),
    prepares,
  });
  record(t, proposal);
  holdProposal(t, proposal, true);
  castPrepare(t, value);
}

/** The caller accepted the proposal of `value` in the present round. */
export function castPrepare(t: Transition, { digest }: Value): void {
  if (!isSelfValidator(t.height, t.env.self)) return;
  if (t.height.own.prepare?.round !== t.height.round) {
    const prepare = sign(t, { kind: 'prepare', ...here(t, t.env.self), digest });
    record(t, prepare);
    t.height = { ...t.height, prepares: withVote(t.height.prepares, prepare) };
  }
  commitIfPrepared(t);
}

/**
 * Locks on the accepted value and commits to it, once a quorum has prepared it in the present round. Never before: a
 * commit says that a quorum can vouch for the value in later rounds.
 */
export function commitIfPrepared(t: Transition): void {
  const { height, env } = t;
  if (height.isDecided || !isSelfValidator(height, env.self) || height.own.commit?.round === height.round) return;
  const value = height.proposals.get(height.round)?.message.value;
  if (value === undefined || !isPrepared(height)) return;
  const lock = { round: height.round, value, prepares: matchingPrepares(height) };
  const seal = env.sign(env.sealText(value, height.round), ownKey(t));
  const commit = sign(t, { kind: 'commit', ...here(t, env.self), digest: value.digest, seal });
  record(t, commit, encodeLock(lock));
  t.height = { ...t.height, lock, commits: withVote(t.height.commits, commit) };
  decideIfSealed(t, commit.round, commit.digest);
}

/** Says that this node moved to the present round, and what it is locked on. */
export function castRoundChange(t: Transition): void {
  if (!isSelfValidator(t.height, t.env.self)) return;
  const { lock } = t.height;
  const roundChange = sign(t, {
    kind: 'round-change',
    ...here(t, t.env.self),
    prepared: lock === undefined ? null : { round: lock.round, digest: lock.value.digest },
    prepares: lock?.prepares ?? [],
    value: lock?.value ?? null,
  });
  record(t, roundChange);
  t.height = { ...t.height, roundChanges: new Map(t.height.roundChanges).set(roundChange.from, roundChange) };
}

function sign<M extends Unsigned<ConsensusMessage>>(t: Transition, message: M): M & { readonly signature: Uint8Array } {
  return { ...message, signature: t.env.sign(signedPart(message, t.env.networkId), ownKey(t)) };
}

function here(t: Transition, from: Did): Pick<ConsensusMessage, 'from' | 'height' | 'round'> {
  return { from, height: t.height.config.height, round: t.height.round };
}

function selfOf(t: Transition): Did {
  const { self } = t.env;
  assertInvariant(isSelfValidator(t.height, self), 'INV-CONS-2', { self, reason: 'only a validator votes' });
  return self;
}

function ownKey(t: Transition): PublicKey {
  return t.height.keys.get(selfOf(t)) as PublicKey; // a validator, says selfOf
}

/** Durable first, then sent, then counted. */
function record(t: Transition, message: ConsensusMessage, lock?: Uint8Array): void {
  const { kind, height, round } = message;
  const last: ConsensusMessage | undefined = t.height.own[kind];
  assertInvariant(last === undefined || last.round < round, 'INV-CONS-2', { kind, height, round });
  const digest = message.kind === 'round-change' ? (message.prepared?.digest ?? '') : message.digest;
  t.records.push({
    height,
    round,
    kind,
    digest,
    message: encodeMessage(message),
    ...(lock === undefined ? {} : { lock }),
  });
  t.effects.push({ type: 'Broadcast', message });
  t.height = { ...t.height, own: { ...t.height.own, [kind]: message } satisfies OwnVotes };
}
