import { describe, expect, it } from '@jest/globals';
import { canonicalId } from './canonical-id.js';
import { idPattern } from './id-pattern.js';
import { classKeyOf, finerKeysLike, lotKeyOf } from './key-levels.js';

/** SQL LIKE with `\` as escape character. */
function fits(like: string, key: string): boolean {
  const source = like.replace(/\\(.)|([%_])|([^\\%_])/g, (_all, escaped: string, wildcard: string, literal: string) =>
    wildcard === '%' ? '.*' : wildcard === '_' ? '.' : (escaped ?? literal).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  );
  return new RegExp(`^${source}$`).test(key);
}

function matches(pattern: string, uri: string): boolean {
  const read = idPattern(pattern);
  const id = canonicalId(uri);
  if (!read.ok || !id.ok) throw new Error(`${pattern} ${uri}`);
  const { key } = id.value;
  return read.value.kind === 'exact' ? read.value.key === key : read.value.like.some((like) => fits(like, key));
}

describe('idPattern', () => {
  it.each([
    ['urn:epc:id:sscc:0614141.1234567890', 'https://id.gs1.org/00/106141412345678908', 'instance'],
    ['urn:epc:idpat:sscc:0614141.1234567890', 'https://id.gs1.org/00/106141412345678908', 'instance'],
    ['https://x.example/01/10614141073464/10/L1', 'https://id.gs1.org/01/10614141073464/10/L1', 'lot'],
    ['https://x.example/01/10614141073464', 'https://id.gs1.org/01/10614141073464', 'class'],
    ['urn:epc:idpat:bic:*', 'urn:epc:idpat:bic:*', 'other'],
    ['did:web:maker.example#7', 'did:web:maker.example#7', 'other'],
  ])('reads %s as one thing', (text, key, level) => {
    expect(idPattern(text)).toEqual({ ok: true, value: { kind: 'exact', key, level } });
  });

  it.each([
    [
      'urn:epc:idpat:sgtin:0614141.107346.*',
      'https://id.gs1.org/01/10614141073464',
      'https://id.gs1.org/01/10614141073464/21/_%',
    ],
    [
      'urn:epc:idpat:upui:0614141.107346.*',
      'https://id.gs1.org/01/10614141073464',
      'https://id.gs1.org/01/10614141073464/235/_%',
    ],
    [
      'urn:epc:idpat:grai:4012345.00077.*',
      'https://id.gs1.org/8003/04012345000771',
      'https://id.gs1.org/8003/04012345000771_%',
    ],
    [
      'urn:epc:idpat:cpi:0614141.5PQ7%2FZ43.*',
      'https://id.gs1.org/8010/06141415PQ7%2FZ43',
      'https://id.gs1.org/8010/06141415PQ7\\%2FZ43/8011/_%',
    ],
    [
      'urn:epc:idpat:itip:0614141.107346.01.02.*',
      'https://id.gs1.org/8006/106141410734640102',
      'https://id.gs1.org/8006/106141410734640102/21/_%',
    ],
  ])('reads %s as a class', (text, key, like) => {
    expect(idPattern(text)).toEqual({ ok: true, value: { kind: 'class', key, like: [like] } });
  });

  it.each([
    [
      'urn:epc:idpat:sgtin:0614141.107346.*',
      'urn:epc:id:sgtin:0614141.107346.2017',
      'urn:epc:id:sgtin:0614141.107347.2017',
    ],
    [
      'urn:epc:idpat:sgtin:0614141.*.*',
      'urn:epc:id:sgtin:0614141.907346.a%2Fb',
      'urn:epc:id:sgtin:0614142.107346.2017',
    ],
    ['urn:epc:idpat:sgtin:0614141.*.*', 'urn:epc:id:sgtin:0614141.000000.1', 'urn:epc:class:lgtin:0614141.107346.L1'],
    ['urn:epc:idpat:sgtin:*.*.*', 'urn:epc:id:sgtin:0614141.107346.2017', 'urn:epc:id:sscc:0614141.1234567890'],
    ['urn:epc:idpat:sscc:0614141.*', 'urn:epc:id:sscc:0614141.1234567890', 'urn:epc:id:sscc:0614142.1234567890'],
    ['urn:epc:idpat:sgln:4012345.00005.*', 'urn:epc:id:sgln:4012345.00005.0', 'urn:epc:id:sgln:4012345.00006.0'],
    ['urn:epc:idpat:sgln:4012345.00005.*', 'urn:epc:id:sgln:4012345.00005.12', 'urn:epc:id:pgln:4012345.00005'],
    ['urn:epc:idpat:sgln:4012345.*.*', 'urn:epc:id:sgln:4012345.00006.12', 'urn:epc:id:sgln:4012346.00005.0'],
    ['urn:epc:idpat:pgln:4012345.*', 'urn:epc:id:pgln:4012345.00005', 'urn:epc:id:pgln:4012346.00005'],
    ['urn:epc:idpat:grai:4012345.*.*', 'urn:epc:id:grai:4012345.00077.1', 'urn:epc:idpat:grai:4012345.00077.*'],
    ['urn:epc:idpat:gdti:4012345.00005.*', 'urn:epc:id:gdti:4012345.00005.987', 'urn:epc:idpat:gdti:4012345.00005.*'],
    ['urn:epc:idpat:sgcn:*.*.*', 'urn:epc:id:sgcn:4012345.00005.987', 'urn:epc:id:gdti:4012345.00005.987'],
    ['urn:epc:idpat:giai:4012345.*', 'urn:epc:id:giai:4012345.111-A', 'urn:epc:id:giai:4012346.111-A'],
    ['urn:epc:idpat:ginc:4012345.*', 'urn:epc:id:ginc:4012345.x', 'urn:epc:id:giai:4012345.x'],
    [
      'urn:epc:idpat:cpi:0614141.*.*',
      'urn:epc:id:cpi:0614141.5PQ7%2FZ43.12345',
      'urn:epc:idpat:cpi:0614141.5PQ7%2FZ43.*',
    ],
    [
      'urn:epc:idpat:cpi:0614141.5PQ7%2FZ43.*',
      'urn:epc:id:cpi:0614141.5PQ7%2FZ43.12345',
      'urn:epc:id:cpi:0614141.5PQ7.12345',
    ],
    ['urn:epc:idpat:gsrn:0614141.*', 'urn:epc:id:gsrn:0614141.0000010253', 'urn:epc:id:gsrnp:0614141.0000010253'],
    ['urn:epc:idpat:gsin:0614141.*', 'urn:epc:id:gsin:0614141.123456789', 'urn:epc:id:gsin:0614142.123456789'],
    [
      'urn:epc:idpat:itip:0614141.107346.*.*.*',
      'urn:epc:id:itip:0614141.107346.01.02.987',
      'urn:epc:idpat:itip:0614141.107346.01.02.*',
    ],
    [
      'urn:epc:idpat:itip:0614141.*.*.*.*',
      'urn:epc:id:itip:0614141.107346.01.02.987',
      'urn:epc:id:itip:0614142.107346.01.02.987',
    ],
  ])('%s matches %s and not %s', (pattern, inside, outside) => {
    expect(matches(pattern, inside)).toBe(true);
    expect(matches(pattern, outside)).toBe(false);
  });

  it('lets an index work: LIKE begins with the company prefix', () => {
    const read = idPattern('urn:epc:idpat:sgtin:0614141.*.*');
    if (!read.ok || read.value.kind !== 'pattern') throw new Error('no pattern');
    expect(read.value.like).toHaveLength(10);
    expect(read.value.like[3]).toBe('https://id.gs1.org/01/30614141______/21/_%');
  });

  it.each([
    ['urn:epc:idpat:sgtin:0614141.*.2017', 'GS1_MALFORMED_KEY'],
    ['urn:epc:idpat:sgtin:*.107346.*', 'GS1_MALFORMED_KEY'],
    ['urn:epc:idpat:sgtin:0614141.*', 'GS1_MALFORMED_KEY'],
    ['urn:epc:idpat:sgtin:0614141.10734.*', 'GS1_MALFORMED_KEY'],
    ['urn:epc:idpat:sgtin:061414a.*.*', 'GS1_MALFORMED_KEY'],
    ['urn:epc:idpat:sgtin:06141410614141.*.*', 'GS1_MALFORMED_KEY'],
    ['urn:epc:idpat:sgtin:', 'GS1_MALFORMED_KEY'],
    ['urn:epc:idpat:sgtin:a b.*.*', 'GS1_BAD_URI'],
    ['no uri', 'GS1_BAD_URI'],
    ['https://id.gs1.org/01/10614141073465', 'GS1_BAD_CHECK_DIGIT'],
  ])('refuses %j with %s', (text, code) => {
    expect(idPattern(text)).toMatchObject({ ok: false, code });
  });
});

describe('classes, lots and serials', () => {
  it.each([
    ['https://id.gs1.org/01/10614141073464/21/2017', 'https://id.gs1.org/01/10614141073464'],
    ['https://id.gs1.org/01/10614141073464/10/L1', 'https://id.gs1.org/01/10614141073464'],
    ['https://id.gs1.org/01/10614141073464', 'https://id.gs1.org/01/10614141073464'],
    ['https://id.gs1.org/8003/0401234500077118765', 'https://id.gs1.org/8003/04012345000771'],
    ['https://id.gs1.org/253/4012345000054987', 'https://id.gs1.org/253/4012345000054'],
    ['https://id.gs1.org/8006/106141410734640102/21/987', 'https://id.gs1.org/8006/106141410734640102'],
    ['https://id.gs1.org/8010/06141415PQ7%2FZ43/8011/12345', 'https://id.gs1.org/8010/06141415PQ7%2FZ43'],
    ['https://id.gs1.org/00/106141412345678908', undefined],
    ['https://id.gs1.org/8004/4012345111-A', undefined],
    ['urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8', undefined],
  ])('the class of %s is %s', (key, classKey) => {
    expect(classKeyOf(key)).toBe(classKey);
    if (classKey === undefined || classKey === key) return;
    expect(fits(finerKeysLike(classKey) as string, key)).toBe(true);
    expect(fits(finerKeysLike(classKey) as string, classKey)).toBe(false);
  });

  it('nothing is known to be below an instance, a lot or another URI by its key', () => {
    for (const key of [
      'https://id.gs1.org/01/10614141073464/10/L1',
      'https://id.gs1.org/00/106141412345678908',
      'did:x:y',
    ])
      expect(finerKeysLike(key)).toBeUndefined();
  });

  it('the lot of a Digital Link with lot and serial is kept beside it', () => {
    const lotOf = (text: string) => {
      const id = canonicalId(text);
      return id.ok ? lotKeyOf(id.value) : undefined;
    };
    const lot = 'https://id.gs1.org/01/10614141073464/10/L7';
    expect(lotOf('https://x.example/01/10614141073464/10/L7/21/2017')).toBe(lot);
    expect(lotOf('urn:epc:class:lgtin:0614141.107346.L7')).toBe(lot);
    expect(lotOf('https://x.example/01/10614141073464/21/2017')).toBeUndefined();
  });
});
