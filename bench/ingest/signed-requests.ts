import { readFileSync } from 'node:fs';
import { utf8Encode } from '#codec';
import type { Did, NetworkId } from '#identity';
import { openKeystore } from '#keystore';
import { encodeEntry, signEntry } from '#ledger';
import { CONTENT_TYPE } from '#trace';
import type { LoadTarget } from './messages.js';

/** Size of the EPCIS event in each entry. */
const CONTENT_BYTES = 600;
const EPCIS_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/**
 * Whole HTTP requests, each with one entry signed by the target's organisation: an EPCIS event that commissions one item of
 * its own prefix, so that every entry adds an item to the state.
 * @param first - number of the first item; items of different numbers are different
 */
export async function signRequests(
  target: LoadTarget,
  networkId: string,
  range: { readonly first: number; readonly count: number; readonly notAfter: number },
): Promise<Buffer[]> {
  const passphrase = readFileSync(target.signingKey.passphraseFile, 'utf8').trim();
  const key = await openKeystore(target.signingKey.path, passphrase);
  if (!key.ok) throw new Error(key.detail);
  const head = [
    'POST /api/v1/entries HTTP/1.1',
    `Host: ${target.host}:${target.port}`,
    `Authorization: Bearer ${target.apiKey}`,
    'Content-Type: application/cbor',
    'Content-Length: ',
  ].join('\r\n');
  return Array.from({ length: range.count }, (_, index) => {
    const item = `urn:epc:id:sgtin:${target.gs1CompanyPrefix}.000001.${range.first + index}`;
    const fields = {
      keyId: key.value.keyId,
      issuer: target.did as Did,
      subject: item,
      networkId: networkId as NetworkId,
      kind: 'epcis.capture',
      notAfter: range.notAfter,
      contentType: CONTENT_TYPE,
    };
    const body = encodeEntry(signEntry(fields, event(item), key.value));
    return Buffer.concat([Buffer.from(`${head}${body.length}\r\n\r\n`), body]);
  });
}

function event(item: string): Uint8Array {
  const withReference = (reference: string): string =>
    JSON.stringify({
      '@context': EPCIS_CONTEXT,
      type: 'ObjectEvent',
      eventTime: '2026-01-15T08:30:00.000Z',
      eventTimeZoneOffset: '+01:00',
      epcList: [item],
      action: 'ADD',
      bizStep: 'commissioning',
      disposition: 'active',
      readPoint: { id: 'urn:epc:id:sgln:9521001.00000.0' },
      bizLocation: { id: 'urn:epc:id:sgln:9521001.00000.0' },
      bizTransactionList: [{ type: 'prodorder', bizTransaction: `urn:epcglobal:cbv:bt:9521001000000:${reference}` }],
    });
  return utf8Encode(withReference('0'.repeat(CONTENT_BYTES - withReference('').length)));
}
