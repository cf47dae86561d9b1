import type { NodeConfig } from '../../config/node-config.js';

/** What an organisation may let everybody see beside product, status and steps by role. */
export type PublicDetail = 'organizations' | 'places' | 'quantities';

/** The organisation's choice (docs/reference/public-page.md#what-is-public). */
export interface PublicPageSettings {
  readonly isServed: boolean;
  readonly shows: ReadonlySet<PublicDetail>;
}

export function publicPageSettings(config: NodeConfig['publicPage']): PublicPageSettings {
  return { isServed: config?.enabled ?? true, shows: new Set(config?.shows ?? []) };
}
