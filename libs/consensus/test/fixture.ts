import { decodeCbor, encodeCbor, failure, fromHex, sha256, success, toHex, utf8Encode, type CborValue } from '#codec';
import type { Did, PublicKey, ValidatorSet } from '#identity';
import type { ConsensusEnvironment, ConsensusMessage, HeightConfig, Value } from '#consensus';
import { signedPart } from '#consensus';

export const NETWORK = 'aa'.repeat(32);
export const TIMING = { baseMs: 1_000, stepMs: 500, capMs: 4_000 };

/** Stand-in for Ed25519: only who holds the secret makes it, and one text has one signature. */
export class Keyring {
  readonly validators: ValidatorSet;
  private readonly secrets = new Map<string, Uint8Array>();

  constructor(n: number) {
    this.validators = Array.from({ length: n }, (_, i) => {
      const id = `did:web:org${String(i).padStart(2, '0')}.example` as Did;
      const secret = sha256(utf8Encode(`secret of ${id}`));
      const publicKey = sha256(secret) as PublicKey;
      this.secrets.set(id, secret);
      this.secrets.set(toHex(publicKey), secret);
      return { id, publicKey };
    });
  }

  id(index: number): Did {
    return (this.validators[index] as ValidatorSet[number]).id;
  }

  sign(id: Did, message: Uint8Array): Uint8Array {
    return tag(this.secrets.get(id) ?? sha256(utf8Encode(id)), message);
  }

  verify(signature: Uint8Array, message: Uint8Array, publicKey: PublicKey): boolean {
    const secret = this.secrets.get(toHex(publicKey));
    return secret !== undefined && toHex(tag(secret, message)) === toHex(signature);
  }
}

function tag(secret: Uint8Array, message: Uint8Array): Uint8Array {
  const signature = new Uint8Array(64);
  signature.set(sha256(secret, message));
  return signature;
}

/** A value of the tests: CBOR [height, proposer, parent digest, label]. */
export function makeValue(height: number, proposer: Did, label: string, parent = ''): Value {
  const bytes = encodeCbor([height, proposer, parent, label]);
  return { digest: toHex(sha256(bytes)), proposer, bytes };
}

export function readTestValue(bytes: Uint8Array) {
  const cbor = decodeCbor(bytes);
  if (!cbor.ok || !Array.isArray(cbor.value) || cbor.value.length !== 4) {
    return failure('TEST_BAD_VALUE', 'not a value of the tests');
  }
  const [, proposer] = cbor.value as [CborValue, Did];
  return success<Value>({ digest: toHex(sha256(bytes)), proposer, bytes });
}

export function heightAndParentOf(value: Value): { height: number; parent: string; label: string } {
  const cbor = decodeCbor(value.bytes);
  const [height, , parent, label] = (cbor.ok ? cbor.value : []) as [number, string, string, string];
  return { height, parent, label };
}

export function sealTextOf(value: Value, round: number): Uint8Array {
  return encodeCbor(['seal', fromHex(value.digest) as Uint8Array, round]);
}

export function environmentOf(keyring: Keyring, self: Did | undefined): ConsensusEnvironment {
  return {
    self,
    networkId: NETWORK,
    verify: (signature, message, publicKey) => keyring.verify(signature, message, publicKey),
    sign: (message) => keyring.sign(self as Did, message),
    readValue: readTestValue,
    judge: (value) =>
      heightAndParentOf(value).label.startsWith('bad') ? failure('TEST_REFUSED', 'bad') : success(value),
    sealText: sealTextOf,
  };
}

export function configOf(keyring: Keyring, height: number, recovered: HeightConfig['recovered'] = []): HeightConfig {
  const turnOrder = keyring.validators.map(({ id }) => id);
  return { height, validators: keyring.validators, turnOrder, timing: TIMING, recovered };
}

type Unsigned<M extends ConsensusMessage> = M extends ConsensusMessage ? Omit<M, 'signature'> : never;

/** Signs as `message.from`, whatever it says. */
export function signAs<M extends Unsigned<ConsensusMessage>>(
  keyring: Keyring,
  message: M,
): M & { signature: Uint8Array } {
  return { ...message, signature: keyring.sign(message.from, signedPart(message, NETWORK)) };
}
