import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Where deliveries may go. */
export interface DestinationPolicy {
  /** Also `http:` and addresses that are not of the public internet: for development, tests and receivers within the own network. */
  readonly allowPrivateDestinations: boolean;
}

/** An address that may be connected to. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

const DEST_LENGTH_MAX = 2_048;

/** IANA special-purpose registries: what is not on the public internet, cloud metadata services (link-local) among it. */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  // Teredo and other protocol assignments, documentation, 6to4: an IPv4 address may hide in them.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv6');
/** All of the IPv6 internet so far; loopback, mapped, NAT64, unique-local, link-local and multicast addresses lie outside. */
const GLOBAL_UNICAST = new BlockList();
GLOBAL_UNICAST.addSubnet('2000::', 3, 'ipv6');

/** Whether an address is on the public internet. @param address - IPv4 or IPv6 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !PRIVATE.check(address, 'ipv4');
  return isIP(address) === 6 && GLOBAL_UNICAST.check(address, 'ipv6') && !PRIVATE.check(address, 'ipv6');
}

/** Reads the URL that a subscriber wants to be called at. @returns the URL, or why it cannot be one */
export function readDestination(text: string, { allowPrivateDestinations }: DestinationPolicy): URL | string {
  if (text.length > DEST_LENGTH_MAX) return `A destination has at most ${DEST_LENGTH_MAX} characters.`;
  const url = URL.parse(text);
  if (url === null) return 'A destination is an absolute URL.';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowPrivateDestinations))
    return allowPrivateDestinations ? 'A destination is an http or https URL.' : 'A destination is an https URL.';
  if (url.username !== '' || url.password !== '')
    return 'A destination holds no user name or password; use signatureToken to know the sender.';
  const host = hostOf(url);
  if (isIP(host) !== 0 && !allowPrivateDestinations && !isPublicAddress(host)) return notPublic(host);
  return url;
}

/**
 * Finds the address to connect to, at the moment of the request: what a name pointed to before says nothing about now. The caller must
 * connect to the returned address and not ask again.
 *
 * @returns the address, or why there is none
 */
export async function resolveDestination(
  url: URL,
  { allowPrivateDestinations }: DestinationPolicy,
  resolve: Resolve = resolveBySystem,
): Promise<ResolvedAddress | string> {
  const host = hostOf(url);
  const addresses = await resolve(host);
  const [first] = addresses;
  if (first === undefined) return `${host} has no address.`;
  // One private address among public ones is an attempt, or a fault that must not depend on chance.
  if (!allowPrivateDestinations && !addresses.every(({ address }) => isPublicAddress(address))) return notPublic(host);
  return first;
}

async function resolveBySystem(hostname: string): Promise<readonly ResolvedAddress[]> {
  return (await lookup(hostname, { all: true })) as ResolvedAddress[];
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function notPublic(host: string): string {
  return `${host} is not on the public internet; this node sends there only with webhooks.allowPrivateDestinations in its configuration.`;
}
