import { JsonNumber, success, type Result } from '#codec';
import { rotateKey, ROTATION_SIGNED_WITH } from '#identity';
import type { EntryAction } from '#ledger';
import type { FieldReader } from '../field-reader.js';
import { governanceAction, type GovernanceOptions } from './governance/governance-action.js';
import { readFlag, readHex } from './governance/governance-fields.js';

export const KEY_ROTATE = 'key.rotate';

export interface KeyRotate extends EntryAction {
  readonly kind: typeof KEY_ROTATE;
  readonly purpose: string;
  /** 32 bytes, not yet admitted. */
  readonly publicKey: Uint8Array;
  /** 64 bytes: by the new key over `rotationProofMessage` of libs/identity. */
  readonly proof: Uint8Array;
  readonly overlapBlocks: number;
  readonly revokeOld: boolean;
  /** With a root key: SHA-256 of the root public key after this one, 32 bytes. */
  readonly rootCommitment: Uint8Array | undefined;
}

const FIELDS: ReadonlySet<string> = new Set([
  'purpose',
  'publicKey',
  'proof',
  'overlapBlocks',
  'revokeOld',
  'rootCommitment',
]);

/** An organisation replaces a key of its own; libs/identity judges. */
export function readKeyRotate(content: FieldReader, options: GovernanceOptions): Result<KeyRotate> {
  content.onlyFields(FIELDS, 'no-extensions');
  const fields = {
    kind: KEY_ROTATE,
    signedWith: ROTATION_SIGNED_WITH,
    keepsOwnKeys: true,
    purpose: content.text('purpose', { lengthMax: 16 }),
    publicKey: readHex(content, 'publicKey', 32),
    proof: readHex(content, 'proof', 64),
    overlapBlocks: readOverlap(content),
    revokeOld: readFlag(content, 'revokeOld'),
    rootCommitment: content.has('rootCommitment') ? readHex(content, 'rootCommitment', 32) : undefined,
  } as const;
  if (content.problems.first !== undefined) return content.problems.first;

  return success(
    governanceAction(fields, options, (state, context) =>
      rotateKey(state, { ...fields, ...context }, options.verifier),
    ),
  );
}

function readOverlap(content: FieldReader): number {
  if (!content.has('overlapBlocks')) return 0;
  const value = content.value('overlapBlocks');
  if (value instanceof JsonNumber && /^(?:0|[1-9][0-9]{0,8})$/.test(value.text)) return Number(value.text);
  content.problems.add('BAD_VALUE', 'overlapBlocks must be a whole number of blocks', content.at('overlapBlocks'));
  return 0;
}
