import type { Parameters } from '#identity';

/** What a genesis file says, before it is judged by `parseGenesis`. Keys in hexadecimal. */
export interface GenesisDraft {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly organizations: readonly GenesisDraftOrganization[];
  readonly parameters: Parameters;
}

export interface GenesisDraftOrganization {
  readonly did: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly gs1CompanyPrefixes: readonly string[];
  readonly gln?: string;
  readonly nodeKey: string;
  readonly signingKey: string;
}

/** The genesis file (docs/protocol/genesis.md). Its bytes are hashed to the network id: written once, never again. */
export function genesisText(draft: GenesisDraft): string {
  const organizations = draft.organizations.map(
    ({ did, name, roles, gs1CompanyPrefixes, gln, nodeKey, signingKey }) => ({
      did,
      name,
      roles,
      gs1CompanyPrefixes,
      ...(gln === undefined ? {} : { gln }),
      nodeKey,
      signingKey,
    }),
  );
  return `${JSON.stringify({ format: 'lading-genesis-1', time: draft.time, organizations, parameters: draft.parameters }, null, 2)}\n`;
}
