import { describe, expect, it } from '@jest/globals';
import { parseStrictJson, utf8Encode, writeJson } from '#codec';
import { companyPrefixLength } from './company-prefix.js';
import { translateEvent, type EpcFormat } from './translate-event.js';

const PREFIXES = companyPrefixLength([
  ['0614141', 7],
  ['4012345', 7],
]);

const URNS =
  `{"type":"ObjectEvent","epcList":["urn:epc:id:sscc:0614141.1234567890","urn:uuid:1"],"parentID":"urn:epc:id:grai:4012345.00077.18765",
"inputEPCList":["urn:epc:id:sgtin:0614141.107346.2017"],"transformationID":"urn:epc:id:gdti:4012345.00005.987",
"quantityList":[{"epcClass":"urn:epc:class:lgtin:4012345.012345.998877","quantity":200.00,"uom":"KGM"},{"epcClass":"urn:epc:idpat:sgtin:4012345.066666.*","quantity":1e2}],
"readPoint":{"id":"urn:epc:id:sgln:4012345.00005.0","ex:dock":"urn:epc:id:sgln:4012345.00005.0"},
"bizTransactionList":[{"type":"po","bizTransaction":"urn:epc:id:gdti:4012345.00005.987"},{"type":"po","bizTransaction":"urn:epcglobal:cbv:bt:4012345000054:1"}],
"sourceList":[{"type":"owning_party","source":"urn:epc:id:pgln:4012345.00005"}],
"destinationList":[{"type":"location","destination":"urn:epc:id:sgln:4012345.00005.12"}],
"ex:part":"urn:epc:id:sscc:0614141.1234567890","ex:n":1.50}`.replaceAll('\n', '');

const LINKS =
  `{"type":"ObjectEvent","epcList":["https://id.gs1.org/00/106141412345678908","urn:uuid:1"],"parentID":"https://id.gs1.org/8003/0401234500077118765",
"inputEPCList":["https://id.gs1.org/01/10614141073464/21/2017"],"transformationID":"https://id.gs1.org/253/4012345000054987",
"quantityList":[{"epcClass":"https://id.gs1.org/01/04012345123456/10/998877","quantity":200.00,"uom":"KGM"},{"epcClass":"https://id.gs1.org/01/04012345666663","quantity":1e2}],
"readPoint":{"id":"https://id.gs1.org/414/4012345000054","ex:dock":"urn:epc:id:sgln:4012345.00005.0"},
"bizTransactionList":[{"type":"po","bizTransaction":"https://id.gs1.org/253/4012345000054987"},{"type":"po","bizTransaction":"urn:epcglobal:cbv:bt:4012345000054:1"}],
"sourceList":[{"type":"owning_party","source":"https://id.gs1.org/417/4012345000054"}],
"destinationList":[{"type":"location","destination":"https://id.gs1.org/414/4012345000054/254/12"}],
"ex:part":"urn:epc:id:sscc:0614141.1234567890","ex:n":1.50}`.replaceAll('\n', '');

function translated(text: string, format: EpcFormat, prefixes = PREFIXES): string {
  const json = parseStrictJson(utf8Encode(text));
  if (!json.ok) throw new Error(json.detail);
  return writeJson(translateEvent(json.value, format, prefixes));
}

describe('translateEvent', () => {
  it('spells every standard identifier as a Digital Link and touches nothing else', () => {
    expect(translated(URNS, 'Always_GS1_Digital_Link')).toBe(LINKS);
    expect(translated(LINKS, 'Always_GS1_Digital_Link')).toBe(LINKS);
  });

  it('spells them as EPC URNs', () => {
    expect(translated(LINKS, 'Always_EPC_URN')).toBe(URNS);
    expect(translated(URNS, 'Always_EPC_URN')).toBe(URNS);
  });

  it('keeps the Digital Link where the length of the company prefix is not known', () => {
    expect(translated(LINKS, 'Always_EPC_URN', () => undefined)).toBe(LINKS);
  });

  it.each<EpcFormat>(['No_Preference', 'Never_Translates'])('changes nothing with %s', (format) => {
    expect(translated(URNS, format)).toBe(URNS);
    expect(translated(LINKS, format)).toBe(LINKS);
  });

  it('leaves values of another type than the standard says', () => {
    const odd =
      '{"epcList":"urn:epc:id:sscc:0614141.1234567890x","readPoint":"urn:x:1","parentID":[1,null],"sourceList":{"source":5}}';
    expect(translated(odd, 'Always_GS1_Digital_Link')).toBe(odd);
    expect(translated('[1,"urn:epc:id:sscc:0614141.1234567890"]', 'Always_GS1_Digital_Link')).toBe(
      '[1,"urn:epc:id:sscc:0614141.1234567890"]',
    );
  });
});
