import { createHash } from 'node:crypto';
import type { NodeConfig } from '../../config/node-config.js';

/** How this node lets people and systems in; made of the configuration (docs/reference/access.md#configuration). */
export interface AccessSettings {
  /** Of the pages, as the browser sees it; no slash at the end. */
  readonly origin: string;
  /** WebAuthn relying party id: the origin's host, or a domain above it. */
  readonly rpId: string;
  readonly servicesMayGovern: boolean;
  readonly cookieName: string;
  /** Requests a minute. */
  readonly limits: {
    readonly perCaller: number;
    readonly perAddress: number;
    readonly signIn: number;
    readonly publicPage: number;
  };
}

/** Wide for systems, narrow for guessing; many phones may share an address, and scan one thing at a time. */
const LIMITS_DEFAULT = { perCaller: 60_000, perAddress: 6_000, signIn: 30, publicPage: 300 } as const;

export function accessSettings(
  { access, api }: Pick<NodeConfig, 'access'> & Partial<Pick<NodeConfig, 'api'>>,
  did: string,
): AccessSettings {
  // localhost, not 127.0.0.1: passkeys need a name, and browsers take this one without TLS.
  const origin = access?.origin ?? `http://localhost:${api?.port ?? 0}`;
  const isSecure = origin.startsWith('https:');
  // Cookies of one host are sent to all of its ports: each node's has a name of its own.
  const suffix = createHash('sha256').update(did).digest('hex').slice(0, 8);
  return {
    origin,
    rpId: access?.rpId ?? new URL(origin).hostname,
    servicesMayGovern: access?.servicesMayGovern ?? false,
    cookieName: `${isSecure ? '__Host-' : ''}lading-${suffix}`,
    limits: { ...LIMITS_DEFAULT, ...withoutUndefined(access?.limits ?? {}) },
  };
}

function withoutUndefined(limits: Partial<Record<keyof AccessSettings['limits'], number | undefined>>) {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}
