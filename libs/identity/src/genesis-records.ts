import { compareStrings, type RecordWriter } from '#codec';
import { keyIdOf } from './admit-public-key.js';
import type { Genesis, GenesisOrganization } from './genesis.js';
import { countBeginnings } from './governance/gs1-prefixes.js';
import type { KeyId, PublicKey } from './names.js';
import type { KeyPurpose } from './organization.js';
import { CURRENT, GS1_PREFIX, ORGANIZATION, ORGANIZATION_KEY, PARAMETERS, VALIDATORS } from './records.js';

/** Writes the state that the chain begins with: organisations, keys (valid from height 0), prefixes, parameters, validators. */
export function genesisRecords(genesis: Genesis, writer: RecordWriter): void {
  for (const organization of genesis.organizations) {
    const { did, name, roles, gs1CompanyPrefixes, gln, rootCommitment } = organization;
    writer.put(ORGANIZATION, did, {
      did,
      name,
      roles,
      gs1CompanyPrefixes,
      ...(gln === undefined ? {} : { gln }),
      status: 'active',
      since: 0,
      keyIds: [
        writeKey(writer, organization, 'node', organization.nodeKey),
        writeKey(writer, organization, 'sign', organization.signingKey),
        ...(organization.adminKey === undefined
          ? []
          : [writeKey(writer, organization, 'admin', organization.adminKey)]),
        ...(organization.rootKey === undefined ? [] : [writeKey(writer, organization, 'root', organization.rootKey)]),
      ],
      ...(rootCommitment === undefined ? {} : { rootCommitment }),
    });
    for (const prefix of gs1CompanyPrefixes) writer.put(GS1_PREFIX, prefix, did);
  }
  // A genesis without admin keys is from before there was governance, and its state stays what it was.
  if (genesis.organizations.some(({ adminKey }) => adminKey !== undefined)) {
    const prefixes = genesis.organizations.flatMap(({ gs1CompanyPrefixes }) => gs1CompanyPrefixes);
    for (const prefix of prefixes) countBeginnings(writer, prefix, 1);
  }
  const validators = genesis.organizations.filter(({ roles }) => roles.includes('validator')).map(({ did }) => did);
  writer.put(VALIDATORS, CURRENT, validators.sort(compareStrings));
  writer.put(PARAMETERS, CURRENT, genesis.parameters);
}

function writeKey(
  writer: RecordWriter,
  organization: GenesisOrganization,
  purpose: KeyPurpose,
  publicKey: PublicKey,
): KeyId {
  const keyId = keyIdOf(publicKey);
  writer.put(ORGANIZATION_KEY, keyId, { keyId, publicKey, organization: organization.did, purpose, validFrom: 0 });
  return keyId;
}
