import { failure, success, type RecordReader, type Result } from '#codec';
import { findSigningKey, type Height, type OrganizationKey, type SignatureVerifier } from '#identity';
import type { DecodedEntry } from '../entry.types.js';

/**
 * The author's key was valid at `height` for such an entry (INV-ENTRY-1), its organisation may write it, and the key signed this
 * statement: first the key and the organisation, then the signature.
 *
 * @param isVerified - true when this node has verified this entry's signature before. A signature by a given key does not
 *   change; whether the key is valid does, and is looked up every time.
 * @returns failure `IDENTITY_*` or `ENTRY_BAD_SIGNATURE`
 */
export function authenticateEntry(
  entry: DecodedEntry,
  reader: RecordReader,
  height: Height,
  verifier: SignatureVerifier,
  isVerified = false,
): Result<OrganizationKey> {
  const { keyId, issuer, signature, sigStructure } = entry.statement;
  const key = findSigningKey(reader, keyId, issuer, height, entry.action);
  if (!key.ok) return key;
  if (!isVerified && !verifier.verify(signature, sigStructure, key.value.publicKey)) {
    return failure('ENTRY_BAD_SIGNATURE', `the signature is not by key ${keyId}`);
  }
  return success(key.value);
}
