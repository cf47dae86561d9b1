import type { PublicKey } from '#identity';

/** Multicodec `ed25519-pub`, as an unsigned varint. */
const ED25519_PUB = [0xed, 0x01];
const BASE58_ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/**
 * `publicKeyMultibase` of an Ed25519 key (W3C Controlled Identifiers 1.0, section 2.2.2): multibase base58btc (`z`) over the
 * multicodec prefix and the 32 bytes. Always 48 characters that begin with `z6Mk`.
 */
export function multikeyOf(publicKey: PublicKey): string {
  return `z${base58(Uint8Array.from([...ED25519_PUB, ...publicKey]))}`;
}

/** Big-endian digits in base 58; the bytes here never begin with zero, so no leading `1`s are needed. */
function base58(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  let text = '';
  for (; value > 0n; value /= 58n) text = BASE58_ALPHABET.charAt(Number(value % 58n)) + text;
  return text;
}
