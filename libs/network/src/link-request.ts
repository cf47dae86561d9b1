import type { NetworkId } from '#identity';
import type { Lane } from '#node';

const PATH = /^\/lading\/(\d{1,4})\/(vote|bulk)\/([0-9a-f]{64})$/;
const VERSION = '1';

/** Path of the WebSocket request: version, lane, network. */
export function linkPath(lane: Lane, networkId: NetworkId): string {
  return `/lading/${VERSION}/${lane}/${networkId}`;
}

export type LinkRequest =
  | { readonly ok: true; readonly lane: Lane }
  | { readonly ok: false; readonly refusal: 'LINK_MALFORMED' | 'LINK_OTHER_VERSION' | 'LINK_OTHER_NETWORK' };

export function readLinkPath(path: string, networkId: NetworkId): LinkRequest {
  const parts = PATH.exec(path);
  if (!parts) return { ok: false, refusal: 'LINK_MALFORMED' };
  if (parts[1] !== VERSION) return { ok: false, refusal: 'LINK_OTHER_VERSION' };
  if (parts[3] !== networkId) return { ok: false, refusal: 'LINK_OTHER_NETWORK' };
  return { ok: true, lane: parts[2] as Lane };
}
