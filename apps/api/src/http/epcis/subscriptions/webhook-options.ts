import type { NodeConfig } from '../../../config/node-config.js';
import type { DestinationPolicy } from './destination.js';

/** How subscribers are told. */
export interface WebhookOptions extends DestinationPolicy {
  readonly giveUpAfterMs: number;
  /** For one attempt: name, connection, request and answer together. */
  readonly attemptTimeoutMs: number;
  /** Subscriptions that one process serves at once. */
  readonly concurrency: number;
  /** Between two looks at the outbox. */
  readonly pollMs: number;
  /** A WebSocket's client that has not taken a document by then is not listening. */
  readonly socketSendTimeoutMs: number;
  /** Then a WebSocket's client must come again and be judged anew: its key may have been revoked. */
  readonly socketLifeMs: number;
}

const GIVE_UP_AFTER_HOURS = 72;

/** The configuration with its defaults. */
export function webhookOptions({ webhooks }: Pick<NodeConfig, 'webhooks'>): WebhookOptions {
  return {
    allowPrivateDestinations: webhooks?.allowPrivateDestinations ?? false,
    giveUpAfterMs: (webhooks?.giveUpAfterHours ?? GIVE_UP_AFTER_HOURS) * 3_600_000,
    attemptTimeoutMs: 15_000,
    concurrency: 32,
    pollMs: 250,
    socketSendTimeoutMs: 30_000,
    socketLifeMs: 3_600_000,
  };
}
