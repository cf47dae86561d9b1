// sodium-native has no types of its own; these are the functions of it that Lading calls.
declare module 'sodium-native' {
  interface Sodium {
    /** Locked, guarded memory, wiped when it is freed. */
    sodium_malloc(size: number): Buffer;
    crypto_sign_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void;
    crypto_sign_detached(signature: Uint8Array, message: Uint8Array, secretKey: Uint8Array): void;
    crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
  }
  const sodium: Sodium;
  export default sodium;
}
