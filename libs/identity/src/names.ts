import type { Brand } from '#codec';

/** Decentralised identifier of an organisation (W3C DID Core 1.0), for instance `did:web:maker.example`; at most 255 characters. */
export type Did = Brand<string, 'Did'>;

/** SHA-256 of the genesis file, 64 hexadecimal characters. */
export type NetworkId = Brand<string, 'NetworkId'>;

/** COSE key thumbprint (RFC 9679, SHA-256) of an Ed25519 public key, 64 hexadecimal characters. */
export type KeyId = Brand<string, 'KeyId'>;

/** 32 bytes that passed `admitPublicKey`; nothing else makes one. */
export type PublicKey = Brand<Uint8Array, 'PublicKey'>;

/** Number of blocks before a block on the chain; the genesis block has height 0. A safe integer. */
export type Height = number;

/** Milliseconds since 1970-01-01T00:00:00Z, a safe integer. */
export type UnixMs = number;
