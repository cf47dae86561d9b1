import { decodeCbor, encodeCbor } from './cbor.js';
import { COSE_SIGN1_TAG, Tagged, type CborValue } from './cbor-value.js';
import { failure, success, type Result } from './result.js';

const NO_EXTERNAL_AAD = new Uint8Array(0);

/** A COSE_Sign1 with an empty unprotected header: nothing in it is outside the signature. */
export interface CoseSign1 {
  /** The protected header as encoded: this is what is signed. */
  readonly protectedBytes: Uint8Array;
  readonly protectedHeader: ReadonlyMap<number | string, CborValue>;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

export type CoseErrorCode = 'CBOR_MALFORMED' | 'CBOR_NOT_DETERMINISTIC' | 'COSE_MALFORMED';

/** The bytes that are signed: `Sig_structure` of RFC 9052 section 4.4, context `Signature1`, no external data. */
export function sigStructure(protectedBytes: Uint8Array, payload: Uint8Array): Uint8Array {
  return encodeCbor(['Signature1', protectedBytes, NO_EXTERNAL_AAD, payload]);
}

export function encodeSign1(protectedBytes: Uint8Array, payload: Uint8Array, signature: Uint8Array): Uint8Array {
  return encodeCbor(new Tagged(COSE_SIGN1_TAG, [protectedBytes, new Map(), payload, signature]));
}

/**
 * Reads a tagged COSE_Sign1 in deterministic CBOR. Stricter than RFC 9052 on purpose: tag required, unprotected header
 * empty, payload attached, signature 64 bytes. Does not verify the signature.
 */
export function decodeSign1(bytes: Uint8Array): Result<CoseSign1, CoseErrorCode> {
  const outer = decodeCbor(bytes);
  if (!outer.ok) return outer;
  if (!(outer.value instanceof Tagged) || outer.value.tag !== COSE_SIGN1_TAG) {
    return failure('COSE_MALFORMED', 'expected a COSE_Sign1 with CBOR tag 18');
  }
  const parts = outer.value.value;
  if (!Array.isArray(parts) || parts.length !== 4) return failure('COSE_MALFORMED', 'a COSE_Sign1 has four parts');
  const [protectedBytes, unprotected, payload, signature] = parts as CborValue[];
  if (!(protectedBytes instanceof Uint8Array))
    return failure('COSE_MALFORMED', 'the protected header is not a byte string');
  if (!(unprotected instanceof Map) || unprotected.size !== 0) {
    return failure('COSE_MALFORMED', 'the unprotected header must be an empty map');
  }
  if (!(payload instanceof Uint8Array)) return failure('COSE_MALFORMED', 'the payload must be attached');
  if (!(signature instanceof Uint8Array) || signature.length !== 64) {
    return failure('COSE_MALFORMED', 'the signature must be 64 bytes');
  }
  const header = decodeCbor(protectedBytes);
  if (!header.ok) return header;
  if (!(header.value instanceof Map)) return failure('COSE_MALFORMED', 'the protected header is not a map');
  return success({ protectedBytes, protectedHeader: header.value, payload, signature });
}
