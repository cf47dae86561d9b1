import {
  failure,
  fromHex,
  JsonNumber,
  JsonObject,
  parseStrictJson,
  success,
  toHex,
  utf8Encode,
  type Result,
} from '#codec';
import { admitPublicKey, keyIdOf, type KeyId, type KeyPurpose, type PublicKey } from '#identity';

const FORMAT = 'lading-keystore-1';
const CIPHER = 'aes-256-gcm';
const PURPOSES: readonly KeyPurpose[] = ['root', 'admin', 'sign', 'node'];

/** scrypt (RFC 7914): r and p are fixed, N is the cost. Memory is 128 · N · r bytes: 16 MiB at 2^14, 128 MiB at 2^17, 1 GiB at 2^20. */
export const SCRYPT_R = 8;
export const SCRYPT_P = 1;
export const SCRYPT_N_MIN = 2 ** 14;
/** A larger one in a file that somebody else wrote would only be a way to stop us. */
export const SCRYPT_N_MAX = 2 ** 20;
export const SALT_BYTES = 16;
export const IV_BYTES = 12;

/** The readable first line of a keystore file; authenticated by the ciphertext that follows it. */
export interface KeystoreHeader {
  readonly purpose: KeyPurpose;
  readonly publicKey: PublicKey;
  readonly keyId: KeyId;
  readonly scryptN: number;
  readonly salt: Uint8Array;
  readonly iv: Uint8Array;
}

export type KeystoreHeaderErrorCode = 'KEYSTORE_MALFORMED' | 'KEYSTORE_KDF_OUT_OF_RANGE';

export function isScryptN(n: number): boolean {
  return n >= SCRYPT_N_MIN && n <= SCRYPT_N_MAX && Number.isInteger(Math.log2(n));
}

export function encodeHeader(header: KeystoreHeader): Uint8Array {
  const { purpose, publicKey, keyId, scryptN, salt, iv } = header;
  return utf8Encode(
    JSON.stringify({
      format: FORMAT,
      purpose,
      keyId,
      publicKey: toHex(publicKey),
      kdf: { name: 'scrypt', N: scryptN, r: SCRYPT_R, p: SCRYPT_P, salt: toHex(salt) },
      cipher: CIPHER,
      iv: toHex(iv),
    }),
  );
}

export function decodeHeader(bytes: Uint8Array): Result<KeystoreHeader, KeystoreHeaderErrorCode> {
  const json = parseStrictJson(bytes, { depthMax: 2 });
  if (!json.ok) return failure('KEYSTORE_MALFORMED', `the first line is not JSON: ${json.detail}`);
  const header = json.value;
  const kdf = header instanceof JsonObject ? header.get('kdf') : undefined;
  if (!(header instanceof JsonObject) || header.get('format') !== FORMAT || !(kdf instanceof JsonObject)) {
    return failure('KEYSTORE_MALFORMED', `expected a keystore of format "${FORMAT}"`);
  }
  if (kdf.get('name') !== 'scrypt' || header.get('cipher') !== CIPHER) {
    return failure('KEYSTORE_MALFORMED', `expected scrypt and ${CIPHER}`);
  }
  const scryptN = readNumber(kdf, 'N');
  if (!isScryptN(scryptN) || readNumber(kdf, 'r') !== SCRYPT_R || readNumber(kdf, 'p') !== SCRYPT_P) {
    return failure(
      'KEYSTORE_KDF_OUT_OF_RANGE',
      `scrypt wants r ${SCRYPT_R}, p ${SCRYPT_P} and N a power of two from 2^14 to 2^20`,
    );
  }
  const salt = readHex(kdf, 'salt', SALT_BYTES);
  const iv = readHex(header, 'iv', IV_BYTES);
  const publicKey = admitPublicKey(readHex(header, 'publicKey', 32) ?? new Uint8Array(0));
  const purpose = PURPOSES.find((known) => known === header.get('purpose'));
  if (salt === undefined || iv === undefined || !publicKey.ok || purpose === undefined) {
    return failure('KEYSTORE_MALFORMED', 'salt, iv, publicKey or purpose is missing or malformed');
  }
  const keyId = keyIdOf(publicKey.value);
  if (header.get('keyId') !== keyId) return failure('KEYSTORE_MALFORMED', 'keyId is not the thumbprint of publicKey');
  return success({ purpose, publicKey: publicKey.value, keyId, scryptN, salt, iv });
}

function readNumber(object: JsonObject, name: string): number {
  const value = object.get(name);
  return value instanceof JsonNumber ? Number(value.text) : Number.NaN;
}

function readHex(object: JsonObject, name: string, length: number): Uint8Array | undefined {
  const value = object.get(name);
  return typeof value === 'string' ? fromHex(value, length) : undefined;
}
