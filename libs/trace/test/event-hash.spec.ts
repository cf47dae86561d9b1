import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { JsonObject, parseStrictJson, utf8Decode } from '#codec';
import { eventHashes, repairDocument } from '#trace';

// The published hashes lie beside the repository; they are read there and never copied into it.
const STANDARDS = join(dirname(fileURLToPath(import.meta.url)), '../../../../shared/standards');
const VECTORS = join(STANDARDS, 'event-hash');
const EQUIVALENT = join(STANDARDS, 'gs1/hash-equivalence/event_with_identical_hash_id_7.json');
const isThere = existsSync(VECTORS) && existsSync(EQUIVALENT);
const suite = isThere ? describe : describe.skip;
const NAME = `the published CBV event hashes${isThere ? '' : ' (skipped: ../shared/standards is absent)'}`;

const DOCUMENTS = isThere ? readdirSync(VECTORS).filter((name) => name.endsWith('.jsonld')) : [];
const DOCUMENTS_PUBLISHED = 11;
const HASHES_PUBLISHED = 13;

function hashIds(bytes: Uint8Array): readonly string[] {
  const json = parseStrictJson(bytes);
  if (!json.ok || !(json.value instanceof JsonObject)) throw new Error('not a JSON object');
  const hashes = eventHashes(json.value);
  if (!hashes.ok) throw new Error(`${hashes.code} ${hashes.pointer ?? ''}`);
  return hashes.value.map(({ hashId }) => hashId);
}

/** One hash id per event of the document, in its order. */
function published(name: string): readonly string[] {
  return readFileSync(join(VECTORS, name.replace(/\.jsonld$/, '.hashes')), 'utf8')
    .trim()
    .split(/\s+/);
}

suite(NAME, () => {
  it.each(DOCUMENTS)('are what we compute: %s', (name) => {
    expect(hashIds(new Uint8Array(readFileSync(join(VECTORS, name))))).toEqual(published(name));
  });

  it(`are ${HASHES_PUBLISHED} in ${DOCUMENTS_PUBLISHED} documents, none of them left out`, () => {
    expect(DOCUMENTS).toHaveLength(DOCUMENTS_PUBLISHED);
    const hashes = readdirSync(VECTORS).filter((name) => name.endsWith('.hashes'));
    expect(hashes.map((name) => name.replace('.hashes', '.jsonld')).sort()).toEqual([...DOCUMENTS].sort());
    expect(DOCUMENTS.flatMap(published)).toHaveLength(HASHES_PUBLISHED);
  });
});

suite('an event that GS1 publishes in seven spellings', () => {
  const text = isThere ? readFileSync(EQUIVALENT, 'utf8') : '';
  const hashOf = (document: string) => hashIds(new TextEncoder().encode(document));

  it.each([
    ['other offsets', '2005-04-04T20:33:31.116-06:00', '2005-04-05T02:33:31.1160Z'],
    ['Digital Links', 'urn:epc:id:sgtin:0614141.107346.2016', 'https://shop.example/01/10614141073464/21/2016?q=1'],
    ['shorter numbers', '"meanValue": 13.2', '"meanValue": 132.00e-1'],
    ['bare words', 'urn:epcglobal:cbv:disp:in_progress', 'in_progress'],
    ['full URIs', '"gs1:Temperature"', '"https://gs1.org/voc/Temperature"'],
  ])('has the same hash with %s', (_name, from, to) => {
    expect(text).toContain(from);
    expect(hashOf(text.replaceAll(from, to))).toEqual(hashOf(text));
  });

  it('has the same hash in each of the six XML documents, as repair mode reads them', () => {
    const folder = dirname(EQUIVALENT);
    const documents = readdirSync(folder).filter((name) => name.endsWith('.xml'));
    expect(documents).toHaveLength(6);
    for (const name of documents) {
      const translated = repairDocument(new Uint8Array(readFileSync(join(folder, name))), 'application/xml');
      if (!translated.ok) throw new Error(`${name}: ${translated.code}`);
      const json = utf8Decode(translated.value.document) as string;
      // The second says "another time zone": the published vectors hash eventTimeZoneOffset, so it is another event by that alone.
      const isElsewhere = json.includes('"eventTimeZoneOffset":"-05:00"');
      expect([name, isElsewhere]).toEqual([name, name.endsWith('_2.xml')]);
      if (isElsewhere) expect(hashOf(json)).not.toEqual(hashOf(text));
      const hash = hashOf(json.replace('"eventTimeZoneOffset":"-05:00"', '"eventTimeZoneOffset":"-06:00"'));
      expect([name, hash]).toEqual([name, hashOf(text)]);
    }
  });

  it('has the same hash with its lists turned round', () => {
    const document = JSON.parse(text) as { epcisBody: { eventList: Record<string, unknown>[] } };
    const [event = {}] = document.epcisBody.eventList;
    for (const value of Object.values(event)) if (Array.isArray(value)) value.reverse();
    document.epcisBody.eventList[0] = Object.fromEntries(Object.entries(event).reverse());
    expect(hashOf(JSON.stringify(document))).toEqual(hashOf(text));
  });

  it('has another hash when one value differs', () => {
    expect(hashOf(text.replace('300.0', '300.1'))).not.toEqual(hashOf(text));
  });
});
