import type { ConsensusMessage, RoundChange } from './message.types.js';

/**
 * Names a vote: same sender, height, round, kind and content, same key. What stands beside the signed part is not in it,
 * so remember a key only once `step` has taken the message: a forged copy must not shut out the true one.
 */
export function messageKey(message: ConsensusMessage): string {
  return `${message.from}/${message.height}/${message.round}/${message.kind}/${contentOf(message)}`;
}

/** What a vote says, apart from where it stands: two different answers for one (sender, height, round, kind) contradict. */
export function contentOf(message: ConsensusMessage): string {
  return message.kind === 'round-change' ? preparedText(message.prepared) : message.digest;
}

function preparedText(prepared: RoundChange['prepared']): string {
  return prepared === null ? '' : `${prepared.round}:${prepared.digest}`;
}
