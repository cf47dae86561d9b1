import { assertBytes } from '#codec';
import { precheckSignature, type PublicKey, type SignatureVerifier, type Signer } from '#identity';
import sodium from 'sodium-native';

/**
 * The profile's verifier on libsodium, the one that a node uses. libsodium computes the cofactorless equation and
 * compares R as bytes; what it refuses besides (non-canonical or small-order keys) no admitted key has.
 */
export const sodiumVerifier: SignatureVerifier = {
  verify: (signature, message, publicKey) =>
    precheckSignature(signature) && sodium.crypto_sign_verify_detached(signature, message, publicKey),
};

/** @param secretSeed - the 32-byte secret key of RFC 8032; what the signer keeps of it lies in locked memory */
export function sodiumSigner(secretSeed: Uint8Array): Signer {
  assertBytes(secretSeed, 32, 'secretSeed');
  const publicKey = new Uint8Array(32);
  const secretKey = sodium.sodium_malloc(64);
  sodium.crypto_sign_seed_keypair(publicKey, secretKey, secretSeed);
  return {
    // A key derived from a seed is a multiple of the base point: admitted by construction.
    publicKey: publicKey as PublicKey,
    sign(message) {
      const signature = new Uint8Array(64);
      sodium.crypto_sign_detached(signature, message, secretKey);
      return signature;
    },
  };
}
