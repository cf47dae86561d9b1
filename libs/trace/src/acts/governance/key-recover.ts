import { success, type Result } from '#codec';
import {
  recoverKeys,
  RECOVERED_PURPOSES,
  type Height,
  type KeyPurpose,
  type KeyWithProof,
  type RecoveredPurpose,
} from '#identity';
import type { EntryAction } from '#ledger';
import type { FieldReader } from '../../field-reader.js';
import { governanceAction, type GovernanceOptions } from './governance-action.js';
import { optionalWhole, readKeyWithProof, REASON_BOUNDS } from './governance-fields.js';

export const KEY_RECOVER = 'key.recover';

export interface KeyRecover extends EntryAction {
  readonly kind: typeof KEY_RECOVER;
  readonly keys: Readonly<Record<RecoveredPurpose, KeyWithProof>>;
  readonly notTrustedFrom: Height | undefined;
  readonly reason: string;
}

const FIELDS: ReadonlySet<string> = new Set(['keys', 'notTrustedFrom', 'reason']);

/** The root key starts the organisation anew; libs/identity judges. */
export function readKeyRecover(content: FieldReader, options: GovernanceOptions): Result<KeyRecover> {
  content.onlyFields(FIELDS, 'no-extensions');
  const fields = {
    kind: KEY_RECOVER,
    signedWith: ['root'],
    keepsOwnKeys: true,
    keys: readKeys(content, RECOVERED_PURPOSES),
    notTrustedFrom: optionalWhole(content, 'notTrustedFrom'),
    reason: content.text('reason', REASON_BOUNDS),
  } as const;
  if (content.problems.first !== undefined) return content.problems.first;
  return success(
    governanceAction(fields, options, (state, context) => recoverKeys(state, fields, context, options.verifier)),
  );
}

/** The object `keys`: exactly one key for each of the purposes. */
export function readKeys<Purpose extends KeyPurpose>(
  content: FieldReader,
  purposes: readonly Purpose[],
): Readonly<Record<Purpose, KeyWithProof>> {
  const keys = content.child('keys');
  keys?.onlyFields(new Set(purposes), 'no-extensions');
  return Object.fromEntries(
    purposes.map((purpose) => [purpose, keys && readKeyWithProof(keys, purpose)]),
  ) as unknown as Record<Purpose, KeyWithProof>;
}
