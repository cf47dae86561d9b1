import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { toHex } from '#codec';
import type { Did, InvitationTicket } from '#identity';
import { writePrivateFile, writePrivateJson } from '../dev/private-file.js';
import type { NodeFolder } from './node-folder.js';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export interface NewcomerSettings {
  readonly did: Did;
  /** Where the node listens for clients. */
  readonly api: Endpoint;
  /** Where it listens for other nodes. */
  readonly peer: Endpoint;
  readonly databaseUrl: string;
  readonly passphraseFile: string | undefined;
}

/** Writes the configuration of the newcomer's node. The peers of the ticket come with their keys: the own ledger does not know them yet. */
export function writeNewcomerConfig(folder: NodeFolder, settings: NewcomerSettings, { peers }: InvitationTicket): void {
  const seen = (path: string): string => relative(folder.root, path);
  const { did, api, peer, databaseUrl, passphraseFile } = settings;
  writePrivateJson(folder.config, {
    did,
    genesis: seen(folder.genesis),
    dataDir: seen(folder.chain),
    api,
    peer,
    peers: peers.map((invited) => ({ ...invited, nodeKey: toHex(invited.nodeKey) })),
    databaseUrl,
    keys: { node: seen(folder.key('node')), sign: seen(folder.key('sign')), admin: seen(folder.key('admin')) },
    ...(passphraseFile === undefined ? {} : { passphraseFile }),
    apiKeySha256: createHash('sha256').update(ensureApiKey(folder.apiKey)).digest('hex'),
  });
}

function ensureApiKey(path: string): string {
  if (!existsSync(path)) writePrivateFile(path, `lading_${randomBytes(24).toString('base64url')}\n`);
  return readFileSync(path, 'utf8').trim();
}
