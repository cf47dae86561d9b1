import {
  decodeCbor,
  encodeCbor,
  failure,
  fromBase64Url,
  fromHex,
  success,
  toBase64Url,
  toHex,
  type CborValue,
  type Result,
} from '#codec';
import { admitPublicKey } from '../admit-public-key.js';
import type { Did, NetworkId, PublicKey, UnixMs } from '../names.js';
import type { OrganizationRole } from '../organization.js';
import { parseDid } from '../parse-did.js';
import type { SignatureVerifier, Signer } from '../ports.js';
import type { InvitationTicket, InvitedPeer, TicketErrorCode } from './ticket.types.js';

export const TICKET_PREFIX = 'lading-invite:';
/** Of the text form: far more than 32 peers need. */
export const TICKET_CHARS_MAX = 16_384;
export const TICKET_PEERS_MAX = 32;
export const TICKET_ID_BYTES = 32;
const FORMAT = 'lading/invitation/1';
const NAME_CHARS_MAX = 200;
const HOST_CHARS_MAX = 253;
const URL_CHARS_MAX = 1_024;
const ROLES: readonly OrganizationRole[] = ['validator', 'member', 'auditor'];

/** The text that is handed over: prefix and base64url of CBOR `[payload, signature]`. */
export function signTicket(ticket: InvitationTicket, signer: Signer): string {
  const payload = encodePayload(ticket);
  return TICKET_PREFIX + toBase64Url(encodeCbor([payload, signer.sign(payload)]));
}

/**
 * Reads a ticket that came from anywhere. The signature is that of the key in the ticket: it shows that nothing was changed on the
 * way; whether the key is the inviter's is for the inviter, or for who knows the ledger, to say.
 */
export function readTicket(text: string, verifier: SignatureVerifier): Result<InvitationTicket, TicketErrorCode> {
  const trimmed = text.trim();
  if (trimmed.length > TICKET_CHARS_MAX) return malformed(`at most ${TICKET_CHARS_MAX} characters`);
  if (!trimmed.startsWith(TICKET_PREFIX)) return malformed(`it begins with ${TICKET_PREFIX}`);
  const bytes = fromBase64Url(trimmed.slice(TICKET_PREFIX.length));
  const outer = bytes === undefined ? undefined : decodeCbor(bytes);
  if (outer?.ok !== true || !Array.isArray(outer.value)) return malformed('cut off or changed on the way');
  const [payload, signature] = outer.value as readonly CborValue[];
  if (outer.value.length !== 2 || !(payload instanceof Uint8Array) || !(signature instanceof Uint8Array)) {
    return malformed('cut off or changed on the way');
  }
  const ticket = decodePayload(payload);
  if (ticket === undefined) return malformed('its content is not that of a ticket');
  if (!verifier.verify(signature, payload, ticket.inviterKey)) {
    return failure('IDENTITY_TICKET_BAD_SIGNATURE', 'the ticket was changed after it was signed');
  }
  return success(ticket);
}

/** What both sides check of a ticket that could be read. @param now - milliseconds since 1970 */
export function checkTicket(
  ticket: InvitationTicket,
  networkId: NetworkId,
  now: UnixMs,
): Result<void, TicketErrorCode> {
  if (ticket.networkId !== networkId) {
    return failure('IDENTITY_TICKET_WRONG_NETWORK', `the ticket is for network ${ticket.networkId}, not ${networkId}`);
  }
  if (now >= ticket.expiresAt) {
    return failure('IDENTITY_TICKET_EXPIRED', `the ticket was good until ${new Date(ticket.expiresAt).toISOString()}`);
  }
  return success(undefined);
}

function encodePayload(ticket: InvitationTicket): Uint8Array {
  return encodeCbor([
    FORMAT,
    fromHex(ticket.networkId, 32) as Uint8Array,
    fromHex(ticket.id, TICKET_ID_BYTES) as Uint8Array,
    ticket.inviter,
    ticket.inviterKey,
    ticket.name,
    ticket.roles,
    ticket.apiUrl,
    ticket.peers.map(({ did, host, port, nodeKey }) => [did, host, port, nodeKey]),
    ticket.expiresAt,
  ]);
}

function decodePayload(bytes: Uint8Array): InvitationTicket | undefined {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok || !Array.isArray(decoded.value) || decoded.value.length !== 10) return undefined;
  const [format, networkId, id, inviter, key, name, roles, apiUrl, peers, expiresAt] =
    decoded.value as readonly CborValue[];
  const inviterDid = readDid(inviter);
  const inviterKey = readKey(key);
  const invitedPeers = readPeers(peers);
  if (format !== FORMAT || inviterDid === undefined || inviterKey === undefined || invitedPeers === undefined)
    return undefined;
  if (!isBytes(networkId, 32) || !isBytes(id, TICKET_ID_BYTES) || !isName(name) || !isRoles(roles) || !isApiUrl(apiUrl))
    return undefined;
  // Within what `Date` can say.
  if (typeof expiresAt !== 'number' || expiresAt < 0 || expiresAt > 253_402_300_799_999) return undefined;
  return {
    networkId: toHex(networkId) as NetworkId,
    id: toHex(id),
    inviter: inviterDid,
    inviterKey,
    name,
    roles,
    apiUrl,
    peers: invitedPeers,
    expiresAt,
  };
}

function readPeers(value: CborValue | undefined): readonly InvitedPeer[] | undefined {
  if (!Array.isArray(value) || value.length > TICKET_PEERS_MAX) return undefined;
  const peers: InvitedPeer[] = [];
  for (const peer of value as readonly CborValue[]) {
    const [did, host, port, key] = Array.isArray(peer) && peer.length === 4 ? (peer as readonly CborValue[]) : [];
    const known = readDid(did);
    const nodeKey = readKey(key);
    if (known === undefined || nodeKey === undefined || !isHost(host) || !isPort(port)) return undefined;
    peers.push({ did: known, host, port, nodeKey });
  }
  return peers;
}

function readDid(value: CborValue | undefined): Did | undefined {
  const did = typeof value === 'string' ? parseDid(value) : undefined;
  return did?.ok === true ? did.value : undefined;
}

function readKey(value: CborValue | undefined): PublicKey | undefined {
  const key = value instanceof Uint8Array ? admitPublicKey(value) : undefined;
  return key?.ok === true ? key.value : undefined;
}

function isBytes(value: CborValue | undefined, length: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === length;
}

function isName(value: CborValue | undefined): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= NAME_CHARS_MAX && !/\p{Cc}/u.test(value);
}

function isRoles(value: CborValue | undefined): value is OrganizationRole[] {
  if (!Array.isArray(value) || value.length === 0 || new Set(value).size !== value.length) return false;
  return value.every((role) => ROLES.includes(role as OrganizationRole));
}

/** Only the shape: who fetches from it decides what it may point to. */
function isApiUrl(value: CborValue | undefined): value is string {
  return typeof value === 'string' && value.length <= URL_CHARS_MAX && /^https?:\/\/[\x21-\x7e]+[^/]$/.test(value);
}

function isHost(value: CborValue | undefined): value is string {
  return typeof value === 'string' && value.length <= HOST_CHARS_MAX && /^[A-Za-z0-9._:-]+$/.test(value);
}

function isPort(value: CborValue | undefined): value is number {
  return typeof value === 'number' && value >= 1 && value <= 65_535;
}

function malformed(detail: string): Result<never, TicketErrorCode> {
  return failure('IDENTITY_TICKET_MALFORMED', `this is not a whole invitation ticket: ${detail}`);
}
