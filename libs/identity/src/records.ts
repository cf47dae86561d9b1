import { assertInvariant, decodeCbor, encodeCbor, type RecordType } from '#codec';
import type { Did, PublicKey } from './names.js';
import type {
  KeyPurpose,
  Organization,
  OrganizationKey,
  OrganizationRole,
  OrganizationStatus,
  Parameters,
} from './organization.js';
import {
  idBytes,
  isBytes32,
  isHeight,
  isList,
  isOptional,
  isPairs,
  isText,
  keyIdOfBytes,
  laterPlaces,
  pairs,
  present,
  readPairs,
  readPlaces,
} from './record-places.js';

const ROLES: readonly string[] = ['validator', 'member', 'auditor'] satisfies OrganizationRole[];
const STATUSES: readonly string[] = ['active', 'suspended', 'removed'] satisfies OrganizationStatus[];
const PURPOSES: readonly string[] = ['root', 'admin', 'sign', 'node'] satisfies KeyPurpose[];

/** `org/<did>` */
export const ORGANIZATION: RecordType<Organization> = {
  prefix: 'org',
  encode: (organization) =>
    encodeCbor([
      organization.did,
      organization.name,
      organization.roles,
      organization.gs1CompanyPrefixes,
      organization.gln ?? null,
      organization.status,
      organization.since,
      organization.keyIds.map(idBytes),
      ...laterPlaces(
        organization.names && pairs(organization.names),
        organization.contact,
        organization.furtherGlns,
        organization.nodeAddress,
        organization.apiUrl,
        organization.rootCommitment,
      ),
    ]),
  decode(bytes) {
    const places = readPlaces('org', bytes, 8, 14);
    const [did, name, roles, gs1CompanyPrefixes, gln, status, since, keyIds] = places;
    const [names, contact, furtherGlns, nodeAddress, apiUrl, rootCommitment] = places.slice(8);
    assertInvariant(
      isText(did) &&
        isText(name) &&
        isList(roles, (role) => isText(role) && ROLES.includes(role)) &&
        isList(gs1CompanyPrefixes, isText) &&
        isOptional(gln, isText) &&
        isText(status) &&
        STATUSES.includes(status) &&
        isHeight(since) &&
        isList(keyIds, isBytes32) &&
        isOptional(names, (value) => isPairs(value, isText)) &&
        [contact, nodeAddress, apiUrl].every((text) => isOptional(text, isText)) &&
        isOptional(furtherGlns, (value) => isList(value, isText)) &&
        isOptional(rootCommitment, isBytes32),
      'INV-STATE-2',
      { record: 'org' },
    );
    return {
      did: did as Did,
      name,
      roles: roles as readonly OrganizationRole[],
      gs1CompanyPrefixes: gs1CompanyPrefixes as readonly string[],
      ...present('gln', gln as string | null),
      status: status as OrganizationStatus,
      since,
      keyIds: keyIds.map(keyIdOfBytes),
      ...present('names', readPairs<Record<string, string>>(names)),
      ...present('contact', contact as string | null | undefined),
      ...present('furtherGlns', furtherGlns as readonly string[] | null | undefined),
      ...present('nodeAddress', nodeAddress as string | null | undefined),
      ...present('apiUrl', apiUrl as string | null | undefined),
      ...present('rootCommitment', rootCommitment as Uint8Array | null | undefined),
    };
  },
};

/** `key/<keyId>` */
export const ORGANIZATION_KEY: RecordType<OrganizationKey> = {
  prefix: 'key',
  encode: (key) =>
    encodeCbor([
      idBytes(key.keyId),
      key.publicKey,
      key.organization,
      key.purpose,
      key.validFrom,
      key.validUntil ?? null,
      key.revoked ?? false,
      ...laterPlaces(key.notTrustedFrom),
    ]),
  decode(bytes) {
    const [keyId, publicKey, organization, purpose, validFrom, validUntil, revoked, notTrustedFrom] = readPlaces(
      'key',
      bytes,
      7,
      8,
    );
    assertInvariant(
      isBytes32(keyId) &&
        isBytes32(publicKey) &&
        isText(organization) &&
        isText(purpose) &&
        PURPOSES.includes(purpose) &&
        isHeight(validFrom) &&
        isOptional(validUntil, isHeight) &&
        typeof revoked === 'boolean' &&
        isOptional(notTrustedFrom, isHeight),
      'INV-STATE-2',
      { record: 'key' },
    );
    return {
      keyId: keyIdOfBytes(keyId),
      publicKey: publicKey as PublicKey,
      organization: organization as Did,
      purpose: purpose as KeyPurpose,
      validFrom,
      ...present('validUntil', validUntil as number | null),
      ...(revoked ? { revoked } : {}),
      ...present('notTrustedFrom', notTrustedFrom as number | undefined),
    };
  },
};

/** `gcp/<digits>`: the organisation that a GS1 company prefix belongs to. */
export const GS1_PREFIX: RecordType<Did> = {
  prefix: 'gcp',
  encode: (owner) => encodeCbor([owner]),
  decode(bytes) {
    const [owner] = readPlaces('gcp', bytes, 1);
    assertInvariant(isText(owner), 'INV-STATE-2', { record: 'gcp' });
    return owner as Did;
  },
};

/** `validators/current`: the organisations that validate, sorted. */
export const VALIDATORS: RecordType<readonly Did[]> = {
  prefix: 'validators',
  encode: (validators) => encodeCbor(validators),
  decode(bytes) {
    const validators = decodeCbor(bytes);
    assertInvariant(validators.ok && isList(validators.value, isText), 'INV-STATE-2', { record: 'validators' });
    return validators.value as readonly Did[];
  },
};

/** In the order of their places in the record; a further parameter goes to the end. */
const PARAMETER_PLACES = [
  'blockEntriesMax',
  'blockBytesMax',
  'notAfterWindow',
  'clockDriftMaxMs',
  'batchWaitMs',
  'heartbeatMs',
  'roundBaseMs',
  'roundStepMs',
  'roundCapMs',
] as const satisfies readonly (keyof Parameters)[];

/** `params/current` */
export const PARAMETERS: RecordType<Parameters> = {
  prefix: 'params',
  encode: (parameters) => encodeCbor(PARAMETER_PLACES.map((name) => parameters[name])),
  decode(bytes) {
    const places = readPlaces('params', bytes, PARAMETER_PLACES.length);
    assertInvariant(isList(places, isHeight), 'INV-STATE-2', { record: 'params' });
    return Object.fromEntries(PARAMETER_PLACES.map((name, place) => [name, places[place]])) as unknown as Parameters;
  },
};

/** Id of the records of which there is one. */
export const CURRENT = 'current';
