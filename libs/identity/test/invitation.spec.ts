import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeCbor, sha256, toBase64Url, toHex, utf8Encode } from '#codec';
import {
  checkTicket,
  comparisonWords,
  portableVerifier,
  readTicket,
  signTicket,
  TICKET_CHARS_MAX,
  TICKET_PREFIX,
  type Did,
  type InvitationTicket,
  type NetworkId,
} from '#identity';
import { WORDS } from '../src/invitation/words.js';
import { CARRIER, MAKER, signerOf } from './fixtures.js';

const NETWORK = '11'.repeat(32) as NetworkId;
const inviter = signerOf('inviter');
const ticket: InvitationTicket = {
  networkId: NETWORK,
  id: 'ab'.repeat(32),
  inviter: MAKER,
  inviterKey: inviter.publicKey,
  name: 'Grower 果农',
  roles: ['validator', 'member'],
  apiUrl: 'https://maker.example',
  peers: [
    { did: MAKER, host: 'node.maker.example', port: 7420, nodeKey: signerOf('maker node').publicKey },
    { did: CARRIER, host: '::1', port: 1, nodeKey: signerOf('carrier node').publicKey },
  ],
  expiresAt: 1_800_000_000_000,
};
const text = signTicket(ticket, inviter);
const read = (written: string) => readTicket(written, portableVerifier);

describe('an invitation ticket', () => {
  it('is one line of text that reads back as it was', () => {
    expect(text).toMatch(/^lading-invite:[\w-]+$/);
    expect(read(text)).toEqual({ ok: true, value: ticket });
    expect(read(`\n  ${text}\r\n`)).toEqual({ ok: true, value: ticket });
  });

  it('with five peers is short enough for a QR code', () => {
    const five = Array.from({ length: 5 }, (_unused, k) => ({
      ...ticket.peers[0]!,
      did: `did:web:organisation-${k}.example` as Did,
    }));
    expect(signTicket({ ...ticket, peers: five }, inviter).length).toBeLessThan(1_200);
  });

  it('is refused when any character of it was changed or lost', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('', 'A', 'z', '-', '9', '~'), (at, other) => {
        const changed = text.slice(0, at) + other + text.slice(at + 1);
        fc.pre(changed !== text);
        const result = read(changed);
        // The last character of base64 has bits that stand for nothing; it must still be read as the same ticket or not at all.
        if (result.ok) expect(result.value).toEqual(ticket);
        else expect(result.code).toMatch(/^IDENTITY_TICKET_(MALFORMED|BAD_SIGNATURE)$/);
      }),
    );
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.string(), (noise) => !read(noise).ok && !read(TICKET_PREFIX + noise).ok));
    fc.assert(fc.property(fc.uint8Array(), (noise) => !read(TICKET_PREFIX + toBase64Url(noise)).ok));
  });

  it('is refused when another key signed it', () => {
    expect(read(signTicket(ticket, signerOf('stranger')))).toMatchObject({
      ok: false,
      code: 'IDENTITY_TICKET_BAD_SIGNATURE',
    });
  });

  it.each<[string, Partial<InvitationTicket>]>([
    ['a blank name', { name: ' ' }],
    ['a name of 201 characters', { name: 'x'.repeat(201) }],
    ['a name with control characters', { name: 'a\u001b[2J' }],
    ['no roles', { roles: [] }],
    ['an unknown role', { roles: ['owner' as never] }],
    ['the same role twice', { roles: ['member', 'member'] }],
    ['an inviter that is no DID', { inviter: 'maker' as Did }],
    ['an address that is no URL', { apiUrl: 'file:///etc/passwd' }],
    ['an address with a slash at the end', { apiUrl: 'https://maker.example/' }],
    ['a host with a space', { peers: [{ ...ticket.peers[0]!, host: 'a b' }] }],
    ['port 0', { peers: [{ ...ticket.peers[0]!, port: 0 }] }],
    ['a node key of small order', { peers: [{ ...ticket.peers[0]!, nodeKey: new Uint8Array(32) as never }] }],
    ['33 peers', { peers: Array.from({ length: 33 }, () => ticket.peers[0]!) }],
    ['an end beyond the year 9999', { expiresAt: 253_402_300_800_000 }],
  ])('with %s is refused', (_what, change) => {
    expect(read(signTicket({ ...ticket, ...change }, inviter))).toMatchObject({
      ok: false,
      code: 'IDENTITY_TICKET_MALFORMED',
    });
  });

  it('longer than its bound is refused before it is read', () => {
    expect(read(TICKET_PREFIX + 'A'.repeat(TICKET_CHARS_MAX))).toMatchObject({
      ok: false,
      code: 'IDENTITY_TICKET_MALFORMED',
    });
  });

  it('of another shape is refused, though signed', () => {
    const payload = encodeCbor(['lading/invitation/2']);
    const other = TICKET_PREFIX + toBase64Url(encodeCbor([payload, inviter.sign(payload)]));
    expect(read(other)).toMatchObject({ ok: false, code: 'IDENTITY_TICKET_MALFORMED' });
  });

  it('is good in its network until it expires', () => {
    expect(checkTicket(ticket, NETWORK, ticket.expiresAt - 1)).toEqual({ ok: true, value: undefined });
    expect(checkTicket(ticket, NETWORK, ticket.expiresAt)).toMatchObject({
      ok: false,
      code: 'IDENTITY_TICKET_EXPIRED',
    });
    expect(checkTicket(ticket, '22'.repeat(32) as NetworkId, 0)).toMatchObject({
      ok: false,
      code: 'IDENTITY_TICKET_WRONG_NETWORK',
    });
  });
});

describe('comparison words', () => {
  const keys = {
    root: signerOf('root').publicKey,
    admin: signerOf('admin').publicKey,
    sign: signerOf('sign').publicKey,
    node: signerOf('node').publicKey,
  };
  const words = comparisonWords({ networkId: NETWORK, did: CARRIER, keys });

  it('are six of 256 short words', () => {
    expect(words).toHaveLength(6);
    for (const word of words) expect(WORDS).toContain(word);
    expect(new Set(WORDS).size).toBe(256);
    for (const word of WORDS) expect(word).toMatch(/^[a-z]{3,8}$/);
  });

  it('are the same on both sides, today and later', () => {
    expect(comparisonWords({ networkId: NETWORK, did: CARRIER, keys: { ...keys } })).toEqual(words);
    // Frozen: two versions of the program must say the same words.
    expect(toHex(sha256(utf8Encode(WORDS.join(' '))))).toBe(
      '6854c86afc33a5d21e88ce6ff2a309b4a73dc8e029adabee5f69834fbb8960a8',
    );
    expect(words.join(' ')).toBe('autumn fiddle beard farmer desert needle');
  });

  it.each<[string, Partial<Parameters<typeof comparisonWords>[0]>]>([
    ['network', { networkId: '22'.repeat(32) as NetworkId }],
    ['organisation', { did: MAKER }],
    ['node key', { keys: { ...keys, node: signerOf('other').publicKey } }],
    ['root key', { keys: { ...keys, root: signerOf('other').publicKey } }],
    ['order of the keys', { keys: { ...keys, sign: keys.admin, admin: keys.sign } }],
  ])('are others for another %s', (_what, change) => {
    expect(comparisonWords({ networkId: NETWORK, did: CARRIER, keys, ...change })).not.toEqual(words);
  });

  it('differ in at least two letters, whichever two of the list', () => {
    const near = WORDS.flatMap((word, i) =>
      WORDS.slice(0, i)
        .filter((other) => distance(word, other) < 2)
        .map((other) => `${word} ${other}`),
    );
    expect(near).toEqual([]);
  });
});

/** Levenshtein distance: letters to put in, take out or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_unused, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(
        Math.min(
          (row[j] as number) + 1,
          (next[j - 1] as number) + 1,
          (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row[b.length] as number;
}
