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
  /** Without it the organisation opens no proposals and casts no ballots until it has registered one. */
  readonly adminKey?: string;
  readonly rootKey?: string;
  /** SHA-256 of the root key that is to follow; comes with `rootKey`. */
  readonly rootCommitment?: string;
}

/** The genesis file (docs/protocol/genesis.md). Its bytes are hashed to the network id: written once, never again. */
export function genesisText(draft: GenesisDraft): string {
  const organizations = draft.organizations.map(
    ({ did, name, roles, gs1CompanyPrefixes, gln, nodeKey, signingKey, adminKey, rootKey, rootCommitment }) => ({
      did,
      name,
      roles,
      gs1CompanyPrefixes,
      ...(gln === undefined ? {} : { gln }),
      nodeKey,
      signingKey,
      // JSON leaves out what is undefined.
      adminKey,
      rootKey,
      rootCommitment,
    }),
  );
  return `${JSON.stringify({ format: 'lading-genesis-1', time: draft.time, organizations, parameters: draft.parameters }, null, 2)}\n`;
}
