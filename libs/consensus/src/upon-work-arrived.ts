import { proposeIfMyTurn } from './propose.js';
import { startRound, type Transition } from './transition.js';

/** There is something to agree on. In later rounds the leader was asked for a value when the round changes came. */
export function uponWorkArrived(t: Transition): void {
  if (t.height.isDecided) return;
  if (!t.height.isRunning) startRound(t);
  if (t.height.round === 0) proposeIfMyTurn(t);
}
