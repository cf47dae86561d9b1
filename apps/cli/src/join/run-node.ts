import { readFileSync } from 'node:fs';
import { toHex } from '#codec';
import type { InvitationTicket } from '#identity';
import { nodeProgram } from '../config/project-root.js';
import { CliError, EXIT } from '../cli-error.js';
import { startNodeProcess, type NodeProcess } from '../dev/node-process.js';
import { ApiClient } from './api-client.js';
import type { NodeFolder } from './node-folder.js';

const POLL_MS = 500;

export interface StartedNode {
  readonly process: NodeProcess;
  readonly api: ApiClient;
}

/** Starts the node of a folder and waits until its API listens. @throws CliError when it does not start */
export async function startJoinedNode(folder: NodeFolder, passphrase: string): Promise<StartedNode> {
  const config = JSON.parse(readFileSync(folder.config, 'utf8')) as { api: { host: string; port: number } };
  const process = startNodeProcess({
    name: folder.root,
    program: nodeProgram(),
    config: folder.config,
    log: folder.log,
    environment: { LADING_PASSPHRASE: passphrase },
  });
  await process.ready;
  const { host, port } = config.api;
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return { process, api: new ApiClient(`http://${reachable}:${port}`, readFileSync(folder.apiKey, 'utf8').trim()) };
}

interface NetworkAnswer {
  readonly height: number;
  readonly indexHeight: number;
}
interface PeersAnswer {
  readonly items: readonly { readonly connected: boolean; readonly reportedHeight: number | null }[];
}

/**
 * Waits until the node has verified and indexed the chain up to what its peers told.
 * @returns the height, or undefined when `signal` ended the waiting
 */
export async function awaitSync(
  api: ApiClient,
  tell: (sentence: string) => void,
  signal: AbortSignal,
): Promise<number | undefined> {
  let told = '';
  while (!signal.aborted) {
    const { height, indexHeight } = await api.get<NetworkAnswer>('/api/v1/network');
    const { items } = await api.get<PeersAnswer>('/api/v1/network/peers');
    const heads = items.flatMap(({ connected, reportedHeight }) => (connected ? [reportedHeight ?? 0] : []));
    const head = Math.max(...heads, 0);
    if (heads.length > 0 && height >= head && indexHeight >= head) return height;
    const sentence = heads.length === 0 ? 'No peer is connected yet …' : `Block ${height} of ${head} verified …`;
    if (sentence !== told) tell(sentence);
    told = sentence;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return undefined;
}

/**
 * Now that this node has verified the chain itself: whether the ticket's key really is one of the inviter's.
 * @throws CliError (verification failed) when it is not: whoever made the ticket is not who they said
 */
export async function confirmInviter(api: ApiClient, { inviter, inviterKey }: InvitationTicket): Promise<void> {
  const { keys } = await api.get<{ keys: readonly { publicKey: string }[] }>(
    `/api/v1/organizations/${encodeURIComponent(inviter)}`,
  );
  if (keys.some(({ publicKey }) => publicKey === toHex(inviterKey))) return;
  throw new CliError(
    `The ledger knows no key of ${inviter} that made this ticket.`,
    EXIT.verificationFailed,
    'Stop this node and ask who sent the ticket.',
  );
}
