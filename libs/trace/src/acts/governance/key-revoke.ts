import { success, type Result } from '#codec';
import { REVOCATION_SIGNED_WITH, revokeOwnKey, type Height, type KeyId, type KeyWithProof } from '#identity';
import type { EntryAction } from '#ledger';
import type { FieldReader } from '../../field-reader.js';
import { governanceAction, type GovernanceOptions } from './governance-action.js';
import { readId, readKeyWithProof, readWhole, REASON_BOUNDS } from './governance-fields.js';

export const KEY_REVOKE = 'key.revoke';

export interface KeyRevoke extends EntryAction {
  readonly kind: typeof KEY_REVOKE;
  readonly keyId: KeyId;
  /** Entries signed with the key at this height or later are disputed. */
  readonly notTrustedFrom: Height;
  readonly reason: string;
  readonly replacement: KeyWithProof | undefined;
}

const FIELDS: ReadonlySet<string> = new Set(['keyId', 'notTrustedFrom', 'reason', 'replacement']);

/** An organisation ends a key of its own; libs/identity judges. */
export function readKeyRevoke(content: FieldReader, options: GovernanceOptions): Result<KeyRevoke> {
  content.onlyFields(FIELDS, 'no-extensions');
  const fields = {
    kind: KEY_REVOKE,
    signedWith: REVOCATION_SIGNED_WITH,
    keepsOwnKeys: true,
    keyId: readId<KeyId>(content, 'keyId'),
    notTrustedFrom: readWhole(content, 'notTrustedFrom'),
    reason: content.text('reason', REASON_BOUNDS),
    replacement: content.has('replacement') ? readKeyWithProof(content, 'replacement') : undefined,
  } as const;
  if (content.problems.first !== undefined) return content.problems.first;
  return success(
    governanceAction(fields, options, (state, context) => revokeOwnKey(state, fields, context, options.verifier)),
  );
}
