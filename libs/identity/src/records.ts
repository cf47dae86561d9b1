import { assertInvariant, decodeCbor, encodeCbor, fromHex, toHex, type CborValue, type RecordType } from '#codec';
import type { Did, Height, KeyId, PublicKey } from './names.js';
import type {
  KeyPurpose,
  Organization,
  OrganizationKey,
  OrganizationRole,
  OrganizationStatus,
  Parameters,
} from './organization.js';

// State records are CBOR arrays with a fixed number of places; null = absent. What stands in the state was checked
// before it was put there, so reading checks only that the bytes have the shape that `encode` writes.

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
      organization.keyIds.map(keyIdBytes),
    ]),
  decode(bytes) {
    const [did, name, roles, gs1CompanyPrefixes, gln, status, since, keyIds] = readPlaces('org', bytes, 8);
    assertInvariant(
      isText(did) &&
        isText(name) &&
        isList(roles, (role) => isText(role) && ROLES.includes(role)) &&
        isList(gs1CompanyPrefixes, isText) &&
        (gln === null || isText(gln)) &&
        isText(status) &&
        STATUSES.includes(status) &&
        isHeight(since) &&
        isList(keyIds, isBytes32),
      'INV-STATE-2',
      { record: 'org' },
    );
    return {
      did: did as Did,
      name,
      roles: roles as readonly OrganizationRole[],
      gs1CompanyPrefixes: gs1CompanyPrefixes as readonly string[],
      ...(gln === null ? {} : { gln }),
      status: status as OrganizationStatus,
      since,
      keyIds: (keyIds as readonly Uint8Array[]).map((keyId) => toHex(keyId) as KeyId),
    };
  },
};

/** `key/<keyId>` */
export const ORGANIZATION_KEY: RecordType<OrganizationKey> = {
  prefix: 'key',
  encode: (key) =>
    encodeCbor([
      keyIdBytes(key.keyId),
      key.publicKey,
      key.organization,
      key.purpose,
      key.validFrom,
      key.validUntil ?? null,
      key.revoked ?? false,
    ]),
  decode(bytes) {
    const [keyId, publicKey, organization, purpose, validFrom, validUntil, revoked] = readPlaces('key', bytes, 7);
    assertInvariant(
      isBytes32(keyId) &&
        isBytes32(publicKey) &&
        isText(organization) &&
        isText(purpose) &&
        PURPOSES.includes(purpose) &&
        isHeight(validFrom) &&
        (validUntil === null || isHeight(validUntil)) &&
        typeof revoked === 'boolean',
      'INV-STATE-2',
      { record: 'key' },
    );
    return {
      keyId: toHex(keyId) as KeyId,
      publicKey: publicKey as PublicKey,
      organization: organization as Did,
      purpose: purpose as KeyPurpose,
      validFrom,
      ...(validUntil === null ? {} : { validUntil }),
      ...(revoked ? { revoked } : {}),
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

function readPlaces(record: string, bytes: Uint8Array, count: number): readonly CborValue[] {
  const places = decodeCbor(bytes);
  assertInvariant(places.ok && Array.isArray(places.value) && places.value.length === count, 'INV-STATE-2', { record });
  return places.value as readonly CborValue[];
}

function keyIdBytes(keyId: KeyId): Uint8Array {
  const bytes = fromHex(keyId, 32);
  assertInvariant(bytes !== undefined, 'INV-STATE-2', { keyId });
  return bytes;
}

function isText(value: CborValue | undefined): value is string {
  return typeof value === 'string';
}

function isHeight(value: CborValue | undefined): value is Height {
  return typeof value === 'number' && value >= 0;
}

function isBytes32(value: CborValue | undefined): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 32;
}

function isList(value: CborValue | undefined, isElement: (element: CborValue) => boolean): boolean {
  return Array.isArray(value) && (value as readonly CborValue[]).every(isElement);
}
