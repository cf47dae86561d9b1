import { utf8Encode } from '#codec';
import { keyIdOf, type Did, type Height, type NetworkId } from '#identity';
import { encodeStatement, statementToSign, type EntryId } from '#ledger';
import type { Random } from './random.js';
import { stubSigner } from './stub-crypto.js';

export interface SignedEntry {
  readonly id: EntryId;
  readonly statement: Uint8Array;
  readonly content: Uint8Array;
}

/** What the clients of a simulated world submit: new events, the same again, contradicting ones, ones that expire soon. */
export class Workload {
  readonly waiting = new Set<EntryId>();
  readonly mustBecomeFinal = new Set<EntryId>();
  private readonly sent: SignedEntry[] = [];
  private counter = 0;

  constructor(
    private readonly random: Random,
    private readonly networkId: NetworkId,
    private readonly organisations: readonly Did[],
  ) {}

  next(height: Height): SignedEntry[] {
    const count = this.random.pick([1, 1, 1, 1, 2, 10]);
    return Array.from({ length: count }, () => this.one(height));
  }

  /** An entry that nothing contradicts. */
  fresh(height: Height): SignedEntry {
    return this.event(`fresh-${this.counter++}`, height + 10_000);
  }

  private one(height: Height): SignedEntry {
    const kind = this.random.below(10);
    const again = this.sent[this.random.below(this.sent.length + 1)];
    if (kind === 0 && again !== undefined) return again;
    // Two statements about one event id: only one of them may be recorded.
    const name = kind === 1 ? `contested-${this.random.below(5)}` : `event-${this.counter++}`;
    const entry = this.event(name, kind === 2 ? height + 2 : height + 10_000);
    this.sent.push(entry);
    return entry;
  }

  private event(name: string, notAfter: Height): SignedEntry {
    const issuer = this.random.pick(this.organisations);
    const content = utf8Encode(
      JSON.stringify({
        '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
        eventID: `urn:example:${name}`,
        type: 'ObjectEvent',
        action: 'OBSERVE',
        eventTime: '2026-01-01T00:00:00.000Z',
        eventTimeZoneOffset: '+00:00',
        bizStep: this.random.pick(['shipping', 'receiving', 'inspecting']),
        epcList: [`urn:epc:id:sgtin:9520000.012345.${this.random.below(50)}`],
      }),
    );
    const signer = stubSigner(`sign of ${issuer}`);
    const fields = {
      keyId: keyIdOf(signer.publicKey),
      networkId: this.networkId,
      kind: 'epcis.capture',
      issuer,
      subject: `urn:example:${name}`,
      notAfter,
      contentType: 'application/json',
    };
    const unsigned = statementToSign(fields, content);
    return { id: unsigned.entryId, statement: encodeStatement(unsigned, signer.sign(unsigned.toBeSigned)), content };
  }
}
