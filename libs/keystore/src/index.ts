export { nativeSha256 } from './native-sha256.js';
export { sodiumSigner, sodiumVerifier } from './sodium.js';
export {
  createKeystore,
  describeKeystore,
  openKeystore,
  type KeyDescription,
  type KeystoreCreateErrorCode,
  type KeystoreOpenErrorCode,
  type KeystoreOptions,
  type KeystoreReadErrorCode,
  type OpenedKey,
} from './keystore.js';
