import {
  compareStrings,
  decodeCbor,
  encodeCbor,
  failure,
  sha256,
  success,
  toHex,
  type CborValue,
  type Result,
} from '#codec';
import { quorum, type Did, type SignatureVerifier, type Validator, type ValidatorSet } from '#identity';
import { blockHash, encodeHeader, hashBytes, ZERO_HASH } from '../block/header.js';
import type { BlockHash, BlockHeader, Certificate, Seal } from '../block.types.js';
import { checkpointText } from './checkpoint.js';

/** More validators than any network of ours has; bounds what a stranger's certificate can hold. */
export const SEALS_MAX = 1024;

/** Codes of `verifyCertificate`, in the order of the checks. */
export type CertificateErrorCode =
  | 'BLOCK_CERTIFICATE_WRONG_BLOCK'
  | 'BLOCK_CERTIFICATE_TOO_MANY_SEALS'
  | 'BLOCK_CERTIFICATE_UNSORTED'
  | 'BLOCK_CERTIFICATE_STRANGER'
  | 'BLOCK_CERTIFICATE_NO_QUORUM'
  | 'BLOCK_CERTIFICATE_BAD_SIGNATURE';

/** CBOR [height, round, block hash, [[validator, signature] …]]. */
export function encodeCertificate(certificate: Certificate): Uint8Array {
  return encodeCbor([
    certificate.height,
    certificate.round,
    hashBytes(certificate.blockHash),
    certificate.seals.map(({ validator, signature }) => [validator, signature]),
  ]);
}

/** SHA-256 of the encoded certificate; 32 zero bytes for none. */
export function certificateHash(certificate: Certificate | null): Uint8Array {
  return certificate === null ? ZERO_HASH : sha256(encodeCertificate(certificate));
}

/** Reads the shape only; `verifyCertificate` judges it. */
export function decodeCertificate(bytes: Uint8Array): Result<Certificate, 'BLOCK_CERTIFICATE_MALFORMED'> {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok) return malformed(decoded.detail);
  if (!Array.isArray(decoded.value) || decoded.value.length !== 4) return malformed('a certificate is an array of 4');
  const [height, round, hash, list] = decoded.value as readonly CborValue[];
  if (typeof height !== 'number' || height < 0 || typeof round !== 'number' || round < 0) {
    return malformed('height and round are whole numbers');
  }
  if (!(hash instanceof Uint8Array) || hash.length !== 32) return malformed('the block hash is 32 bytes');
  if (!Array.isArray(list) || list.length > SEALS_MAX)
    return malformed(`the seals are an array of at most ${SEALS_MAX}`);
  const seals: Seal[] = [];
  for (const element of list as readonly CborValue[]) {
    const [validator, signature] = (
      Array.isArray(element) && element.length === 2 ? element : []
    ) as readonly CborValue[];
    if (typeof validator !== 'string' || !(signature instanceof Uint8Array) || signature.length !== 64) {
      return malformed('a seal is a DID and a signature of 64 bytes');
    }
    seals.push({ validator: validator as Did, signature });
  }
  return success({ height, round, blockHash: toHex(hash) as BlockHash, seals });
}

/**
 * The certificate holds valid seals of at least a quorum of distinct validators over this header (INV-CONS-3). Every seal in
 * it must be valid: one block has no second certificate with rubbish added. Checks in the order of `CertificateErrorCode`.
 *
 * @param validators - of the header's height
 */
export function verifyCertificate(
  certificate: Certificate,
  header: BlockHeader,
  validators: ValidatorSet,
  verifier: SignatureVerifier,
): Result<void, CertificateErrorCode> {
  const hash = blockHash(encodeHeader(header));
  if (certificate.height !== header.height || certificate.blockHash !== hash) {
    return failure('BLOCK_CERTIFICATE_WRONG_BLOCK', `the certificate is for block ${certificate.blockHash}`);
  }
  const { seals } = certificate;
  if (seals.length > validators.length) {
    return failure('BLOCK_CERTIFICATE_TOO_MANY_SEALS', `${seals.length} seals of ${validators.length} validators`);
  }
  const byId = new Map<Did, Validator>(validators.map((validator) => [validator.id, validator]));
  for (const [i, { validator }] of seals.entries()) {
    const previous = seals[i - 1];
    if (previous !== undefined && compareStrings(previous.validator, validator) >= 0) {
      return failure('BLOCK_CERTIFICATE_UNSORTED', 'seals are sorted by validator, one per validator');
    }
    if (!byId.has(validator)) return failure('BLOCK_CERTIFICATE_STRANGER', `${validator} is not a validator`);
  }
  if (seals.length < quorum(validators.length)) {
    return failure('BLOCK_CERTIFICATE_NO_QUORUM', `${seals.length} seals, ${quorum(validators.length)} needed`);
  }
  const text = checkpointText(header, hash, certificate.round);
  for (const { validator, signature } of seals) {
    const { publicKey } = byId.get(validator) as Validator;
    if (!verifier.verify(signature, text, publicKey)) {
      return failure('BLOCK_CERTIFICATE_BAD_SIGNATURE', `the seal of ${validator} is not valid`);
    }
  }
  return success(undefined);
}

function malformed(detail: string) {
  return failure('BLOCK_CERTIFICATE_MALFORMED' as const, detail);
}
