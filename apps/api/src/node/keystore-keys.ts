import { copyFileSync, renameSync } from 'node:fs';
import type { Logger } from 'pino';
import { bytesEqual } from '#codec';
import type { KeyId, PublicKey } from '#identity';
import { createKeystore, openKeystore, type OpenedKey } from '#keystore';
import type { SigningKeys } from '../http/parts.js';
import { nextKeyPath, type HeldPurpose } from './open-keys.js';

export interface KeystoreKeysOptions {
  readonly purpose: HeldPurpose;
  /** Keystore file of the current key. */
  readonly path: string;
  readonly passphrase: string;
  /** Whether the next block would take the key for its purpose. */
  readonly isValid: (keyId: KeyId) => boolean;
  readonly log: Logger;
  /** Called when the successor has taken over. */
  readonly onTakenOver?: (key: OpenedKey) => void;
}

/**
 * A key of the organisation in its keystore file, and its successor in a file beside it until the ledger takes it. The ledger
 * decides when the change takes place, so a crash or a rejected rotation at any moment leaves the key that is valid.
 */
export class KeystoreKeys implements SigningKeys {
  /** While the successor is being made: whoever asks meanwhile gets the same. */
  private making: Promise<OpenedKey> | undefined;

  constructor(
    private key: OpenedKey,
    private next: OpenedKey | undefined,
    private readonly options: KeystoreKeysOptions,
  ) {}

  current(): OpenedKey {
    if (this.next !== undefined && this.options.isValid(this.next.keyId)) this.goOver(this.next);
    return this.key;
  }

  async prepareNext(): Promise<OpenedKey> {
    this.current();
    if (this.next !== undefined) return this.next;
    this.making ??= this.make().finally(() => (this.making = undefined));
    this.next = await this.making;
    return this.next;
  }

  /** The present key or its successor, whichever has this public key: around a rotation both are asked for. */
  withPublicKey(publicKey: PublicKey): OpenedKey | undefined {
    return [this.key, this.next].find((key) => key !== undefined && bytesEqual(key.publicKey, publicKey));
  }

  private async make(): Promise<OpenedKey> {
    const { path, passphrase, purpose } = this.options;
    const made = await createKeystore(nextKeyPath(path), purpose, passphrase);
    const opened = made.ok ? await openKeystore(nextKeyPath(path), passphrase) : made;
    // Our own passphrase and a new file: only a disk that does not do its work gets here.
    if (!opened.ok) throw new Error(`${opened.code}: ${opened.detail}`);
    return opened.value;
  }

  /** The old key stays beside the new one: what it signed may have to be explained. The rename puts the new key in place at once. */
  private goOver(next: OpenedKey): void {
    const { path, purpose, log, onTakenOver } = this.options;
    copyFileSync(path, `${path}.${this.key.keyId.slice(0, 8)}.old`);
    renameSync(nextKeyPath(path), path);
    log.info({ purpose, keyId: next.keyId, oldKeyId: this.key.keyId }, 'key rotated');
    this.key = next;
    this.next = undefined;
    onTakenOver?.(next);
  }
}
