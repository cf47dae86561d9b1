import type { Height } from '#identity';
import type { ConsensusMessage } from './message.types.js';
import type { FutureMessages } from './state.js';
import { isRound } from './timing.js';
import { isSignedBySender, type Transition } from './transition.js';
import { ACCEPT, ignore, type Verdict } from './verdict.js';

const HEIGHTS_AHEAD_MAX = 2;

/**
 * Keeps a message of the next heights until they start: the latest one per height, kind and sender. Who decides there is not
 * known yet; the signature is checked with the sender's present key, so that nobody fills a place in another's name. What
 * cannot be kept is not lost: its sender repeats it.
 */
export function keepForLater(
  future: FutureMessages,
  t: Transition,
  message: ConsensusMessage,
): { readonly future: FutureMessages; readonly verdict: Verdict } {
  const refused = (verdict: Verdict) => ({ future, verdict });
  const { keys, config } = t.height;
  const key = keys.get(message.from);
  if (message.from === t.env.self) return refused(ignore('CONSENSUS_OWN_MESSAGE'));
  if (key === undefined || !isRound(message.round)) return refused(ignore('CONSENSUS_FUTURE_HEIGHT'));
  if (!(message.height <= config.height + HEIGHTS_AHEAD_MAX) || carriesBulk(message)) {
    return refused(ignore('CONSENSUS_FUTURE_HEIGHT'));
  }
  const place = `${message.height}/${message.kind}/${message.from}`;
  const held = future.get(place);
  if (held !== undefined && held.message.round >= message.round) return refused(ignore('CONSENSUS_DUPLICATE'));
  if (!isSignedBySender(t, message)) return refused(ignore('CONSENSUS_FUTURE_HEIGHT'));
  return { future: new Map(future).set(place, { message, verifiedWith: key }), verdict: ACCEPT };
}

/** Values are large and justifications many: of future heights only first proposals and plain votes are kept. */
function carriesBulk(message: ConsensusMessage): boolean {
  if (message.kind === 'proposal')
    return message.round > 0 || message.roundChanges.length + message.prepares.length > 0;
  return message.kind === 'round-change' && (message.value !== null || message.prepares.length > 0);
}

/** Takes out the messages of `height`; those of lower heights are forgotten. */
export function takeMessagesOf(future: FutureMessages, height: Height) {
  const all = [...future.entries()];
  return {
    messages: all.filter(([, { message }]) => message.height === height).map(([, held]) => held),
    future: new Map(all.filter(([, { message }]) => message.height > height)) as FutureMessages,
  };
}
