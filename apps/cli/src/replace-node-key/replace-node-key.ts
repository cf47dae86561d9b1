import { readFileSync, renameSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseGenesis, rotationProofMessage, type Did, type Height, type KeyId } from '#identity';
import { createKeystore, describeKeystore, openKeystore, type OpenedKey } from '#keystore';
import { encodeEntry, signEntry } from '#ledger';
import { openChainStore } from '#store';
import { keyRotation } from '#trace';
import { CliError, EXIT, messageOf } from '../cli-error.js';

/** Blocks within which the entry must be included: time enough to hand it to somebody. */
const NOT_AFTER_BLOCKS = 10_000;

export interface ReplacementOptions {
  /** The node's configuration file. */
  readonly config: string;
  /** Present height of the chain; undefined = that of the node's own chain. */
  readonly height: Height | undefined;
  readonly passphrase: string;
}

export interface Replacement {
  /** As `POST /api/v1/entries` takes it. */
  readonly entry: Uint8Array;
  readonly keyId: KeyId;
  /** Keystore file of the new key, where the configuration has the node key. */
  readonly path: string;
}

/**
 * Makes a new node key in place of one that was lost and the entry that registers it, signed with the organisation's admin key
 * (its signing key where the configuration names no admin key).
 * The old key is ended as revoked: whoever finds it can do nothing with it.
 * @throws CliError that says what is missing
 */
export async function replaceNodeKey({ config: file, height, passphrase }: ReplacementOptions): Promise<Replacement> {
  const config = readConfig(file);
  const genesis = parseGenesis(readFileSync(config.genesis));
  if (!genesis.ok)
    throw new CliError(`${config.genesis}: ${genesis.detail} (${genesis.code}).`, EXIT.verificationFailed);
  const { networkId } = genesis.value;
  const signer = await open(config.signer, passphrase);
  const next = await newKey(config.nodeKey, passphrase);
  const { publicKey } = next;
  const proof = next.sign(rotationProofMessage({ networkId, organization: config.did, purpose: 'node', publicKey }));
  const draft = keyRotation({ purpose: 'node', publicKey, proof, overlapBlocks: 0, revokeOld: true });
  const notAfter = (height ?? (await ownHeight(config.dataDir))) + NOT_AFTER_BLOCKS;
  const { kind, subject, contentType, content } = draft;
  const fields = { keyId: signer.keyId, issuer: config.did, subject, networkId, kind, notAfter, contentType };
  return { entry: encodeEntry(signEntry(fields, content, signer)), keyId: next.keyId, path: config.nodeKey };
}

/** What lies there is set aside under its id: it may be the old one, found again, or one that an earlier run made. */
async function newKey(path: string, passphrase: string): Promise<OpenedKey> {
  const old = describeKeystore(path);
  if (old.ok) renameSync(path, `${path}.${old.value.keyId.slice(0, 8)}.old`);
  const made = await createKeystore(path, 'node', passphrase);
  if (!made.ok) throw new CliError(`${made.detail} (${made.code}).`);
  return open(path, passphrase);
}

async function open(path: string, passphrase: string): Promise<OpenedKey> {
  const key = await openKeystore(path, passphrase);
  if (!key.ok) throw new CliError(`${key.detail} (${key.code}).`, EXIT.verificationFailed);
  return key.value;
}

async function ownHeight(directory: string): Promise<Height> {
  try {
    const store = openChainStore(directory);
    const { height } = store;
    await store.close();
    if (height !== undefined) return height;
  } catch (error) {
    throw new CliError(
      `The chain in ${directory} cannot be read: ${messageOf(error)}`,
      EXIT.conflict,
      'Stop the node, or give --height.',
    );
  }
  throw new CliError(
    'This node has no chain that says how high it is.',
    EXIT.usage,
    'Give --height, as any member sees it (GET /api/v1/network).',
  );
}

interface Config {
  readonly did: Did;
  readonly genesis: string;
  readonly dataDir: string;
  readonly nodeKey: string;
  /** Keystore file of the key that signs. */
  readonly signer: string;
}

function readConfig(file: string): Config {
  const base = dirname(resolve(file));
  try {
    const { did, genesis, dataDir, keys } = JSON.parse(readFileSync(file, 'utf8')) as {
      did: Did;
      genesis: string;
      dataDir: string;
      keys: { node: string; sign: string; admin?: string };
    };
    return {
      did,
      genesis: resolve(base, genesis),
      dataDir: resolve(base, dataDir),
      nodeKey: resolve(base, keys.node),
      signer: resolve(base, keys.admin ?? keys.sign),
    };
  } catch {
    throw new CliError(`${file} is not a node’s configuration.`, EXIT.usage, 'Give its path with --config.');
  }
}
