import { existsSync, readFileSync } from 'node:fs';
import { comparisonWords, type Did, type InvitationTicket } from '#identity';
import { CliError, EXIT } from '../cli-error.js';
import { writePrivateJson } from '../dev/private-file.js';
import { ApiClient } from './api-client.js';
import type { NewcomerKeys } from './newcomer-keys.js';
import type { NodeFolder } from './node-folder.js';

/** What an organisation says about itself when it asks to be admitted. */
export interface Profile {
  readonly did: Did;
  readonly name: string;
  readonly gs1CompanyPrefixes: readonly string[];
  readonly gln?: string;
  readonly contact?: string;
  /** `host:port` at which the others reach its node. */
  readonly nodeAddress?: string;
}

/** `join-request.json`: with it a later `lading join` goes on where this one ended. */
export interface FiledRequest {
  readonly id: string;
  readonly ticket: string;
}

export interface RequestState {
  readonly id: string;
  readonly state: 'filed' | 'proposed' | 'admitted' | 'refused' | 'rejected';
  readonly words: readonly string[];
  readonly proposalId: string | null;
}

/** The request that was filed from this folder, if one was. */
export function filedRequest(folder: NodeFolder): FiledRequest | undefined {
  if (!existsSync(folder.request)) return undefined;
  return JSON.parse(readFileSync(folder.request, 'utf8')) as FiledRequest;
}

export interface Filing {
  readonly ticketText: string;
  readonly ticket: InvitationTicket;
  readonly profile: Profile;
  readonly keys: NewcomerKeys;
}

/** Files the request; the same again gets the same answer. @throws CliError with the inviter's refusal */
export async function fileRequest(
  folder: NodeFolder,
  { ticketText, ticket, profile, keys }: Filing,
): Promise<RequestState> {
  const organization = { ...profile, keys: keys.proofs, rootCommitment: keys.rootCommitment };
  const inviter = new ApiClient(ticket.apiUrl);
  const filed = await inviter.post<RequestState>('/api/v1/join-requests', { ticket: ticketText.trim(), organization });
  if (filed.words.join() !== wordsOf(ticket, profile.did, keys).join()) {
    throw new CliError(
      `${ticket.apiUrl} derives other words from the keys than this machine: something changed them on the way.`,
      EXIT.verificationFailed,
    );
  }
  writePrivateJson(folder.request, { id: filed.id, ticket: ticketText.trim() } satisfies FiledRequest);
  return filed;
}

/** Derived here, from the keys that were made here: the inviter reads theirs from what arrived. */
export function wordsOf({ networkId }: InvitationTicket, did: Did, { publicKeys }: NewcomerKeys): readonly string[] {
  return comparisonWords({ networkId, did, keys: publicKeys });
}

const POLL_MS = 1_000;

/**
 * Waits until the organisations have decided.
 * @param tell - called when the state changes, and when the inviter cannot be reached
 * @throws CliError (rejected) when they did not want it, (interrupted)
 */
export async function awaitAdmission(
  { apiUrl }: InvitationTicket,
  id: string,
  tell: (sentence: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const inviter = new ApiClient(apiUrl);
  let last = '';
  const say = (sentence: string): void => {
    if (sentence !== last) tell(sentence);
    last = sentence;
  };
  while (!signal.aborted) {
    const standing = await inviter.get<RequestState>(`/api/v1/join-requests/${id}`).catch((error: unknown) => {
      if (!(error instanceof CliError) || error.exitCode !== EXIT.network) throw error;
      say(`${error.message} Asking again …`);
      return undefined;
    });
    switch (standing?.state) {
      case 'admitted':
        return;
      case 'refused':
        throw new CliError('The organisations did not admit this one: the vote failed or expired.', EXIT.rejected);
      case 'rejected':
        throw new CliError('The inviting organisation did not put the request to the vote.', EXIT.rejected);
      case 'filed':
        say('Waiting until the inviting organisation puts the request to the vote …');
        break;
      case 'proposed':
        say(`Waiting for the votes on proposal ${standing.proposalId?.slice(0, 16)} …`);
    }
    await pause(POLL_MS, signal);
  }
  throw new CliError('Interrupted; the same command goes on where this one ended.', EXIT.interrupted);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
