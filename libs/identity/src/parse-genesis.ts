import {
  compareStrings,
  failure,
  fromHex,
  JsonNumber,
  JsonObject,
  parseStrictJson,
  sha256,
  success,
  toHex,
  type Failure,
  type JsonErrorCode,
  type JsonValue,
  type Result,
} from '#codec';
import { admitPublicKey } from './admit-public-key.js';
import type { Genesis, GenesisOrganization } from './genesis.js';
import { isGln, isGs1Prefix } from './gs1-prefix.js';
import type { Did, NetworkId, PublicKey } from './names.js';
import type { OrganizationRole, Parameters } from './organization.js';
import { PARAMETER_BOUNDS } from './parameters.js';
import { parseDid } from './parse-did.js';
import { present } from './record-places.js';

export const GENESIS_FORMAT = 'lading-genesis-1';
export const GENESIS_BYTES_MAX = 1024 * 1024;
export const GENESIS_ORGANIZATIONS_MAX = 100;
const NAME_CHARS_MAX = 200;
const PREFIXES_MAX = 100;
/** 9999-12-31T23:59:59.999Z, the last instant that RFC 3339 can write. */
const TIME_MAX = 253_402_300_799_999;
const ROLES: readonly OrganizationRole[] = ['validator', 'member', 'auditor'];

export type GenesisErrorCode =
  | 'GENESIS_TOO_LARGE'
  | JsonErrorCode
  | 'GENESIS_WRONG_FORMAT'
  | 'GENESIS_WRONG_TYPE'
  | 'GENESIS_MISSING_MEMBER'
  | 'GENESIS_UNKNOWN_MEMBER'
  | 'GENESIS_OUT_OF_RANGE'
  | 'GENESIS_BAD_DID'
  | 'GENESIS_BAD_NAME'
  | 'GENESIS_BAD_ROLE'
  | 'GENESIS_BAD_PREFIX'
  | 'GENESIS_BAD_GLN'
  | 'GENESIS_BAD_KEY'
  | 'GENESIS_DUPLICATE_DID'
  | 'GENESIS_DUPLICATE_KEY'
  | 'GENESIS_PREFIX_OVERLAP'
  | 'GENESIS_NO_VALIDATOR';

/**
 * Reads and judges a genesis file (docs/protocol/genesis.md). The network id is the SHA-256 of these very bytes, so the
 * file is never written anew.
 * @returns the genesis, or the code of the first failed check with a pointer to the offending member
 */
export function parseGenesis(bytes: Uint8Array): Result<Genesis, GenesisErrorCode> {
  if (bytes.length > GENESIS_BYTES_MAX)
    return failure('GENESIS_TOO_LARGE', `a genesis file has at most ${GENESIS_BYTES_MAX} bytes`);
  const json = parseStrictJson(bytes);
  if (!json.ok) return json;
  try {
    return success({ networkId: toHex(sha256(bytes)) as NetworkId, ...readDocument(json.value) });
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.failure;
    throw refusal;
  }
}

/** Carries the first failed check out of the nested readers below; never leaves this file. */
class Refusal extends Error {
  constructor(readonly failure: Failure<GenesisErrorCode>) {
    super(failure.detail);
  }
}

function refuse(code: GenesisErrorCode, pointer: string, detail: string): never {
  throw new Refusal(failure(code, detail, pointer));
}

function readDocument(value: JsonValue): Omit<Genesis, 'networkId'> {
  const document = readObject(value, '', ['format', 'time', 'organizations', 'parameters']);
  if (document.get('format') !== GENESIS_FORMAT)
    refuse('GENESIS_WRONG_FORMAT', '/format', `expected "${GENESIS_FORMAT}"`);
  const time = readInteger(document.get('time'), '/time', 0, TIME_MAX);
  const list = readArray(document.get('organizations'), '/organizations', 1, GENESIS_ORGANIZATIONS_MAX);
  const organizations = list.map((organization, i) => readOrganization(organization, `/organizations/${i}`));
  refuseDuplicates(organizations);
  refuseOverlappingPrefixes(organizations);
  if (!organizations.some(({ roles }) => roles.includes('validator'))) {
    refuse('GENESIS_NO_VALIDATOR', '/organizations', 'at least one organisation must be a validator');
  }
  return { time, organizations, parameters: readParameters(document.get('parameters')) };
}

function readOrganization(value: JsonValue, pointer: string): GenesisOrganization {
  const required = ['did', 'name', 'roles', 'gs1CompanyPrefixes', 'nodeKey', 'signingKey'];
  const organization = readObject(value, pointer, required, ['gln', 'adminKey', 'rootKey', 'rootCommitment']);
  const did = parseDid(readText(organization.get('did'), `${pointer}/did`));
  if (!did.ok) return refuse('GENESIS_BAD_DID', `${pointer}/did`, did.detail);
  const gln = organization.get('gln');
  return {
    did: did.value,
    name: readName(organization.get('name'), `${pointer}/name`),
    roles: readRoles(organization.get('roles'), `${pointer}/roles`),
    gs1CompanyPrefixes: readArray(
      organization.get('gs1CompanyPrefixes'),
      `${pointer}/gs1CompanyPrefixes`,
      0,
      PREFIXES_MAX,
    ).map((prefix, i) => readPrefix(prefix, `${pointer}/gs1CompanyPrefixes/${i}`)),
    ...(gln === undefined ? {} : { gln: readGln(gln, `${pointer}/gln`) }),
    nodeKey: readKey(organization.get('nodeKey'), `${pointer}/nodeKey`),
    signingKey: readKey(organization.get('signingKey'), `${pointer}/signingKey`),
    ...readGoverningKeys(organization, pointer),
  };
}

/** Networks from before there was governance have none of them. A root key comes with the commitment to the next one. */
function readGoverningKeys(
  organization: JsonObject,
  pointer: string,
): Pick<GenesisOrganization, 'adminKey' | 'rootKey' | 'rootCommitment'> {
  const [adminKey, rootKey] = ['adminKey', 'rootKey'].map((name) =>
    organization.get(name) === undefined ? undefined : readKey(organization.get(name), `${pointer}/${name}`),
  );
  const commitment = organization.get('rootCommitment');
  if ((rootKey === undefined) !== (commitment === undefined)) {
    const missing = rootKey === undefined ? 'rootKey' : 'rootCommitment';
    refuse(
      'GENESIS_MISSING_MEMBER',
      `${pointer}/${missing}`,
      'a root key and the commitment to the next one come together',
    );
  }
  const rootCommitment =
    commitment === undefined ? undefined : fromHex(readText(commitment, `${pointer}/rootCommitment`), 32);
  if (commitment !== undefined && rootCommitment === undefined) {
    refuse('GENESIS_BAD_KEY', `${pointer}/rootCommitment`, 'expected 64 lower-case hexadecimal digits');
  }
  return {
    ...present('adminKey', adminKey),
    ...present('rootKey', rootKey),
    ...present('rootCommitment', rootCommitment),
  };
}

/** 1..200 UTF-16 code units, no control characters: the name stands in terminals and logs. */
function readName(value: JsonValue | undefined, pointer: string): string {
  const name = readText(value, pointer);
  if (name.trim() === '' || name.length > NAME_CHARS_MAX || /\p{Cc}/u.test(name)) {
    refuse('GENESIS_BAD_NAME', pointer, `expected 1 to ${NAME_CHARS_MAX} characters, not blank, no control characters`);
  }
  return name;
}

function readRoles(value: JsonValue | undefined, pointer: string): OrganizationRole[] {
  const roles = readArray(value, pointer, 1, ROLES.length).map((item, i) => {
    const role = ROLES.find((known) => known === item);
    return role ?? refuse('GENESIS_BAD_ROLE', `${pointer}/${i}`, `expected one of ${ROLES.join(', ')}`);
  });
  if (new Set(roles).size !== roles.length) refuse('GENESIS_BAD_ROLE', pointer, 'the same role twice');
  return roles;
}

function readPrefix(value: JsonValue, pointer: string): string {
  const prefix = readText(value, pointer);
  if (!isGs1Prefix(prefix)) refuse('GENESIS_BAD_PREFIX', pointer, 'a GS1 company prefix has 4 to 12 digits');
  return prefix;
}

function readGln(value: JsonValue, pointer: string): string {
  const gln = readText(value, pointer);
  if (!isGln(gln)) refuse('GENESIS_BAD_GLN', pointer, 'a GLN has 13 digits, the last of which is the check digit');
  return gln;
}

function readKey(value: JsonValue | undefined, pointer: string): PublicKey {
  const bytes = fromHex(readText(value, pointer), 32);
  if (bytes === undefined) return refuse('GENESIS_BAD_KEY', pointer, 'expected 64 lower-case hexadecimal digits');
  const key = admitPublicKey(bytes);
  return key.ok ? key.value : refuse('GENESIS_BAD_KEY', pointer, `${key.code}: ${key.detail}`);
}

function readParameters(value: JsonValue | undefined): Parameters {
  const names = Object.keys(PARAMETER_BOUNDS) as (keyof Parameters)[];
  const object = readObject(value, '/parameters', names);
  const parameters = Object.fromEntries(
    names.map((name) => [name, readInteger(object.get(name), `/parameters/${name}`, ...PARAMETER_BOUNDS[name])]),
  ) as unknown as Parameters;
  if (parameters.roundCapMs < parameters.roundBaseMs) {
    refuse('GENESIS_OUT_OF_RANGE', '/parameters/roundCapMs', 'must not be below roundBaseMs');
  }
  return parameters;
}

function refuseDuplicates(organizations: readonly GenesisOrganization[]): void {
  const dids = new Set<Did>();
  const keys = new Set<string>();
  organizations.forEach(({ did, nodeKey, signingKey, adminKey, rootKey }, i) => {
    if (dids.has(did)) refuse('GENESIS_DUPLICATE_DID', `/organizations/${i}/did`, `${did} stands here twice`);
    dids.add(did);
    for (const [member, publicKey] of Object.entries({ nodeKey, signingKey, adminKey, rootKey })) {
      if (publicKey === undefined) continue;
      const key = toHex(publicKey);
      if (keys.has(key))
        refuse(
          'GENESIS_DUPLICATE_KEY',
          `/organizations/${i}/${member}`,
          'every key serves one purpose of one organisation',
        );
      keys.add(key);
    }
  });
}

/** Sorted, a prefix that begins with another stands right behind it or behind others that begin with it too. */
function refuseOverlappingPrefixes(organizations: readonly GenesisOrganization[]): void {
  const prefixes = organizations.flatMap(({ gs1CompanyPrefixes }, i) =>
    gs1CompanyPrefixes.map((prefix, j) => ({ prefix, pointer: `/organizations/${i}/gs1CompanyPrefixes/${j}` })),
  );
  prefixes.sort((a, b) => compareStrings(a.prefix, b.prefix));
  for (let i = 1; i < prefixes.length; i++) {
    const shorter = prefixes[i - 1] as (typeof prefixes)[number];
    const longer = prefixes[i] as (typeof prefixes)[number];
    if (longer.prefix.startsWith(shorter.prefix)) {
      refuse(
        'GENESIS_PREFIX_OVERLAP',
        longer.pointer,
        `begins with the prefix ${shorter.prefix} at ${shorter.pointer}`,
      );
    }
  }
}

function readObject(
  value: JsonValue | undefined,
  pointer: string,
  required: readonly string[],
  optional: readonly string[] = [],
): JsonObject {
  if (!(value instanceof JsonObject)) return refuse('GENESIS_WRONG_TYPE', pointer, 'expected an object');
  for (const name of required) {
    if (value.get(name) === undefined)
      refuse('GENESIS_MISSING_MEMBER', `${pointer}/${name}`, 'this member is required');
  }
  for (const name of value.members.keys()) {
    if (!required.includes(name) && !optional.includes(name)) {
      refuse(
        'GENESIS_UNKNOWN_MEMBER',
        `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        'this member is unknown',
      );
    }
  }
  return value;
}

function readArray(
  value: JsonValue | undefined,
  pointer: string,
  countMin: number,
  countMax: number,
): readonly JsonValue[] {
  if (!Array.isArray(value)) return refuse('GENESIS_WRONG_TYPE', pointer, 'expected an array');
  if (value.length < countMin || value.length > countMax) {
    refuse('GENESIS_OUT_OF_RANGE', pointer, `expected ${countMin} to ${countMax} elements`);
  }
  return value as readonly JsonValue[];
}

function readText(value: JsonValue | undefined, pointer: string): string {
  return typeof value === 'string' ? value : refuse('GENESIS_WRONG_TYPE', pointer, 'expected a string');
}

function readInteger(value: JsonValue | undefined, pointer: string, min: number, max: number): number {
  if (!(value instanceof JsonNumber) || !/^(?:0|[1-9][0-9]{0,15})$/.test(value.text)) {
    return refuse('GENESIS_WRONG_TYPE', pointer, 'expected an integer, written without sign, fraction and exponent');
  }
  const number = Number(value.text);
  if (number < min || number > max) refuse('GENESIS_OUT_OF_RANGE', pointer, `expected ${min} to ${max}`);
  return number;
}
