import { bytesEqual, concatBytes, sha256, toHex, utf8Encode } from '#codec';
import { portableSigner, type PublicKey, type SignatureVerifier, type Signer } from '#identity';

/**
 * Signatures for simulation: real public keys, so that the ledger admits them, but a hash in place of the curve, 1,000
 * times faster. Inside a simulated world nobody forges; what forged signatures do is tested elsewhere.
 */
export const stubVerifier: SignatureVerifier = {
  verify: (signature, message, publicKey) => bytesEqual(signature, stubSignature(publicKey, message)),
};

const signers = new Map<string, Signer>();
const signersByKey = new Map<string, Signer>();

/** The same name always gives the same key. */
export function stubSigner(name: string): Signer {
  const known = signers.get(name);
  if (known !== undefined) return known;
  const { publicKey } = portableSigner(sha256(utf8Encode(`simulated key of ${name}`)));
  const signer: Signer = { publicKey, sign: (message) => stubSignature(publicKey, message) };
  signers.set(name, signer);
  signersByKey.set(toHex(publicKey), signer);
  return signer;
}

/** The signer whose key this is; undefined for a key that no name was asked for. */
export function stubSignerWith(publicKey: PublicKey): Signer | undefined {
  return signersByKey.get(toHex(publicKey));
}

function stubSignature(publicKey: PublicKey, message: Uint8Array): Uint8Array {
  const first = sha256(publicKey, message);
  return concatBytes(first, sha256(first));
}
