import { useQuery } from '@tanstack/react-query';
import type { Api } from '#sdk';
import { api } from './api.js';

const NONE: ReadonlyMap<string, Api.Organization> = new Map();
/** Names for DIDs; a network has tens of organisations, not thousands. */
const ORGANIZATIONS_MAX = 1_000;

/** All organisations by DID, for their names; empty until they are loaded. */
export function useOrganizations(): ReadonlyMap<string, Api.Organization> {
  const { data } = useQuery({
    queryKey: ['organizations', 'all'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const all = new Map<string, Api.Organization>();
      for await (const organization of api.each('listOrganizations', { signal })) {
        all.set(organization.did, organization);
        if (all.size === ORGANIZATIONS_MAX) break;
      }
      return all as ReadonlyMap<string, Api.Organization>;
    },
  });
  return data ?? NONE;
}

/** The name of an organisation; its DID while the name is not known. */
export function nameOf(organizations: ReadonlyMap<string, Api.Organization>, did: string): string {
  return organizations.get(did)?.name ?? did;
}
