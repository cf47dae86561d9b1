import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  bytesEqual,
  concatBytes,
  failure,
  fromHex,
  success,
  toHex,
  utf8Decode,
  utf8Encode,
  type Failure,
  type Result,
} from '#codec';
import { keyIdOf, type KeyId, type KeyPurpose, type PublicKey, type Signer } from '#identity';
import { readKeyFile, writeKeyFile, type KeyFileErrorCode } from './key-file.js';
import {
  decodeHeader,
  encodeHeader,
  isScryptN,
  IV_BYTES,
  SALT_BYTES,
  SCRYPT_P,
  SCRYPT_R,
  type KeystoreHeader,
  type KeystoreHeaderErrorCode,
} from './keystore-header.js';
import { sodiumSigner } from './sodium.js';

// A keystore file has two lines: the header as JSON, and the encrypted 32-byte seed with its tag in hexadecimal. The
// bytes of the first line are the cipher's associated data, so nothing in it can be changed unnoticed.

/** What can be read without the passphrase (and, until it is opened, without proof that nobody changed it). */
export interface KeyDescription {
  readonly keyId: KeyId;
  readonly publicKey: PublicKey;
  readonly purpose: KeyPurpose;
}

export interface OpenedKey extends Signer, KeyDescription {
  /** The 32-byte secret key of RFC 8032, for what signs outside of us (the node's TLS). Wipe it after use. */
  exportSeed(): Uint8Array;
}

export interface KeystoreOptions {
  /** scrypt's cost N, a power of two from 2^14; default 2^17 (128 MiB, about 0.6 s). */
  readonly scryptN?: number;
}

export type KeystoreReadErrorCode = KeyFileErrorCode | KeystoreHeaderErrorCode;
export type KeystoreOpenErrorCode = KeystoreReadErrorCode | 'KEYSTORE_WRONG_PASSPHRASE';
export type KeystoreCreateErrorCode = 'KEYSTORE_EXISTS' | 'KEYSTORE_PASSPHRASE_EMPTY' | 'KEYSTORE_KDF_OUT_OF_RANGE';

const SCRYPT_N_DEFAULT = 2 ** 17;
const TAG_BYTES = 16;

/**
 * Makes a new random key and writes it, encrypted, to a new file of mode 0600.
 * @throws what the file system says
 */
export async function createKeystore(
  path: string,
  purpose: KeyPurpose,
  passphrase: string,
  options: KeystoreOptions = {},
): Promise<Result<KeyDescription, KeystoreCreateErrorCode>> {
  const scryptN = options.scryptN ?? SCRYPT_N_DEFAULT;
  if (passphrase === '') return failure('KEYSTORE_PASSPHRASE_EMPTY', 'a keystore needs a passphrase');
  if (!isScryptN(scryptN)) return failure('KEYSTORE_KDF_OUT_OF_RANGE', 'N is a power of two from 2^14 to 2^20');
  if (existsSync(path)) return fileExists(path);
  const seed = randomBytes(32);
  const { publicKey } = sodiumSigner(seed);
  const header: KeystoreHeader = {
    purpose,
    publicKey,
    keyId: keyIdOf(publicKey),
    scryptN,
    salt: randomBytes(SALT_BYTES),
    iv: randomBytes(IV_BYTES),
  };
  const headerBytes = encodeHeader(header);
  const encryptionKey = await deriveKey(passphrase, header);
  const cipher = createCipheriv('aes-256-gcm', encryptionKey, header.iv, { authTagLength: TAG_BYTES }).setAAD(
    headerBytes,
  );
  const ciphertext = concatBytes(cipher.update(seed), cipher.final(), cipher.getAuthTag());
  seed.fill(0);
  encryptionKey.fill(0);
  // Deriving the key took a while: nothing that came into being meanwhile is overwritten.
  if (existsSync(path)) return fileExists(path);
  writeKeyFile(path, concatBytes(headerBytes, utf8Encode(`\n${toHex(ciphertext)}\n`)));
  return success(descriptionOf(header));
}

/** @throws what the file system says, except for a file that is not there */
export function describeKeystore(path: string): Result<KeyDescription, KeystoreReadErrorCode> {
  const parts = readKeystore(path);
  return parts.ok ? success(descriptionOf(parts.value.header)) : parts;
}

/** @throws what the file system says, except for a file that is not there */
export async function openKeystore(
  path: string,
  passphrase: string,
): Promise<Result<OpenedKey, KeystoreOpenErrorCode>> {
  const parts = readKeystore(path);
  if (!parts.ok) return parts;
  const { header, headerBytes, ciphertext } = parts.value;
  const encryptionKey = await deriveKey(passphrase, header);
  const seed = decrypt(encryptionKey, header, headerBytes, ciphertext);
  encryptionKey.fill(0);
  if (seed === undefined) {
    return failure('KEYSTORE_WRONG_PASSPHRASE', `the passphrase is not the one of ${path}, or the file was changed`);
  }
  const signer = sodiumSigner(seed);
  if (!bytesEqual(signer.publicKey, header.publicKey)) {
    return failure('KEYSTORE_MALFORMED', 'the public key in the header is not that of the secret key');
  }
  return success({
    ...descriptionOf(header),
    sign: (message) => signer.sign(message),
    exportSeed: () => Uint8Array.from(seed),
  });
}

interface KeystoreParts {
  readonly header: KeystoreHeader;
  readonly headerBytes: Uint8Array;
  readonly ciphertext: Uint8Array;
}

function readKeystore(path: string): Result<KeystoreParts, KeystoreReadErrorCode> {
  const file = readKeyFile(path);
  if (!file.ok) return file;
  const lineEnd = file.value.indexOf(0x0a);
  const ciphertext = fromHex((utf8Decode(file.value.subarray(lineEnd + 1)) ?? '').trimEnd(), 32 + TAG_BYTES);
  if (lineEnd < 0 || ciphertext === undefined) return failure('KEYSTORE_MALFORMED', `${path} is not a keystore`);
  const headerBytes = file.value.subarray(0, lineEnd);
  const header = decodeHeader(headerBytes);
  return header.ok ? success({ header: header.value, headerBytes, ciphertext }) : header;
}

function decrypt(
  key: Uint8Array,
  header: KeystoreHeader,
  headerBytes: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, header.iv, { authTagLength: TAG_BYTES })
    .setAAD(headerBytes)
    .setAuthTag(ciphertext.subarray(32));
  try {
    return concatBytes(decipher.update(ciphertext.subarray(0, 32)), decipher.final());
  } catch {
    return undefined; // the tag does not fit: all that `final` can throw here
  }
}

/** Off the event loop, in the platform's thread pool. */
function deriveKey(passphrase: string, { scryptN, salt }: KeystoreHeader): Promise<Buffer> {
  const memoryMax = 2 * 128 * scryptN * SCRYPT_R;
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, 32, { N: scryptN, r: SCRYPT_R, p: SCRYPT_P, maxmem: memoryMax }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

function descriptionOf({ keyId, publicKey, purpose }: KeystoreHeader): KeyDescription {
  return { keyId, publicKey, purpose };
}

function fileExists(path: string): Failure<'KEYSTORE_EXISTS'> {
  return failure('KEYSTORE_EXISTS', `${path} exists; a keystore is never overwritten`);
}
