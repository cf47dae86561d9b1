import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import {
  RECOVERED_PURPOSES,
  rotationProofMessage,
  type Did,
  type KeyWithProof,
  type RecoveredPurpose,
} from '#identity';
import { createKeystore, openKeystore } from '#keystore';
import { keyRecovery } from '#trace';
import type { Environment } from '../config/environment.js';
import { CliError, EXIT, explainSystemError } from '../cli-error.js';
import { wholeNumber } from '../dev/flags.js';
import { clientOf, withNode, type NodeFlags } from '../governance/node-flags.js';
import { openKey, submitSigned, type NetworkAnswer } from '../governance/sign-here.js';
import { printData, say } from '../output.js';
import { readPassphrase, type PassphraseSource } from './passphrase.js';

interface RecoverFlags extends NodeFlags, PassphraseSource {
  readonly root: string;
  readonly out: string;
  readonly did?: string;
  readonly notTrustedFrom?: number;
  readonly reason: string;
  readonly json?: true;
}

/**
 * `recover`: the root key, kept offline until now, gives the organisation new admin, sign and node keys; all old ones end as
 * revoked. Any node of the network takes the entry: the organisation's own may be lost.
 */
export function recoverCommand(environment: Environment): Command {
  return withNode(new Command('recover'), environment)
    .description('new admin, sign and node keys for the organisation, by its root key')
    .requiredOption('--root <file>', 'keystore of the root key')
    .requiredOption('--out <folder>', 'where the new keystores are made: admin.json, sign.json, node.json')
    .option('--did <did>', 'the organisation, where the node is not its own')
    .addOption(
      new Option('--not-trusted-from <height>', 'entries of the old keys from this height on are disputed').argParser(
        (text) => wholeNumber(text, 0, Number.MAX_SAFE_INTEGER),
      ),
    )
    .requiredOption('--reason <text>', 'why, for people')
    .option(
      '--passphrase-file <file>',
      'of the root key and of the new ones; otherwise LADING_PASSPHRASE, or asked for',
    )
    .option('--no-input', 'never ask')
    .option('--json', 'print JSON')
    .action((flags: RecoverFlags) => recover(flags, environment));
}

async function recover(flags: RecoverFlags, environment: Environment): Promise<void> {
  const passphrase = await readPassphrase(flags, environment, false);
  const root = await openKey(flags.root, 'root', passphrase);
  const client = clientOf(flags);
  const network = await client.get<NetworkAnswer>('/api/v1/network');
  const issuer = (flags.did as Did | undefined) ?? network.self;
  const keys = await makeKeys(flags.out, passphrase, { network, issuer });
  const { notTrustedFrom, reason } = flags;
  const answer = await submitSigned(
    client,
    { key: root, issuer, network },
    keyRecovery(issuer, { keys, notTrustedFrom, reason }),
  );
  say(`Put the files of ${flags.out} in the place of the node's keys, then start it again.`);
  printData(
    flags.json
      ? JSON.stringify(answer)
      : `${answer.entryId} ${answer.status}${answer.height === undefined ? '' : ` at height ${answer.height}`}`,
  );
}

async function makeKeys(
  folder: string,
  passphrase: string,
  { network, issuer }: { readonly network: NetworkAnswer; readonly issuer: Did },
): Promise<Readonly<Record<RecoveredPurpose, KeyWithProof>>> {
  const made: Partial<Record<RecoveredPurpose, KeyWithProof>> = {};
  for (const purpose of RECOVERED_PURPOSES) {
    const path = join(folder, `${purpose}.json`);
    const key = await newKey(path, purpose, passphrase);
    const { publicKey } = key;
    const message = rotationProofMessage({ networkId: network.id, organization: issuer, purpose, publicKey });
    made[purpose] = { publicKey, proof: key.sign(message) };
  }
  return made as Record<RecoveredPurpose, KeyWithProof>;
}

/** One that an interrupted recovery left there is used: it may be on the ledger already. */
async function newKey(path: string, purpose: RecoveredPurpose, passphrase: string) {
  try {
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
    const created = await createKeystore(path, purpose, passphrase);
    if (!created.ok && created.code !== 'KEYSTORE_EXISTS')
      throw new CliError(`${created.detail} (${created.code}).`, EXIT.failed);
  } catch (error) {
    throw explainSystemError(error, path);
  }
  const opened = await openKeystore(path, passphrase);
  if (!opened.ok) throw new CliError(`${opened.detail} (${opened.code}).`, EXIT.verificationFailed);
  return opened.value;
}
