import { describe, expect, it } from '@jest/globals';
import { concatBytes, sha256, toHex, utf8Encode } from '#codec';
import { keyIdOf, ORGANIZATION_KEY, portableVerifier, type Did, type SignatureVerifier } from '#identity';
import {
  buildBlock,
  certificateHash,
  checkEntry,
  decodeBlock,
  EMPTY_LOG_ROOT,
  encodeBlock,
  historyDigest,
  judgeBlock,
  proveConsistency,
  proveEntry,
  proveRecord,
  signEntry,
  StateOverlay,
  verifyEntry,
  verifyHeaderConsistency,
  verifyRecord,
  type Block,
  type BlockHeader,
  type Certificate,
  type DecodedEntry,
  type JudgeOptions,
} from '#ledger';
import { NOTES, noteRules } from './note-rules.js';
import { memberAt, TestNetwork } from './network.js';

function judge(network: TestNetwork, block: Block, options?: JudgeOptions) {
  return judgeBlock(network.chain, network.head, network.next, block, portableVerifier, options);
}

function codeOf(result: { readonly ok: boolean; readonly code?: string }): string {
  return result.ok ? 'accepted' : (result.code as string);
}

/** What a dishonest proposer sends: any header over any entries, encoded and read back. */
function forged(header: BlockHeader, certificate: Certificate | null, entries: readonly DecodedEntry[]): Block {
  const pairs = entries.map(({ statement, content }) => ({ statement: statement.bytes, content }));
  const decoded = decodeBlock(encodeBlock(header, certificate, pairs), {
    networkId: header.networkId,
    rules: noteRules,
  });
  if (!decoded.ok) throw new Error(`${decoded.code}: ${decoded.detail}`);
  return decoded.value;
}

describe('building and judging blocks', () => {
  it('agree, block after block', () => {
    const network = new TestNetwork();
    for (let height = 1; height <= 5; height++) {
      const built = network.build([
        network.entry(memberAt(height), `note ${height}`),
        network.entry(memberAt(0), `odd`, { notAfter: height }),
      ]);
      expect(built.leftOut).toEqual([]);
      const decoded = decodeBlock(built.block.bytes, { networkId: network.genesis.networkId, rules: noteRules });
      if (!decoded.ok) throw new Error(decoded.detail);
      const judged = judge(network, decoded.value);
      if (!judged.ok) throw new Error(`${judged.code}: ${judged.detail}`);
      expect(judged.value.next).toEqual(built.next);
      expect(judged.value.commit.treeWrites).toEqual(built.commit.treeWrites);
      expect(judged.value.commit.logWrites).toEqual(built.commit.logWrites);
      expect(judged.value.commit.outcome).toEqual(built.commit.outcome);
      network.commit(built);
    }
  });

  it('leave the stored state alone until it is committed', () => {
    const network = new TestNetwork();
    const first = network.build([network.entry(memberAt(0), 'a')]);
    expect(network.build([network.entry(memberAt(0), 'a')]).block.hash).toBe(first.block.hash);
  });

  it('use the clock, but never go back in time', () => {
    const network = new TestNetwork();
    const { time } = network.head.header;
    const proposer = memberAt(0).did;
    expect(network.build([], proposer, time + 5).block.header.time).toBe(time + 5);
    expect(network.build([], proposer, time).block.header.time).toBe(time + 1);
    expect(network.build([], proposer, time - 5000).block.header.time).toBe(time + 1);
  });

  it('verify a signature once when the node says that it did', () => {
    const network = new TestNetwork();
    let verified = 0;
    const counting: SignatureVerifier = {
      verify(...args) {
        verified++;
        return portableVerifier.verify(...args);
      },
    };
    const { block } = network.build([network.entry(memberAt(0), 'a'), network.entry(memberAt(1), 'b')]);
    const known = new Set(block.entries.slice(0, 1));
    const options = { isVerified: (entry: DecodedEntry) => known.has(entry) };
    expect(codeOf(judgeBlock(network.chain, network.head, network.next, block, counting, options))).toBe('accepted');
    expect(verified).toBe(1);
  });
});

describe('a proposer leaves out', () => {
  const network = new TestNetwork({ notAfterWindow: 50 });
  const author = memberAt(0);
  const recorded = network.entry(author, 'recorded', { notAfter: 50 });
  network.grow([recorded]);
  const fine = network.entry(author, 'fine', { notAfter: 52 });
  const content = utf8Encode('forged');

  const cases: [string, DecodedEntry, string][] = [
    ['what is on the chain', recorded, 'ENTRY_DUPLICATE'],
    ['what stands earlier in the block', fine, 'ENTRY_DUPLICATE'],
    ['what has expired', network.entry(author, 'late', { notAfter: 1 }), 'ENTRY_EXPIRED'],
    ['what expires too far ahead', network.entry(author, 'early', { notAfter: 53 }), 'ENTRY_NOT_AFTER_TOO_FAR'],
    [
      'what is signed by another key',
      network.decode(signEntry(network.fields(author, { notAfter: 50 }), content, memberAt(1).sign)),
      'ENTRY_BAD_SIGNATURE',
    ],
    [
      'what is signed by a stranger',
      network.entry(author, 'x', { notAfter: 50, keyId: keyIdOf(author.node.publicKey) }),
      'IDENTITY_KEY_NOT_FOR_SIGNING',
    ],
    [
      'what its rules refuse',
      network.entry(author, 'refuse', { notAfter: 50, subject: 'urn:example:refused' }),
      'TEST_REFUSED',
    ],
  ];

  it.each(cases)('%s', (_name, entry, code) => {
    const built = network.build([fine, entry]);
    expect(built.leftOut).toMatchObject([{ id: entry.statement.entryId, code }]);
    expect(built.block.entries).toEqual([fine]);
  });

  it.each(cases)('%s, and validators refuse a block that has it', (_name, entry) => {
    const honest = network.build([fine]).block;
    const entries = [fine, entry];
    const entriesRoot = sha256(Uint8Array.of(1), fine.leafHash, entry.leafHash);
    const block = forged({ ...honest.header, entriesRoot }, honest.parentCertificate, entries);
    const judged = judge(network, block);
    expect(judged).toMatchObject({ ok: false, code: 'BLOCK_INVALID_ENTRY' });
  });

  it('nothing that the refused ones wrote', () => {
    const refused = network.entry(author, 'refuse', { notAfter: 50, subject: 'urn:example:refused' });
    expect(network.build([refused, fine]).block.header.stateRoot).toEqual(network.build([fine]).block.header.stateRoot);
  });

  it('what exceeds the block, in order, without a word against it', () => {
    const small = new TestNetwork({ blockEntriesMax: 2 });
    const entries = ['a', 'b', 'c', 'd'].map((text) => small.entry(author, text));
    const built = small.build(entries);
    expect(built.block.entries).toEqual(entries.slice(0, 2));
    expect(built.leftOut).toEqual([]);
  });

  it('what exceeds the block in bytes', () => {
    const small = new TestNetwork({ blockBytesMax: 4000 });
    const entries = ['a', 'b', 'c'].map((text) => small.entry(author, text.repeat(1000)));
    const built = small.build(entries);
    expect(built.block.entries).toEqual(entries.slice(0, 2));
    expect(built.block.bytes.length).toBeLessThanOrEqual(4000);
    const never = small.entry(author, 'x'.repeat(5000));
    expect(small.build([never, ...entries]).leftOut).toMatchObject([
      { id: never.statement.entryId, code: 'ENTRY_TOO_LARGE' },
    ]);
  });
});

describe('a validator refuses', () => {
  const network = new TestNetwork();
  network.grow([network.entry(memberAt(0), 'first')]);
  const note = network.entry(memberAt(1), 'second');
  const honest = network.build([note]).block;
  const { header, parentCertificate, entries } = honest;
  if (parentCertificate === null) throw new Error('height 2 has a parent certificate');
  const change = (fields: Partial<BlockHeader>) => forged({ ...header, ...fields }, parentCertificate, entries);
  const otherHash = new Uint8Array(32).fill(7);
  const withCertificate = (certificate: Certificate | null) =>
    forged({ ...header, parentCertificateHash: certificateHash(certificate) }, certificate, entries);
  const elsewhere = forged(
    { ...header, networkId: 'ab'.repeat(32) as BlockHeader['networkId'], entriesRoot: EMPTY_LOG_ROOT },
    parentCertificate,
    [],
  );
  const small = new TestNetwork({ blockEntriesMax: 1 });
  const crowd = new TestNetwork().build([note, network.entry(memberAt(0), 'third')]).block;

  it('nothing about the honest block', () => {
    expect(codeOf(judge(network, honest, { now: header.time }))).toBe('accepted');
    expect(codeOf(judge(network, change({})))).toBe('accepted');
  });

  const cases: [string, Block, string][] = [
    ['another network', elsewhere, 'BLOCK_WRONG_NETWORK'],
    ['another height', change({ height: 3 }), 'BLOCK_WRONG_HEIGHT'],
    ['another parent', change({ parentHash: 'ab'.repeat(32) as BlockHeader['parentHash'] }), 'BLOCK_WRONG_PARENT'],
    ['a proposer without a turn', change({ proposer: 'did:web:stranger.example' as Did }), 'BLOCK_WRONG_PROPOSER'],
    ['the time of the parent', change({ time: network.head.header.time }), 'BLOCK_TIME_NOT_INCREASING'],
    ['no parent certificate', withCertificate(null), 'BLOCK_BAD_PARENT_CERTIFICATE'],
    [
      'a parent certificate without quorum',
      withCertificate({ ...parentCertificate, seals: parentCertificate.seals.slice(1) }),
      'BLOCK_BAD_PARENT_CERTIFICATE',
    ],
    [
      'a parent certificate of another round than was sealed',
      withCertificate({ ...parentCertificate, round: 7 }),
      'BLOCK_BAD_PARENT_CERTIFICATE',
    ],
    ['another log size', change({ logSize: 7 }), 'BLOCK_WRONG_ROOT'],
    ...(['logRoot', 'stateRoot', 'validatorsHash', 'nextValidatorsHash', 'paramsHash'] as const).map(
      (field): [string, Block, string] => [`another ${field}`, change({ [field]: otherHash }), 'BLOCK_WRONG_ROOT'],
    ),
  ];
  it.each(cases)('%s', (_name, block, code) => {
    expect(codeOf(judge(network, block))).toBe(code);
  });

  it('names the root that differs', () => {
    expect(judge(network, change({ stateRoot: otherHash }))).toMatchObject({
      detail: expect.stringContaining('stateRoot'),
    });
  });

  it('a block above the limits of the parameters', () => {
    expect(codeOf(judge(small, crowd))).toBe('BLOCK_TOO_LARGE');
  });

  it('a certificate for genesis', () => {
    const fresh = new TestNetwork();
    const { block } = fresh.build([]);
    const seals = forged(
      { ...block.header, parentCertificateHash: certificateHash(parentCertificate) },
      parentCertificate,
      [],
    );
    expect(codeOf(judge(fresh, seals))).toBe('BLOCK_BAD_PARENT_CERTIFICATE');
  });

  it('a drifting clock, for a new value only', () => {
    const drift = network.next.parameters.clockDriftMaxMs;
    for (const [now, code] of [
      [header.time + drift, 'accepted'],
      [header.time - drift, 'accepted'],
      [header.time + drift + 1, 'BLOCK_TIME_DRIFT'],
      [header.time - drift - 1, 'BLOCK_TIME_DRIFT'],
    ] as const) {
      expect(codeOf(judge(network, honest, { now }))).toBe(code);
    }
    expect(codeOf(judge(network, honest))).toBe('accepted');
  });

  it('the first of several faults, in the documented order', () => {
    const fields = { parentHash: 'ab'.repeat(32) as BlockHeader['parentHash'], time: 0, stateRoot: otherHash };
    expect(codeOf(judge(network, change(fields)))).toBe('BLOCK_WRONG_PARENT');
    expect(codeOf(judge(network, change({ ...fields, height: 9 })))).toBe('BLOCK_WRONG_HEIGHT');
    expect(codeOf(judge(network, change({ time: 0, stateRoot: otherHash })))).toBe('BLOCK_TIME_NOT_INCREASING');
  });

  it('stops when its own store does not hold the state of the head', () => {
    const broken = { ...network.head, header: { ...network.head.header, stateRoot: otherHash } };
    const input = { proposer: memberAt(0).did, now: header.time, candidates: [], verifier: portableVerifier };
    expect(() => buildBlock(network.chain, broken, network.next, input)).toThrow('INV-STATE-1');
    expect(() => buildBlock(network.chain, network.head, { ...network.next, height: 9 }, input)).toThrow('INV-CHAIN-1');
  });
});

describe('a dry run for the pool', () => {
  const network = new TestNetwork();
  const state = new StateOverlay(network.chain);
  const options = { next: network.next, time: network.head.header.time + 1, verifier: portableVerifier, state };

  it('answers as the execution would, and changes nothing', () => {
    expect(codeOf(checkEntry(network.chain, network.entry(memberAt(0), 'fine'), options))).toBe('accepted');
    expect(codeOf(checkEntry(network.chain, network.entry(memberAt(0), 'refuse'), options))).toBe('TEST_REFUSED');
    expect(codeOf(checkEntry(network.chain, network.entry(memberAt(0), 'x', { notAfter: 0 }), options))).toBe(
      'ENTRY_EXPIRED',
    );
    expect(state.changes()).toEqual([]);
  });

  it('sees a key that the state revokes', () => {
    const keyId = keyIdOf(memberAt(2).sign.publicKey);
    const revoking = new StateOverlay(network.chain);
    const key = revoking.get(ORGANIZATION_KEY, keyId);
    if (key === undefined) throw new Error('the key is registered');
    revoking.put(ORGANIZATION_KEY, keyId, { ...key, validUntil: 1, revoked: true });
    const entry = network.entry(memberAt(2), 'x');
    expect(codeOf(checkEntry(network.chain, entry, { ...options, state: revoking, isVerified: () => true }))).toBe(
      'IDENTITY_KEY_REVOKED',
    );
  });
});

describe('proofs from the chain', () => {
  const network = new TestNetwork();
  const notes = ['a', 'b', 'c', 'd', 'e'].map((text, i) => network.entry(memberAt(i), text));
  network.grow(notes.slice(0, 2));
  const older = network.head.header;
  network.grow(notes.slice(2, 4));
  network.grow(notes.slice(4));
  const newer = network.head.header;
  const getNode = (level: number, index: number) => network.chain.logNode(level, index);

  it('show every entry in every later header, and in no other place', () => {
    notes.forEach((note, logIndex) => {
      const proof = proveEntry(logIndex, newer, getNode);
      expect(verifyEntry(note.statement.bytes, proof, newer)).toBe(true);
      expect(verifyEntry(note.statement.bytes, proof, older)).toBe(false);
      expect(verifyEntry(concatBytes(note.statement.bytes, Uint8Array.of(0)), proof, newer)).toBe(false);
      expect(verifyEntry(note.statement.bytes, { ...proof, logIndex: (logIndex + 1) % 5 }, newer)).toBe(false);
    });
    expect(() => proveEntry(5, newer, getNode)).toThrow(RangeError);
  });

  it('show that the log only grew', () => {
    const genesis = network.genesisBlock.block.header;
    const proof = proveConsistency(older, newer, getNode);
    expect(verifyHeaderConsistency(older, newer, proof)).toBe(true);
    expect(verifyHeaderConsistency(newer, older, proof)).toBe(false);
    expect(verifyHeaderConsistency({ ...older, logRoot: newer.logRoot }, newer, proof)).toBe(false);
    expect(
      verifyHeaderConsistency(older, { ...newer, networkId: 'ab'.repeat(32) as typeof newer.networkId }, proof),
    ).toBe(false);
    expect(verifyHeaderConsistency(genesis, newer, proveConsistency(genesis, newer, getNode))).toBe(true);
    expect(verifyHeaderConsistency({ ...genesis, logRoot: older.logRoot }, newer, [])).toBe(false);
  });

  it('show that a list of entries is the complete history of a subject', () => {
    const subject = 'urn:example:thing:1';
    const record = proveRecord(NOTES, subject, network.chain);
    expect(verifyRecord(NOTES, subject, record, newer)).toBe(true);
    if (record.value === null) throw new Error('the subject has a record');
    const { count, digest } = NOTES.decode(record.value);
    const ids = notes.map((note) => note.statement.entryId);
    expect(count).toBe(ids.length);
    expect(toHex(historyDigest(ids))).toBe(toHex(digest));
    expect(toHex(historyDigest(ids.slice(1)))).not.toBe(toHex(digest));
    expect(toHex(historyDigest(ids.toReversed()))).not.toBe(toHex(digest));
  });

  it('show that there is no record', () => {
    const absent = proveRecord(NOTES, 'urn:example:nothing', network.chain);
    expect(absent.value).toBeNull();
    expect(verifyRecord(NOTES, 'urn:example:nothing', absent, newer)).toBe(true);
    expect(verifyRecord(NOTES, 'urn:example:thing:1', absent, newer)).toBe(false);
  });

  it('show a removal', () => {
    network.grow([network.entry(memberAt(0), 'delete')]);
    const record = proveRecord(NOTES, 'urn:example:thing:1', network.chain);
    expect(record.value).toBeNull();
    expect(verifyRecord(NOTES, 'urn:example:thing:1', record, network.head.header)).toBe(true);
  });
});
