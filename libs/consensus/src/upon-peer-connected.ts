import type { Did } from '#identity';
import { knownMessagesOfOthers, latestOwnMessages } from './known-messages.js';
import type { Transition } from './transition.js';

/** Sends a peer what it needs to join the present round, from whomever it is. */
export function uponPeerConnected(t: Transition, peer: Did): void {
  if (t.height.isDecided || peer === t.env.self) return;
  const messages = [...latestOwnMessages(t.height), ...knownMessagesOfOthers(t.height)];
  for (const message of messages.filter(({ from }) => from !== peer))
    t.effects.push({ type: 'Send', to: peer, message });
}
