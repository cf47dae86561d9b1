import { sha256, toHex, utf8Encode, type RecordWriter } from '#codec';
import {
  DEFAULT_PARAMETERS,
  genesisRecords,
  parseGenesis,
  portableSigner,
  type Did,
  type Genesis,
  type Signer,
} from '#identity';
import { memoryRecords } from './memory-records.js';

export const MAKER = 'did:web:maker.example' as Did;
export const CARRIER = 'did:web:carrier.example' as Did;
export const RETAILER = 'did:web:retailer.example' as Did;

/** The signer of a name: same name, same key. */
export function signerOf(name: string): Signer {
  return portableSigner(sha256(utf8Encode(name)));
}

/** A genesis document that passes; tests change it before they write it. */
export function genesisDocument() {
  const organization = (did: Did, name: string, gs1CompanyPrefixes: string[]) => ({
    did,
    name,
    roles: ['validator', 'member'],
    gs1CompanyPrefixes,
    nodeKey: toHex(signerOf(`${did} node`).publicKey),
    signingKey: toHex(signerOf(`${did} sign`).publicKey),
  });
  return {
    format: 'lading-genesis-1',
    time: 1_790_000_000_000,
    organizations: [
      { ...organization(MAKER, 'Maker', ['9521321', '9521400']), gln: '9521321000001' },
      organization(CARRIER, 'Carrier', ['4012345']),
      { ...organization(RETAILER, 'Retailer', []), roles: ['member'] },
    ],
    parameters: { ...DEFAULT_PARAMETERS },
  };
}

export function genesisBytes(document: unknown): Uint8Array {
  return utf8Encode(JSON.stringify(document, null, 2));
}

export function genesisState(): { readonly genesis: Genesis; readonly state: RecordWriter } {
  const genesis = parseGenesis(genesisBytes(genesisDocument()));
  if (!genesis.ok) throw new Error(`${genesis.code} ${genesis.pointer} ${genesis.detail}`);
  const state = memoryRecords();
  genesisRecords(genesis.value, state);
  return { genesis: genesis.value, state };
}
