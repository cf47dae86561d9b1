import { compareStrings } from '#codec';
import type { Did } from '#identity';
import type { Digest, Round } from './message.types.js';

interface Vote {
  readonly from: Did;
  readonly round: Round;
  readonly digest: Digest;
}

/**
 * The votes of one kind at one height: of each validator those of the latest rounds in which it voted, newest first, one
 * per round. The bound is per validator, so that whoever names a thousand rounds pushes out only votes of its own.
 */
export type VoteBook<V extends Vote> = ReadonlyMap<Did, readonly V[]>;

const ROUNDS_KEPT_PER_VALIDATOR = 8;

export function voteOf<V extends Vote>(book: VoteBook<V>, from: Did, round: Round): V | undefined {
  return book.get(from)?.find((vote) => vote.round === round);
}

/** @returns false when the validator's kept votes are all of later rounds: this one would be forgotten at once */
export function hasRoom<V extends Vote>(book: VoteBook<V>, from: Did, round: Round): boolean {
  const votes = book.get(from) ?? [];
  return votes.length < ROUNDS_KEPT_PER_VALIDATOR || round > (votes.at(-1) as V).round;
}

/** One vote per author and round: a second one of the same round changes nothing. */
export function withVote<V extends Vote>(book: VoteBook<V>, vote: V): VoteBook<V> {
  if (voteOf(book, vote.from, vote.round) !== undefined) return book;
  const votes = [...(book.get(vote.from) ?? []), vote]
    .sort((a, b) => b.round - a.round)
    .slice(0, ROUNDS_KEPT_PER_VALIDATOR);
  return new Map(book).set(vote.from, votes);
}

export function withoutVotesOf<V extends Vote>(book: VoteBook<V>, from: Did): VoteBook<V> {
  const rest = new Map(book);
  rest.delete(from);
  return rest;
}

/** Votes for one digest in one round, of distinct validators, sorted by validator. */
export function votesFor<V extends Vote>(book: VoteBook<V>, round: Round, digest: Digest): readonly V[] {
  return [...book.values()]
    .flatMap((votes) => votes.filter((vote) => vote.round === round && vote.digest === digest))
    .sort((a, b) => compareStrings(a.from, b.from));
}

/** Rounds in which somebody voted for `digest`, in no particular order. */
export function roundsOf<V extends Vote>(book: VoteBook<V>, digest: Digest): ReadonlySet<Round> {
  return new Set(
    [...book.values()].flatMap((votes) => votes.filter((vote) => vote.digest === digest).map((vote) => vote.round)),
  );
}
