/** What stands in test-vectors/; bytes are hexadecimal. */
export type VectorFiles = Readonly<
  Record<'genesis.json' | 'entry.json' | 'block.json' | 'chain.json' | 'log-proofs.json' | 'state-proofs.json', string>
>;

export interface EntryVector {
  readonly fields: object;
  readonly content: string;
  readonly statement: string;
  readonly toBeSigned: string;
  readonly entryId: string;
  readonly leafHash: string;
  readonly wire: string;
}

export interface BlockVector {
  readonly block: string;
  readonly hash: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly entryIds: readonly string[];
  /** The block's own. */
  readonly certificate: string;
  readonly signedNote: string;
}

export interface ChainVector {
  readonly networkId: string;
  /** Heights 0..10. */
  readonly blocks: readonly {
    readonly height: number;
    readonly hash: string;
    readonly block: string;
    readonly certificate: string | null;
    readonly outcome: string;
  }[];
  /** Who has turns at height 11. */
  readonly turnOrderNext: readonly string[];
}

export interface LogProofsVector {
  readonly inclusion: readonly {
    readonly statement: string;
    readonly logIndex: number;
    readonly logSize: number;
    readonly logRoot: string;
    readonly hashes: readonly string[];
  }[];
  readonly consistency: readonly {
    readonly olderSize: number;
    readonly olderRoot: string;
    readonly newerSize: number;
    readonly newerRoot: string;
    readonly hashes: readonly string[];
  }[];
}

export interface StateProofsVector {
  readonly stateRoot: string;
  readonly proofs: readonly {
    readonly key: string;
    readonly value: string | null;
    readonly siblings: readonly string[];
    readonly otherLeaf: { readonly keyHash: string; readonly valueHash: string } | null;
  }[];
  readonly history: { readonly subject: string; readonly entryIds: readonly string[]; readonly digest: string };
}
