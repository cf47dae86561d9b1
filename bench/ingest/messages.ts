// What the benchmark and its load generator say to each other: two processes, so that signing and sending cost the
// measuring process nothing.

export interface LoadTarget {
  readonly did: string;
  readonly host: string;
  readonly port: number;
  readonly apiKey: string;
  readonly gs1CompanyPrefix: string;
  readonly signingKey: { readonly path: string; readonly passphraseFile: string };
}

export type LoadCommand =
  | {
      readonly do: 'prepare';
      readonly networkId: string;
      readonly targets: readonly LoadTarget[];
      /** Entries to sign, over all targets. */
      readonly entries: number;
      readonly notAfter: number;
    }
  | { readonly do: 'load'; readonly seconds: number; readonly connections: number }
  | { readonly do: 'idle'; readonly entries: number };

export type LoadReport =
  | { readonly done: 'prepare'; readonly seconds: number }
  | ({ readonly done: 'load' } & LoadResult)
  | ({ readonly done: 'idle' } & LoadResult);

export interface LoadResult {
  /** Entries acknowledged as final, per second of the time asked for. */
  readonly entriesPerSecond: number;
  /** From the request's first byte to the 201, milliseconds. */
  readonly finalityMs: { readonly p50: number; readonly p99: number };
  /** Ids of all entries acknowledged as final. */
  readonly acknowledged: readonly string[];
  /** Answers 503: the node asked for patience, the entry was sent again. */
  readonly deferred: number;
  /** The signed entries did not last for the time asked for. */
  readonly ranOut: boolean;
}
