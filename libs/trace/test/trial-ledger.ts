import {
  compareStrings,
  sha256,
  success,
  toHex,
  utf8Encode,
  type RecordType,
  type RecordWriter,
  type Result,
} from '#codec';
import {
  GS1_PREFIX,
  keyIdOf,
  ORGANIZATION,
  ORGANIZATION_KEY,
  portableSigner,
  portableVerifier,
  type Did,
  type NetworkId,
  type OrganizationRole,
} from '#identity';
import type { EntryAction, EntryId, Finding, Statement } from '#ledger';
import { createTraceRules, ITEM, type EntryDraft, type Item } from '#trace';

export const MAKER = 'did:web:maker.example' as Did;
export const CARRIER = 'did:web:carrier.example' as Did;
export const WHOLESALER = 'did:web:wholesaler.example' as Did;
export const RETAILER = 'did:web:retailer.example' as Did;
export const AUDITOR = 'did:web:auditor.example' as Did;
export const SUSPENDED = 'did:web:suspended.example' as Did;
export const TRADERS = [MAKER, CARRIER, WHOLESALER, RETAILER] as const;

/** The company prefix that is registered to the maker. */
export const MAKER_PREFIX = '4099999';
/** A GTIN under it, and one under a prefix that nobody registered. */
export const MAKER_GTIN = '04099999000012';
export const FREE_GTIN = '04077777000010';

export const NETWORK = 'ab'.repeat(32) as NetworkId;
/** The key that signs every entry; it is the maker's. */
export const MAKER_SIGNER = portableSigner(new Uint8Array(32).fill(7));
const KEY = keyIdOf(MAKER_SIGNER.publicKey);

export interface Recorded {
  readonly entryId: EntryId;
  readonly findings: readonly Finding[];
  readonly action: EntryAction;
}

export function statementOf(
  author: Did,
  draft: Pick<EntryDraft, 'kind' | 'subject' | 'contentType'>,
  number = 0,
): Statement {
  const entryId = toHex(sha256(utf8Encode(`entry ${number}`))) as EntryId;
  const none = new Uint8Array(0);
  return {
    bytes: none,
    entryId,
    sigStructure: none,
    signature: none,
    keyId: KEY,
    issuer: author,
    subject: draft.subject,
    networkId: NETWORK,
    kind: draft.kind,
    notAfter: 1_000_000,
    contentType: draft.contentType,
    contentHash: none,
  };
}

/**
 * The rules on a state of encoded records: every record goes through its codec, and a refused entry leaves nothing behind.
 * Signatures are not part of it.
 */
export class TrialLedger {
  readonly rules = createTraceRules({ verifier: portableVerifier, networkId: NETWORK });
  height = 1;
  private entries = 0;
  private readonly stored = new Map<string, Uint8Array>();

  constructor() {
    const roles: readonly (readonly [Did, OrganizationRole])[] = [
      ...TRADERS.map((did) => [did, 'validator'] as const),
      [AUDITOR, 'auditor'],
      [SUSPENDED, 'member'],
    ];
    for (const [did, role] of roles) {
      this.writer().put(ORGANIZATION, did, {
        did,
        name: did,
        roles: [role],
        gs1CompanyPrefixes: [],
        status: did === SUSPENDED ? 'suspended' : 'active',
        since: 0,
        keyIds: did === MAKER ? [KEY] : [],
      });
    }
    this.writer().put(GS1_PREFIX, MAKER_PREFIX, MAKER);
    const key = {
      keyId: KEY,
      publicKey: MAKER_SIGNER.publicKey,
      organization: MAKER,
      purpose: 'sign',
      validFrom: 0,
    } as const;
    this.writer().put(ORGANIZATION_KEY, KEY, key);
  }

  /** Reads and executes one entry; on a failure the state is what it was. */
  submit(author: Did, draft: EntryDraft): Result<Recorded> {
    const statement = statementOf(author, draft, this.entries++);
    const action = this.rules.read(statement, draft.content);
    if (!action.ok) return action;
    const before = new Map(this.stored);
    const executed = action.value.execute(this.writer(), {
      entryId: statement.entryId,
      author,
      height: this.height,
      blockTime: 0,
    });
    if (!executed.ok) {
      this.stored.clear();
      for (const [key, value] of before) this.stored.set(key, value);
      return executed;
    }
    return success({ entryId: statement.entryId, findings: executed.value, action: action.value });
  }

  /** @throws Error when the entry is refused */
  record(author: Did, draft: EntryDraft): Recorded {
    const result = this.submit(author, draft);
    if (!result.ok) throw new Error(`${result.code}: ${result.detail} (${result.pointer ?? 'no pointer'})`);
    return result.value;
  }

  get<T>(type: RecordType<T>, id: string): T | undefined {
    const bytes = this.stored.get(`${type.prefix}/${id}`);
    return bytes === undefined ? undefined : type.decode(bytes);
  }

  item(key: string): Item {
    const item = this.get(ITEM, key);
    if (item === undefined) throw new Error(`unknown item ${key}`);
    return item;
  }

  /** Ids of all records of a type, sorted. */
  ids(type: RecordType<unknown>): string[] {
    const prefix = `${type.prefix}/`;
    return [...this.stored.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
      .sort(compareStrings);
  }

  /** Every record in key order, as text that two ledgers can be compared by. */
  dump(): string {
    return [...this.stored]
      .sort(([a], [b]) => compareStrings(a, b))
      .map(([key, value]) => `${key} ${toHex(value)}`)
      .join('\n');
  }

  private writer(): RecordWriter {
    return {
      get: (type, id) => this.get(type, id),
      put: (type, id, value) => void this.stored.set(`${type.prefix}/${id}`, type.encode(value)),
      remove: (type, id) => void this.stored.delete(`${type.prefix}/${id}`),
    };
  }
}

/** An EPCIS event as a bare document, with what every event needs. */
export function bareEvent(event: Readonly<Record<string, unknown>>): EntryDraft {
  const json = {
    '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
    eventTime: '2026-03-01T12:00:00Z',
    eventTimeZoneOffset: '+00:00',
    ...event,
  };
  return {
    kind: 'epcis.capture',
    subject: 'event',
    contentType: 'application/json',
    content: utf8Encode(JSON.stringify(json)),
  };
}
