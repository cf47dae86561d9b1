import { fromHex, JsonNumber, success, type Result } from '#codec';
import { rotateKey, type KeyId, type NetworkId, type SignatureVerifier } from '#identity';
import type { EntryAction } from '#ledger';
import type { FieldReader } from '../field-reader.js';
import { makeAction } from './author.js';

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
}

const FIELDS: ReadonlySet<string> = new Set(['purpose', 'publicKey', 'proof', 'overlapBlocks', 'revokeOld']);

export interface KeyRotateContext {
  readonly verifier: SignatureVerifier;
  readonly networkId: NetworkId;
  /** The key that signed the entry. */
  readonly signerKeyId: KeyId;
}

/** An organisation replaces a key of its own; libs/identity judges. */
export function readKeyRotate(
  content: FieldReader,
  { verifier, networkId, signerKeyId }: KeyRotateContext,
): Result<KeyRotate> {
  content.onlyFields(FIELDS, 'no-extensions');
  const fields = {
    kind: KEY_ROTATE,
    purpose: content.text('purpose', { lengthMax: 16 }),
    publicKey: readHex(content, 'publicKey', 32),
    proof: readHex(content, 'proof', 64),
    overlapBlocks: readOverlap(content),
    revokeOld: readFlag(content, 'revokeOld'),
  } as const;
  if (content.problems.first !== undefined) return content.problems.first;

  return success(
    makeAction(fields, (state, { author, height }) => {
      const rotated = rotateKey(state, { ...fields, networkId, author, signerKeyId, height }, verifier);
      return rotated.ok ? success([]) : rotated;
    }),
  );
}

function readHex(content: FieldReader, name: string, length: number): Uint8Array {
  const text = content.matching(
    name,
    (hex) => fromHex(hex, length) !== undefined,
    `${length} bytes in lower-case hexadecimal`,
  );
  return fromHex(text, length) ?? new Uint8Array(length);
}

function readOverlap(content: FieldReader): number {
  if (!content.has('overlapBlocks')) return 0;
  const value = content.value('overlapBlocks');
  if (value instanceof JsonNumber && /^(?:0|[1-9][0-9]{0,8})$/.test(value.text)) return Number(value.text);
  content.problems.add('BAD_VALUE', 'overlapBlocks must be a whole number of blocks', content.at('overlapBlocks'));
  return 0;
}

function readFlag(content: FieldReader, name: string): boolean {
  if (!content.has(name)) return false;
  const value = content.value(name);
  if (typeof value === 'boolean') return value;
  content.problems.add('BAD_TYPE', `${name} must be true or false`, content.at(name));
  return false;
}
