import { Buffer } from 'node:buffer';
import { checkTicket, parseGenesis, readTicket, type InvitationTicket } from '#identity';
import { sodiumVerifier } from '#keystore';
import { CliError, EXIT } from '../cli-error.js';
import { ApiClient } from './api-client.js';

export interface PreviewedTicket {
  readonly ticket: InvitationTicket;
  /** The genesis file, whose hash is the network id of the ticket. */
  readonly genesis: Uint8Array;
}

/** @throws CliError (verification failed) when the text is no whole ticket */
export function openTicket(text: string): InvitationTicket {
  const ticket = readTicket(text, sodiumVerifier);
  if (!ticket.ok) throw new CliError(`${ticket.detail} (${ticket.code}).`, EXIT.verificationFailed);
  return ticket.value;
}

/**
 * Reads a ticket and fetches the genesis file that it is bound to. Nobody is trusted with either: the ticket is signed, and the file is
 * the one only if its hash is the network id.
 * @param now - milliseconds since 1970
 * @throws CliError that says what is wrong with ticket or genesis
 */
export async function previewTicket(text: string, now: number): Promise<PreviewedTicket> {
  const ticket = openTicket(text);
  const checked = checkTicket(ticket, ticket.networkId, now);
  if (!checked.ok) throw new CliError(`${checked.detail} (${checked.code}).`, EXIT.rejected, 'Ask for a new one.');
  const inviter = new ApiClient(ticket.apiUrl);
  const preview = await inviter.post<{ genesis?: unknown }>('/api/v1/join-requests/preview', { ticket: text.trim() });
  const genesis = Buffer.from(typeof preview.genesis === 'string' ? preview.genesis : '', 'base64');
  const parsed = parseGenesis(genesis);
  if (!parsed.ok || parsed.value.networkId !== ticket.networkId) {
    throw new CliError(
      `${ticket.apiUrl} sent a genesis file that is not the one of network ${ticket.networkId}.`,
      EXIT.verificationFailed,
      'Ask the inviting organisation which of the two is wrong.',
    );
  }
  return { ticket, genesis };
}
