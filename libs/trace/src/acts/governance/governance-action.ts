import { success, type RecordWriter, type Result } from '#codec';
import type { GovernanceContext, KeyId, KeyPurpose, NetworkId, SignatureVerifier } from '#identity';
import { missedTurns, type EntryAction, type EntryId } from '#ledger';

/** What reading a governance act needs beside its content. */
export interface GovernanceOptions {
  /** Proves that an organisation holds the key that it registers. */
  readonly verifier: SignatureVerifier;
  readonly networkId: NetworkId;
  /** The key that signed the entry. */
  readonly signerKeyId: KeyId;
}

/** Carries the act out; libs/identity judges. The ledger has asked whether its author may write it, by the rule among the fields. */
type Run = (state: RecordWriter, context: GovernanceContext & { readonly entryId: EntryId }) => Result<unknown>;

/** An act about the organisations themselves. It concerns no item and finds nothing. */
export function governanceAction<
  Fields extends { readonly kind: string; readonly signedWith: readonly KeyPurpose[]; readonly keepsOwnKeys: boolean },
>(fields: Fields, { networkId, signerKeyId }: GovernanceOptions, run: Run): Fields & EntryAction {
  return {
    ...fields,
    execute(state, { author, height, entryId }) {
      const done = run(state, { networkId, signerKeyId, author, height, entryId, missed: missedTurns(state) });
      return done.ok ? success([]) : done;
    },
  };
}

/** Acts of governing are signed with the admin key, by an active organisation that takes part. */
export const BY_ADMIN = { signedWith: ['admin'], keepsOwnKeys: false } as const;
