import type { ConsensusMessage } from './message.types.js';
import type { HeightState } from './state.js';

/**
 * What others may still lack of what this node said, in the order in which it helps them: the latest round change, what it
 * said in the present round, and its latest commit, which counts for ever.
 */
export function latestOwnMessages({ own, round }: HeightState): readonly ConsensusMessage[] {
  const ofThisRound = (message: ConsensusMessage | undefined) => (message?.round === round ? message : undefined);
  return [own['round-change'], ofThisRound(own.proposal), ofThisRound(own.prepare), own.commit].filter(
    (message) => message !== undefined,
  );
}

/** What this node knows of others' votes in the present round, and all commits: links between others may be cut. */
export function knownMessagesOfOthers(height: HeightState): readonly ConsensusMessage[] {
  const { round, proposals, prepares, commits, roundChanges, own } = height;
  const proposal = proposals.get(round)?.message;
  // A proposal brings its round changes with it.
  const changes = proposal === undefined ? [...roundChanges.values()].filter((change) => change.round >= round) : [];
  const votes = [
    ...[...prepares.values()].flatMap((of) => of.filter((prepare) => prepare.round === round)),
    ...[...commits.values()].flat(),
  ];
  const ownMessages: readonly (ConsensusMessage | undefined)[] = Object.values(own);
  return [...changes, ...(proposal === undefined ? [] : [proposal]), ...votes].filter((m) => !ownMessages.includes(m));
}
