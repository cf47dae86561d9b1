import { describe, expect, it } from '@jest/globals';
import { parseStrictJson, sha256, toHex, utf8Decode, utf8Encode } from '#codec';
import { ORIGINAL_HASH_FIELD, readEpcisContent, repairDocument, XML_BYTES_MAX } from '#trace';

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

function epcis(events: string, version: '1' | '2' = '1', attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- made for this test -->
<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:${version}" schemaVersion="${version}.2" creationDate="2026-03-05T00:00:00Z" ${attributes}>
  <EPCISBody><EventList>${events}</EventList></EPCISBody>
</epcis:EPCISDocument>`;
}

const WHEN = '<eventTime>2026-03-04T05:06:07.000+01:00</eventTime><eventTimeZoneOffset>+01:00</eventTimeZoneOffset>';
const WHEN_JSON = { eventTime: '2026-03-04T05:06:07.000+01:00', eventTimeZoneOffset: '+01:00' };

function repair(xml: string) {
  return repairDocument(utf8Encode(xml), 'application/xml; charset=utf-8');
}

function translated(xml: string) {
  const result = repair(xml);
  if (!result.ok) throw new Error(`${result.code} ${result.pointer} ${result.detail}`);
  const strict = parseStrictJson(result.value.document);
  expect(strict.ok && readEpcisContent(strict.value).ok).toBe(true);
  const text = utf8Decode(result.value.document) as string;
  const document = JSON.parse(text) as Record<string, unknown> & {
    epcisBody: { eventList: Record<string, unknown>[] };
  };
  return { document, text, events: document.epcisBody.eventList, codes: result.value.repairs.map(({ code }) => code) };
}

describe('translating EPCIS XML', () => {
  it('reads an ObjectEvent of EPCIS 1.2 with all its wrappers, extensions and master data of the lot', () => {
    const xml = epcis(
      `<ObjectEvent>${WHEN}
        <baseExtension><eventID>urn:uuid:0b7f8a3e-6c1d-4e57-9d0a-2f3c4b5a6978</eventID></baseExtension>
        <epcList><epc> urn:epc:id:sgtin:9521234.056789.1 </epc><epc>urn:epc:id:sgtin:9521234.056789.2</epc></epcList>
        <action>ADD</action>
        <bizStep>urn:epcglobal:cbv:bizstep:commissioning</bizStep>
        <disposition>urn:epcglobal:cbv:disp:active</disposition>
        <readPoint><id>urn:epc:id:sgln:9521234.00001.0</id></readPoint>
        <bizTransactionList><bizTransaction type="urn:epcglobal:cbv:btt:po">urn:example:po:1&amp;2</bizTransaction></bizTransactionList>
        <extension>
          <quantityList><quantityElement><epcClass>urn:epc:class:lgtin:9521234.056789.A</epcClass><quantity>10.50</quantity><uom>KGM</uom></quantityElement></quantityList>
          <sourceList><source type="urn:epcglobal:cbv:sdt:owning_party">urn:epc:id:pgln:9521234.00001</source></sourceList>
          <destinationList><destination type="urn:epcglobal:cbv:sdt:location">urn:epc:id:sgln:9521234.00002.0</destination></destinationList>
          <ilmd><mda:lotNumber>A</mda:lotNumber><shop:grade shop:by="M"><shop:colour>red</shop:colour><shop:colour>blue</shop:colour></shop:grade></ilmd>
        </extension>
        <shop:note><![CDATA[<as & is>]]></shop:note>
      </ObjectEvent>`,
      '1',
      'xmlns:mda="urn:epcglobal:cbv:mda" xmlns:shop="https://shop.example/ns/"',
    );
    const { document, events, text, codes } = translated(xml);
    expect(codes).toEqual(['REPAIR_FROM_XML']);
    expect(document).toMatchObject({
      '@context': [CONTEXT, { shop: 'https://shop.example/ns/' }],
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: '2026-03-05T00:00:00Z',
      [ORIGINAL_HASH_FIELD]: toHex(sha256(utf8Encode(xml))),
    });
    expect(events).toEqual([
      {
        type: 'ObjectEvent',
        ...WHEN_JSON,
        eventID: 'urn:uuid:0b7f8a3e-6c1d-4e57-9d0a-2f3c4b5a6978',
        epcList: ['urn:epc:id:sgtin:9521234.056789.1', 'urn:epc:id:sgtin:9521234.056789.2'],
        action: 'ADD',
        bizStep: 'commissioning',
        disposition: 'active',
        readPoint: { id: 'urn:epc:id:sgln:9521234.00001.0' },
        bizTransactionList: [{ type: 'po', bizTransaction: 'urn:example:po:1&2' }],
        quantityList: [{ epcClass: 'urn:epc:class:lgtin:9521234.056789.A', quantity: 10.5, uom: 'KGM' }],
        sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:9521234.00001' }],
        destinationList: [{ type: 'location', destination: 'urn:epc:id:sgln:9521234.00002.0' }],
        ilmd: { 'cbvmda:lotNumber': 'A', 'shop:grade': { 'shop:by': 'M', 'shop:colour': ['red', 'blue'] } },
        'shop:note': '<as & is>',
      },
    ]);
    expect(text).toContain('"quantity":10.50');
  });

  it('reads every other kind of event of EPCIS 1.2, those inside extension too, in their order', () => {
    const { events } = translated(
      epcis(`<AggregationEvent>${WHEN}<parentID>urn:epc:id:sscc:9521234.1234567890</parentID>
          <childEPCs><epc>urn:epc:id:sgtin:9521234.056789.1</epc></childEPCs><action>ADD</action>
          <extension><childQuantityList><quantityElement><epcClass>urn:epc:class:lgtin:9521234.056789.A</epcClass></quantityElement></childQuantityList></extension>
        </AggregationEvent>
        <QuantityEvent>${WHEN}<epcClass>urn:epc:idpat:sgtin:9521234.056789.*</epcClass><quantity>5</quantity></QuantityEvent>
        <TransactionEvent>${WHEN}<bizTransactionList><bizTransaction>urn:example:po:1</bizTransaction></bizTransactionList>
          <epcList/><action>OBSERVE</action></TransactionEvent>
        <extension><TransformationEvent>${WHEN}
          <inputQuantityList><quantityElement><epcClass>urn:epc:class:lgtin:9521234.056789.A</epcClass><quantity>1</quantity></quantityElement></inputQuantityList>
          <outputEPCList><epc>urn:epc:id:sgtin:9521234.056789.3</epc></outputEPCList></TransformationEvent></extension>`),
    );
    expect(events.map(({ type }) => type)).toEqual([
      'AggregationEvent',
      'ObjectEvent',
      'TransactionEvent',
      'TransformationEvent',
    ]);
    expect(events[0]).toMatchObject({ childQuantityList: [{ epcClass: 'urn:epc:class:lgtin:9521234.056789.A' }] });
    expect(events[1]).toMatchObject({ action: 'OBSERVE', quantityList: [{ quantity: 5 }] });
    expect(events[2]).toMatchObject({ epcList: [], bizTransactionList: [{ bizTransaction: 'urn:example:po:1' }] });
  });

  it('reads an error declaration', () => {
    const { events } = translated(
      epcis(`<ObjectEvent>${WHEN}<baseExtension><eventID>urn:example:e1</eventID><errorDeclaration>
        <declarationTime>2026-03-06T00:00:00Z</declarationTime><reason>urn:epcglobal:cbv:er:incorrect_data</reason>
        <correctiveEventIDs><correctiveEventID>urn:example:e2</correctiveEventID></correctiveEventIDs></errorDeclaration></baseExtension>
        <epcList/><action>OBSERVE</action></ObjectEvent>`),
    );
    expect(events[0]?.errorDeclaration).toEqual({
      declarationTime: '2026-03-06T00:00:00Z',
      reason: 'incorrect_data',
      correctiveEventIDs: ['urn:example:e2'],
    });
  });

  it('reads sensor data and persistent dispositions of EPCIS 2.0 XML', () => {
    const { events, text } = translated(
      epcis(
        `<ObjectEvent>${WHEN}<epcList/><action>OBSERVE</action>
          <readPoint><id>urn:epc:id:sgln:9521234.00001.0</id></readPoint>
          <sensorElementList><sensorElement>
            <sensorMetadata time="2026-03-04T05:00:00Z" deviceID="urn:epc:id:giai:9521234.1"/>
            <sensorReport type="gs1:Temperature" value="04.20" uom="CEL" component="cbv:Comp-x" booleanValue="true" x:cv="9"/>
            <sensorReport type="gs1:Temperature" exception="gs1:ALARM_CONDITION"/>
          </sensorElement></sensorElementList>
          <persistentDisposition><set>urn:epcglobal:cbv:disp:recalled</set><unset>urn:epcglobal:cbv:disp:available</unset></persistentDisposition>
        </ObjectEvent>`,
        '2',
        'xmlns:x="https://x.example/"',
      ),
    );
    expect(events[0]).toMatchObject({
      sensorElementList: [
        {
          sensorMetadata: { time: '2026-03-04T05:00:00Z', deviceID: 'urn:epc:id:giai:9521234.1' },
          sensorReport: [
            { type: 'Temperature', value: 4.2, uom: 'CEL', component: 'x', booleanValue: true, 'x:cv': '9' },
            { type: 'Temperature', exception: 'ALARM_CONDITION' },
          ],
        },
      ],
      persistentDisposition: { set: ['recalled'], unset: ['available'] },
    });
    expect(text).toContain('"value":4.20');
  });

  it('repairs the values of an XML document too, and says so', () => {
    const { events, codes } = translated(
      epcis(`<ObjectEvent><eventTime>2026-03-04T05:06:07+01:00</eventTime><epcList><epc>urn:epc:id:sgtin:9521234.056789.1</epc></epcList>
        <action>observe</action><disposition></disposition><ourLine>7</ourLine></ObjectEvent>`),
    );
    expect(events[0]).toMatchObject({
      eventTimeZoneOffset: '+01:00',
      action: 'OBSERVE',
      'urn:lading:unknown:ourLine': '7',
    });
    expect(codes).toEqual([
      'REPAIR_FROM_XML',
      'REPAIR_UNKNOWN_FIELD',
      'REPAIR_EMPTY_FIELD',
      'REPAIR_LETTER_CASE',
      'REPAIR_TIME_ZONE_OFFSET',
    ]);
  });

  it('gives namespaces prefixes of their own when a prefix means two things or is one of the standard’s', () => {
    const { document, events } = translated(
      epcis(`<ObjectEvent>${WHEN}<epcList/><action>OBSERVE</action>
        <gs1:a xmlns:gs1="https://one.example/">1</gs1:a><p:b xmlns:p="https://two.example/">2</p:b><p:c xmlns:p="https://three.example/">3</p:c>
        <d xmlns="https://four.example/">4</d></ObjectEvent>`),
    );
    expect(document['@context']).toEqual([
      CONTEXT,
      { gs11: 'https://one.example/' },
      { p: 'https://two.example/' },
      { p1: 'https://three.example/' },
      { ext: 'https://four.example/' },
    ]);
    expect(events[0]).toMatchObject({ 'gs11:a': '1', 'p:b': '2', 'p1:c': '3', 'ext:d': '4' });
  });

  it('keeps sender, receiver and master data of the header, and says what it leaves out', () => {
    const header = `<EPCISHeader><h:StandardBusinessDocumentHeader xmlns:h="urn:example:sbdh">
        <h:Sender><h:Identifier>urn:epc:id:pgln:9521234.00001</h:Identifier></h:Sender>
        <h:DocumentIdentification><h:InstanceIdentifier>77</h:InstanceIdentifier></h:DocumentIdentification></h:StandardBusinessDocumentHeader>
      <extension><EPCISMasterData><VocabularyList><Vocabulary type="urn:epcglobal:epcis:vtype:BusinessLocation"><VocabularyElementList>
        <VocabularyElement id="urn:epc:id:sgln:9521234.00001.0"><attribute id="urn:epcglobal:cbv:mda#name">Dock</attribute>
        <children><id>urn:epc:id:sgln:9521234.00001.1</id></children></VocabularyElement></VocabularyElementList></Vocabulary></VocabularyList></EPCISMasterData></extension>
      </EPCISHeader>`;
    const event = `<ObjectEvent>${WHEN}<epcList/><action>OBSERVE</action></ObjectEvent>`;
    const { document, codes } = translated(epcis(event).replace('<EPCISBody>', `${header}<EPCISBody>`));
    expect(document).toMatchObject({
      sender: 'urn:epc:id:pgln:9521234.00001',
      instanceIdentifier: '77',
      epcisHeader: {
        epcisMasterData: {
          vocabularyList: [
            {
              type: 'urn:epcglobal:epcis:vtype:BusinessLocation',
              vocabularyElementList: [
                {
                  id: 'urn:epc:id:sgln:9521234.00001.0',
                  attributes: [{ id: 'urn:epcglobal:cbv:mda#name', attribute: 'Dock' }],
                  children: ['urn:epc:id:sgln:9521234.00001.1'],
                },
              ],
            },
          ],
        },
      },
    });
    expect(codes).toEqual(['REPAIR_FROM_XML', 'REPAIR_LEFT_OUT']);
  });

  it('tells what stands beside the events and is left out, and leaves no event out', () => {
    const event = (n: number): string =>
      `<EventList><ObjectEvent>${WHEN}<epcList><epc>urn:x:${n}</epc></epcList><action>OBSERVE</action></ObjectEvent></EventList>`;
    const answer = `<q:EPCISQueryDocument xmlns:q="urn:epcglobal:epcis-query:xsd:1" schemaVersion="1.2" creationDate="2026-01-01T10:00:00Z">
      <EPCISBody><q:QueryResults><queryName>mine</queryName><subscriptionID>7</subscriptionID><resultsBody>${event(1)}${event(2)}</resultsBody></q:QueryResults>
      <note><by>somebody</by></note></EPCISBody></q:EPCISQueryDocument>`;
    const result = repair(answer);
    if (!result.ok) throw new Error(result.code);
    expect(result.value.repairs.map(({ code, before }) => [code, before]).slice(1)).toEqual([
      ['REPAIR_LEFT_OUT', '"queryName: mine"'],
      ['REPAIR_LEFT_OUT', '"subscriptionID: 7"'],
      ['REPAIR_LEFT_OUT', '"note"'],
    ]);
    expect(translated(answer).events).toMatchObject([{ epcList: ['urn:x:1'] }, { epcList: ['urn:x:2'] }]);
  });

  it('reads a document of master data alone', () => {
    const { document, events, codes } =
      translated(`<m:EPCISMasterDataDocument xmlns:m="urn:epcglobal:epcis-masterdata:xsd:1" schemaVersion="1" creationDate="2026-01-01T10:00:00Z">
      <EPCISBody><VocabularyList><Vocabulary type="urn:epcglobal:epcis:vtype:ReadPoint"><VocabularyElementList>
      <VocabularyElement id="urn:epc:id:sgln:9521234.00001.0"><attribute id="urn:epcglobal:cbv:mda#city">Lyon</attribute>
      <attribute id="urn:x:hours"><x:open xmlns:x="https://x.example/">8</x:open></attribute></VocabularyElement>
      </VocabularyElementList></Vocabulary></VocabularyList></EPCISBody></m:EPCISMasterDataDocument>`);
    expect(events).toEqual([]);
    expect(codes).toEqual(['REPAIR_FROM_XML']);
    const attributes = [
      { id: 'urn:epcglobal:cbv:mda#city', attribute: 'Lyon' },
      { id: 'urn:x:hours', attribute: { 'x:open': '8' } },
    ];
    const vocabularyElementList = [{ id: 'urn:epc:id:sgln:9521234.00001.0', attributes }];
    const vocabularyList = [{ type: 'urn:epcglobal:epcis:vtype:ReadPoint', vocabularyElementList }];
    expect(document).toMatchObject({ epcisHeader: { epcisMasterData: { vocabularyList } } });
  });

  it.each([
    ['EPCIS_XML_SYNTAX', '<a><b></a>'],
    ['EPCIS_XML_SYNTAX', '<a/><b/>'],
    ['EPCIS_XML_SYNTAX', '<x:a/>'],
    ['EPCIS_XML_SYNTAX', '<a>&nbsp;</a>'],
    ['EPCIS_XML_SYNTAX', '<a>&#0;</a>'],
    ['EPCIS_XML_SYNTAX', '<a><__proto__/></a>'],
    ['EPCIS_XML_SYNTAX', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`],
    ['EPCIS_XML_SYNTAX', ''],
    ['EPCIS_XML_DOCTYPE', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['EPCIS_XML_DOCTYPE', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ['EPCIS_XML_DOCTYPE', '<!DOCTYPE a\n[<!ENTITY % p "q">]><a/>'],
    ['EPCIS_XML_NOT_EPCIS', '<html/>'],
    ['EPCIS_XML_NOT_EPCIS', '<EPCISDocument xmlns="urn:example:other"/>'],
    ['EPCIS_XML_TOO_LARGE', `<a>${' '.repeat(XML_BYTES_MAX)}</a>`],
    ['EPCIS_EVENT_COUNT', epcis('')],
    ['EPCIS_BAD_VALUE', epcis(`<SomethingElse>${WHEN}</SomethingElse>`)],
  ])('refuses with %s what cannot be read (%#)', (code, xml) => {
    expect(repair(xml)).toMatchObject({ ok: false, code });
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(repairDocument(new Uint8Array([0x3c, 0xff]), 'text/xml')).toMatchObject({
      ok: false,
      code: 'EPCIS_XML_NOT_UTF8',
    });
  });
});
