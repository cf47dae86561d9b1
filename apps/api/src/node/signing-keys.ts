import { copyFileSync, renameSync } from 'node:fs';
import type { Logger } from 'pino';
import type { KeyId } from '#identity';
import { createKeystore, openKeystore, type OpenedKey } from '#keystore';
import type { SigningKeys } from '../http/parts.js';
import { nextKeyPath } from './open-keys.js';

export interface SigningKeysOptions {
  /** Keystore file of the current key. */
  readonly path: string;
  readonly passphrase: string;
  /** Whether the ledger has registered the key. */
  readonly isRegistered: (keyId: KeyId) => boolean;
  readonly log: Logger;
}

/**
 * The signing key in its keystore file, and its successor in a file beside it until the ledger has registered it. The ledger
 * decides when the change takes place, so a crash or a rejected rotation at any moment leaves the key that is valid.
 */
export class KeystoreSigningKeys implements SigningKeys {
  constructor(
    private key: OpenedKey,
    private next: OpenedKey | undefined,
    private readonly options: SigningKeysOptions,
  ) {}

  current(): OpenedKey {
    if (this.next !== undefined && this.options.isRegistered(this.next.keyId)) this.goOver(this.next);
    return this.key;
  }

  async prepareNext(): Promise<OpenedKey> {
    this.current();
    this.next ??= await this.make();
    return this.next;
  }

  private async make(): Promise<OpenedKey> {
    const { path, passphrase } = this.options;
    const made = await createKeystore(nextKeyPath(path), 'sign', passphrase);
    const opened = made.ok ? await openKeystore(nextKeyPath(path), passphrase) : made;
    // Our own passphrase and a new file: only a disk that does not do its work gets here.
    if (!opened.ok) throw new Error(`${opened.code}: ${opened.detail}`);
    return opened.value;
  }

  /** The old key stays beside the new one: what it signed may have to be explained. The rename puts the new key in place at once. */
  private goOver(next: OpenedKey): void {
    const { path, log } = this.options;
    copyFileSync(path, `${path}.${this.key.keyId.slice(0, 8)}.old`);
    renameSync(nextKeyPath(path), path);
    log.info({ keyId: next.keyId, oldKeyId: this.key.keyId }, 'signing key rotated');
    this.key = next;
    this.next = undefined;
  }
}
