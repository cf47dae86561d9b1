// The library asks for it before anything else of it is loaded.
import 'reflect-metadata';
import { Buffer } from 'node:buffer';
import { createPrivateKey, createPublicKey, webcrypto } from 'node:crypto';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { assertBytes } from '#codec';
import type { Did } from '#identity';

/** PKCS #8 (RFC 8410) of an Ed25519 key, up to the 32 bytes of the seed. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** What node:tls takes. PEM. */
export interface NodeCertificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * An X.509 certificate (RFC 5280, RFC 8410) whose subject key is the node key itself, signed with it. It only carries the
 * key and the DID into the TLS handshake: whether they count is what the ledger says, so it does not expire.
 * @param seed - 32 bytes, the Ed25519 private key (RFC 8032)
 */
export async function selfSignedCertificate(seed: Uint8Array, did: Did): Promise<NodeCertificate> {
  assertBytes(seed, 32, 'seed');
  const pkcs8 = Buffer.concat([PKCS8_PREFIX, seed]);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const { subtle } = webcrypto;
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: '01',
      name: 'CN=Lading node',
      notBefore: new Date('2000-01-01T00:00:00Z'),
      notAfter: new Date('9999-12-31T23:59:59Z'),
      signingAlgorithm: { name: 'Ed25519' },
      keys: {
        privateKey: await subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']),
        publicKey: await subtle.importKey('spki', spki, 'Ed25519', true, ['verify']),
      },
      extensions: [new SubjectAlternativeNameExtension([{ type: 'url', value: did }])],
    },
    webcrypto,
  );
  return { key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), cert: certificate.toString('pem') };
}
