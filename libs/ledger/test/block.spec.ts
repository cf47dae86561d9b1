import { describe, expect, it } from '@jest/globals';
import { concatBytes, encodeCbor, sha256, toHex, utf8Encode, type CborValue } from '#codec';
import type { Did } from '#identity';
import {
  blockHash,
  decodeBlock,
  decodeBlockHeader,
  decodeHeader,
  decodeOutcome,
  encodeBlock,
  encodeHeader,
  encodeOutcome,
  EMPTY_LOG_ROOT,
  GENESIS_PROPOSER,
  readHead,
  encodeCertificate,
  type Certificate,
  type DecodedEntry,
} from '#ledger';
import { partsOf } from './cbor-parts.js';
import { memberAt, TestNetwork } from './network.js';
import { noteRules } from './note-rules.js';

const network = new TestNetwork();
network.grow([network.entry(memberAt(0), 'first')]);
const { block, commit } = network.build([network.entry(memberAt(1), 'second'), network.entry(memberAt(2), 'odd')]);
const options = { networkId: network.genesis.networkId, rules: noteRules };

function codeOf(result: { readonly ok: boolean; readonly code?: string }): string {
  return result.ok ? 'accepted' : (result.code as string);
}

function replaced(bytes: Uint8Array, place: number, part: CborValue): Uint8Array {
  return encodeCbor(partsOf(bytes).with(place, part));
}

describe('a block', () => {
  it('comes back as it was built', () => {
    const decoded = decodeBlock(block.bytes, options);
    if (!decoded.ok) throw new Error(decoded.detail);
    expect(decoded.value.header).toEqual(block.header);
    expect(decoded.value.hash).toBe(block.hash);
    expect(decoded.value.parentCertificate).toEqual(network.head.certificate);
    expect(decoded.value.entries.map((entry) => entry.statement)).toEqual(
      block.entries.map((entry) => entry.statement),
    );
    expect(decodeBlockHeader(block.bytes)).toEqual({ ok: true, value: block.header });
  });

  it('has the SHA-256 of its header as hash', () => {
    expect(block.hash).toBe(toHex(sha256(encodeHeader(block.header))));
    expect(block.hash).toBe(blockHash(encodeHeader(block.header)));
  });

  it('reuses entries that the node knows, if they are the same bytes', () => {
    const [first] = block.entries;
    const known = (hash: string) => block.entries.find((entry) => toHex(entry.leafHash) === hash);
    const decoded = decodeBlock(block.bytes, { ...options, known });
    expect(decoded.ok && decoded.value.entries[0]).toBe(first);

    const liar = (): DecodedEntry => ({ ...(first as DecodedEntry), content: utf8Encode('something else') });
    const again = decodeBlock(block.bytes, { ...options, known: liar });
    expect(again.ok && again.value.entries[0]?.content).toEqual(first?.content);
  });

  const good = block.bytes;
  const header = encodeHeader(block.header);
  const otherCertificate = { ...(block.parentCertificate as Certificate), round: 9 };
  const hostile: [string, Uint8Array, string][] = [
    ['truncated', good.subarray(0, -1), 'BLOCK_MALFORMED'],
    ['extended', concatBytes(good, Uint8Array.of(0)), 'BLOCK_MALFORMED'],
    ['empty', new Uint8Array(0), 'BLOCK_MALFORMED'],
    ['too large for any parameters', new Uint8Array(64 * 1024 * 1024 + 1), 'BLOCK_TOO_LARGE'],
    ['no array', encodeCbor('block'), 'BLOCK_MALFORMED'],
    ['two parts', encodeCbor([header, null]), 'BLOCK_MALFORMED'],
    ['a header that is no byte string', replaced(good, 0, [1]), 'BLOCK_MALFORMED'],
    ['a header of another shape', replaced(good, 0, encodeCbor([1])), 'BLOCK_MALFORMED'],
    ['a certificate that is no byte string', replaced(good, 1, 'none'), 'BLOCK_MALFORMED'],
    ['a certificate of another shape', replaced(good, 1, encodeCbor([1])), 'BLOCK_MALFORMED'],
    ['entries that are no list', replaced(good, 2, null), 'BLOCK_MALFORMED'],
    ['an entry of three parts', replaced(good, 2, [[header, header, header]]), 'BLOCK_MALFORMED'],
    [
      'of another network',
      encodeBlock({ ...block.header, networkId: 'ab'.repeat(32) as typeof block.header.networkId }, null, []),
      'BLOCK_WRONG_NETWORK',
    ],
    [
      'a parent certificate that is not the header’s',
      replaced(good, 1, encodeCertificate(otherCertificate)),
      'BLOCK_BAD_PARENT_CERTIFICATE',
    ],
    ['no parent certificate where the header has one', replaced(good, 1, null), 'BLOCK_BAD_PARENT_CERTIFICATE'],
    ['an entry less', replaced(good, 2, []), 'BLOCK_WRONG_ROOT'],
    [
      'an entry that cannot be read',
      encodeBlock({ ...block.header, entriesRoot: sha256(Uint8Array.of(0, 1)) }, block.parentCertificate, [
        { statement: Uint8Array.of(1), content: Uint8Array.of(1) },
      ]),
      'BLOCK_INVALID_ENTRY',
    ],
    [
      'a content that is not the signed one',
      encodeBlock(
        block.header,
        block.parentCertificate,
        block.entries.map((entry) => ({ statement: entry.statement.bytes, content: utf8Encode('x') })),
      ),
      'BLOCK_INVALID_ENTRY',
    ],
  ];
  it.each(hostile)('%s is refused', (_name, bytes, code) => {
    expect(codeOf(decodeBlock(bytes, options))).toBe(code);
  });

  it.each([
    ['of another version', 0, 2],
    ['with a negative height', 2, -1],
    ['with a time that is text', 3, '0'],
    ['with a proposer that is no DID', 5, 'maker'],
    ['with a proposer of genesis at another height', 5, GENESIS_PROPOSER as string],
    ['with a short hash', 9, new Uint8Array(31)],
    ['with a network id that is text', 1, 'x'],
  ] as [string, number, CborValue][])('a header %s is refused', (_name, place, part) => {
    expect(codeOf(decodeHeader(replaced(header, place, part)))).toBe('BLOCK_MALFORMED');
  });

  it('a header that is truncated, extended, oversized or has a place too many is refused', () => {
    const longer = encodeCbor([...partsOf(header), 0]);
    for (const bytes of [header.subarray(0, -1), concatBytes(header, header), longer, new Uint8Array(1025)]) {
      expect(codeOf(decodeHeader(bytes))).toBe('BLOCK_MALFORMED');
    }
  });
});

describe('genesis', () => {
  const { block: genesis, next } = network.genesisBlock;

  it('is a function of the genesis file', () => {
    expect(new TestNetwork().genesisBlock.block.hash).toBe(genesis.hash);
    expect(new TestNetwork({ blockEntriesMax: 7 }).genesisBlock.block.hash).not.toBe(genesis.hash);
  });

  it('has height 0, no entries, no parent, no proposer, no certificate', () => {
    expect(genesis.header).toMatchObject({
      height: 0,
      time: network.genesis.time,
      proposer: '',
      parentHash: '00'.repeat(32),
      logSize: 0,
      logRoot: EMPTY_LOG_ROOT,
      entriesRoot: EMPTY_LOG_ROOT,
      parentCertificateHash: new Uint8Array(32),
    });
    expect(decodeBlock(genesis.bytes, options)).toMatchObject({
      ok: true,
      value: { hash: genesis.hash, parentCertificate: null, entries: [] },
    });
  });

  it('gives all validators their turn at height 1', () => {
    expect(next).toMatchObject({ height: 1, turnOrder: network.members.map(({ did }): Did => did) });
  });
});

describe('what is stored beside a block', () => {
  it('an outcome comes back', () => {
    expect(commit.outcome.findings).toEqual([[], [expect.objectContaining({ code: 'FINDING_ODD' })]]);
    expect(decodeOutcome(encodeOutcome(commit.outcome))).toEqual(commit.outcome);
    const removal = { findings: [], changes: [{ key: 'a/b', value: null }] };
    expect(decodeOutcome(encodeOutcome(removal))).toEqual(removal);
    expect(() => decodeOutcome(encodeOutcome(removal).subarray(1))).toThrow('INV-CHAIN-3');
  });

  it('the head of a stored chain is read back from block and certificate', () => {
    const last = network.blocks.at(-1);
    if (last === undefined || last.certificate === null) throw new Error('no block');
    const bytes = last.executed.block.bytes;
    const certificate = encodeCertificate(last.certificate);
    expect(readHead(bytes, certificate)).toEqual(network.head);
    expect(readHead(network.genesisBlock.block.bytes, undefined).header.height).toBe(0);
    expect(() => readHead(bytes, undefined)).toThrow('INV-CHAIN-3');
    expect(() => readHead(block.bytes, certificate)).toThrow('INV-CHAIN-3');
  });
});
