import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { encode } from 'cborg';

/** Flags of authenticator data: user present, user verified, backup eligible, backed up, attested credential data. */
const [UP, UV, BE, BS, AT] = [0x01, 0x04, 0x08, 0x10, 0x40];

export interface PasskeyOptions {
  readonly origin: string;
  readonly rpId: string;
}

interface Ceremony {
  readonly challenge: string;
}

/** What a test may have an authenticator or a browser do wrong. */
export interface Misbehaviour {
  readonly origin?: string;
  readonly rpId?: string;
  readonly isUserVerified?: boolean;
  readonly counter?: number;
  readonly type?: string;
  readonly challenge?: string;
}

/** A browser with a WebAuthn authenticator (ES256) in software, for tests of the server's side. */
export class SoftwarePasskey {
  readonly id = randomBytes(16).toString('base64url');
  counter = 0;
  private readonly privateKey: KeyObject;
  private readonly coseKey: Uint8Array;
  private userHandle = '';

  constructor(private readonly options: PasskeyOptions) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.privateKey = privateKey;
    const jwk = publicKey.export({ format: 'jwk' });
    this.coseKey = encode(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(jwk.x as string, 'base64url')],
        [-3, Buffer.from(jwk.y as string, 'base64url')],
      ]),
    );
  }

  /** `navigator.credentials.create`, as its `toJSON` gives it. */
  register(options: object, wrong: Misbehaviour = {}): object {
    const { challenge, user } = options as Ceremony & { readonly user: { readonly id: string } };
    this.userHandle = user.id;
    const id = Buffer.from(this.id, 'base64url');
    const attested = Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([id.length >> 8, id.length & 0xff]),
      id,
      this.coseKey,
    ]);
    const authData = Buffer.concat([this.authenticatorData(AT, wrong), attested]);
    const attestationObject = encode({ fmt: 'none', attStmt: {}, authData: Uint8Array.from(authData) });
    return {
      ...this.credential(),
      response: {
        clientDataJSON: this.clientData('webauthn.create', challenge, wrong).toString('base64url'),
        attestationObject: Buffer.from(attestationObject).toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  /** `navigator.credentials.get`. */
  assert(options: object, wrong: Misbehaviour = {}): object {
    this.counter = wrong.counter ?? this.counter + 1;
    const clientData = this.clientData('webauthn.get', (options as Ceremony).challenge, wrong);
    const authenticatorData = this.authenticatorData(0, wrong);
    const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()]);
    return {
      ...this.credential(),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: createSign('sha256').update(signed).sign(this.privateKey).toString('base64url'),
        userHandle: this.userHandle,
      },
    };
  }

  private credential(): object {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {} };
  }

  private clientData(type: string, challenge: string, wrong: Misbehaviour): Buffer {
    const origin = wrong.origin ?? this.options.origin;
    return Buffer.from(
      JSON.stringify({ type: wrong.type ?? type, challenge: wrong.challenge ?? challenge, origin, crossOrigin: false }),
    );
  }

  private authenticatorData(flags: number, wrong: Misbehaviour): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const verified = wrong.isUserVerified === false ? 0 : UV;
    return Buffer.concat([
      createHash('sha256')
        .update(wrong.rpId ?? this.options.rpId)
        .digest(),
      Buffer.from([UP | verified | BE | BS | flags]),
      counter,
    ]);
  }
}
