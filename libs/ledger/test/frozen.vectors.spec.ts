import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { fromHex, toHex } from '#codec';
import { parseGenesis, portableVerifier, validatorSet, type Genesis } from '#identity';
import {
  decodeBlock,
  decodeCertificate,
  decodeEntry,
  decodeEntryPair,
  encodeBlock,
  encodeCertificate,
  encodeEntry,
  encodeOutcome,
  authenticateEntry,
  genesisBlock,
  historyDigest,
  judgeBlock,
  nextHeight,
  signedNote,
  StateOverlay,
  verifyCertificate,
  verifyConsistency,
  verifyEntry,
  verifyStateProof,
  type Certificate,
  type ChainHead,
  type EntryId,
} from '#ledger';
import { makeVectors } from './make-vectors.js';
import { MemoryChain } from './memory-chain.js';
import { NOTES, noteRules } from './note-rules.js';
import type {
  BlockVector,
  ChainVector,
  EntryVector,
  LogProofsVector,
  StateProofsVector,
  VectorFiles,
} from './vector-files.js';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../../test-vectors');
const textOf = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
const read = <T>(name: keyof VectorFiles) => JSON.parse(textOf(name)) as T;
const hex = (text: string) => fromHex(text) as Uint8Array;

const genesis = readGenesis();
const options = { networkId: genesis.networkId, rules: noteRules };

function readGenesis(): Genesis {
  const parsed = parseGenesis(readFileSync(join(FOLDER, 'genesis.json')));
  if (!parsed.ok) throw new Error(`${parsed.code}: ${parsed.detail}`);
  return parsed.value;
}

/** A chain in memory that holds genesis. */
function atGenesis() {
  const chain = new MemoryChain();
  const { block, commit, next } = genesisBlock(genesis);
  chain.commit(commit);
  const head: ChainHead = { hash: block.hash, header: block.header, certificate: null };
  return { chain, head, next, block };
}

function* flips(bytes: Uint8Array, step = 1): Generator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += step) {
    const flipped = Uint8Array.from(bytes);
    flipped[i] = (flipped[i] as number) ^ 0x01;
    yield flipped;
  }
}

describe('the frozen vectors', () => {
  it('come out the same again from the same seeds', () => {
    for (const [name, text] of Object.entries(makeVectors())) expect(textOf(name)).toBe(text);
  });
});

describe('the frozen entry', () => {
  const vector = read<EntryVector>('entry.json');
  const [statement, content] = [hex(vector.statement), hex(vector.content)];
  const state = new StateOverlay(atGenesis().chain);
  const isAccepted = (statementBytes: Uint8Array, contentBytes: Uint8Array) => {
    const entry = decodeEntry(statementBytes, contentBytes, options);
    return entry.ok && authenticateEntry(entry.value, state, 1, portableVerifier).ok;
  };

  it('is accepted, byte for byte', () => {
    expect(isAccepted(statement, content)).toBe(true);
    const entry = decodeEntry(statement, content, options);
    if (!entry.ok) throw new Error(entry.detail);
    expect(entry.value.statement).toMatchObject(vector.fields);
    expect(entry.value.statement.entryId).toBe(vector.entryId);
    expect(toHex(entry.value.statement.sigStructure)).toBe(vector.toBeSigned);
    expect(toHex(entry.value.leafHash)).toBe(vector.leafHash);
    expect(toHex(encodeEntry({ statement, content }))).toBe(vector.wire);
    expect(decodeEntryPair(hex(vector.wire))).toEqual({ ok: true, value: { statement, content } });
  });

  it('is refused with any byte flipped', () => {
    for (const flipped of flips(statement)) expect(isAccepted(flipped, content)).toBe(false);
    for (const flipped of flips(content)) expect(isAccepted(statement, flipped)).toBe(false);
  });
});

describe('the frozen block', () => {
  const vector = read<BlockVector>('block.json');
  const bytes = hex(vector.block);
  const validators = validatorSet(new StateOverlay(atGenesis().chain), 3);
  const certificate = decoded(hex(vector.certificate));

  function decoded(certificateBytes: Uint8Array): Certificate {
    const result = decodeCertificate(certificateBytes);
    if (!result.ok) throw new Error(result.detail);
    return result.value;
  }

  /** Block and certificate belong together and hold. */
  const isAccepted = (blockBytes: Uint8Array, seals: Certificate) => {
    const block = decodeBlock(blockBytes, options);
    return block.ok && verifyCertificate(seals, block.value.header, validators, portableVerifier).ok;
  };

  it('is accepted, byte for byte', () => {
    const block = decodeBlock(bytes, options);
    if (!block.ok) throw new Error(block.detail);
    const { header, hash, entries, parentCertificate } = block.value;
    expect(hash).toBe(vector.hash);
    const asText = Object.entries(header).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Uint8Array ? toHex(value) : value,
    ]);
    expect(Object.fromEntries(asText)).toEqual(vector.header);
    expect(entries.map(({ statement }) => statement.entryId)).toEqual(vector.entryIds);
    const pairs = entries.map(({ statement, content }) => ({ statement: statement.bytes, content }));
    expect(toHex(encodeBlock(header, parentCertificate, pairs))).toBe(vector.block);
    expect(isAccepted(bytes, certificate)).toBe(true);
    expect(toHex(encodeCertificate(certificate))).toBe(vector.certificate);
    expect(toHex(signedNote(header, certificate, validators))).toBe(vector.signedNote);
  });

  it('is refused with any byte flipped', () => {
    for (const flipped of flips(bytes)) expect(isAccepted(flipped, certificate)).toBe(false);
  });

  it('is refused with any byte of its certificate flipped', () => {
    for (const flipped of flips(hex(vector.certificate))) {
      const result = decodeCertificate(flipped);
      expect(result.ok && isAccepted(bytes, result.value)).toBe(false);
    }
  });
});

describe('the frozen chain', () => {
  const vector = read<ChainVector>('chain.json');

  it('is accepted from genesis to its head, with the same outcomes', () => {
    const { chain, block: first, ...start } = atGenesis();
    let { head, next } = start;
    expect(genesis.networkId).toBe(vector.networkId);
    expect(toHex(first.bytes)).toBe(vector.blocks[0]?.block);
    for (const { height, hash, block, certificate, outcome } of vector.blocks.slice(1)) {
      const decoded = decodeBlock(hex(block), options);
      if (!decoded.ok) throw new Error(`${height}: ${decoded.code}: ${decoded.detail}`);
      const seals = decodeCertificate(hex(certificate as string));
      if (!seals.ok) throw new Error(`${height}: ${seals.detail}`);
      const judged = judgeBlock(chain, head, next, decoded.value, portableVerifier);
      if (!judged.ok) throw new Error(`${height}: ${judged.code}: ${judged.detail}`);
      expect(verifyCertificate(seals.value, decoded.value.header, next.validators, portableVerifier)).toMatchObject({
        ok: true,
      });
      expect(decoded.value.hash).toBe(hash);
      expect(toHex(encodeOutcome(judged.value.commit.outcome))).toBe(outcome);
      chain.commit(judged.value.commit);
      head = { hash: decoded.value.hash, header: decoded.value.header, certificate: seals.value };
      next = judged.value.next;
      // What the execution says about the next height is what a restart would read from the state.
      expect(nextHeight(new StateOverlay(chain), head.header)).toEqual(next);
    }
    expect(head.header.height).toBe(10);
    expect(next.turnOrder).toEqual(vector.turnOrderNext);
  });
});

describe('the frozen log proofs', () => {
  const { inclusion, consistency } = read<LogProofsVector>('log-proofs.json');

  it.each(inclusion)(
    'inclusion of entry $logIndex holds, and not with a byte flipped',
    ({ statement, logIndex, logSize, logRoot, hashes }) => {
      const header = { networkId: genesis.networkId, logSize, logRoot: hex(logRoot) };
      const proof = { logIndex, logSize, hashes: hashes.map(hex) };
      expect(verifyEntry(hex(statement), proof, header)).toBe(true);
      for (const flipped of flips(hex(statement), 5)) expect(verifyEntry(flipped, proof, header)).toBe(false);
      for (const flipped of flips(header.logRoot))
        expect(verifyEntry(hex(statement), proof, { ...header, logRoot: flipped })).toBe(false);
      proof.hashes.forEach((hash, i) => {
        for (const flipped of flips(hash)) {
          expect(verifyEntry(hex(statement), { ...proof, hashes: proof.hashes.with(i, flipped) }, header)).toBe(false);
        }
      });
    },
  );

  it.each(consistency)(
    'consistency of sizes $olderSize and $newerSize holds, and not with a byte flipped',
    (vector) => {
      const { olderSize, newerSize } = vector;
      const [older, newer, proof] = [hex(vector.olderRoot), hex(vector.newerRoot), vector.hashes.map(hex)];
      expect(verifyConsistency(olderSize, newerSize, older, newer, proof)).toBe(true);
      for (const flipped of flips(older))
        expect(verifyConsistency(olderSize, newerSize, flipped, newer, proof)).toBe(false);
      for (const flipped of flips(newer))
        expect(verifyConsistency(olderSize, newerSize, older, flipped, proof)).toBe(false);
      proof.forEach((hash, i) => {
        for (const flipped of flips(hash)) {
          expect(verifyConsistency(olderSize, newerSize, older, newer, proof.with(i, flipped))).toBe(false);
        }
      });
    },
  );
});

describe('the frozen state proofs', () => {
  const { stateRoot, proofs, history } = read<StateProofsVector>('state-proofs.json');
  const root = hex(stateRoot);

  it.each(proofs)('$key: holds, and not with a byte flipped', (vector) => {
    const { key } = vector;
    const value = vector.value === null ? null : hex(vector.value);
    const siblings = vector.siblings.map(hex);
    const otherLeaf = vector.otherLeaf && {
      keyHash: hex(vector.otherLeaf.keyHash),
      valueHash: hex(vector.otherLeaf.valueHash),
    };
    const proof = { siblings, otherLeaf };
    expect(verifyStateProof(root, key, value, proof)).toBe(true);
    for (const flipped of flips(root)) expect(verifyStateProof(flipped, key, value, proof)).toBe(false);
    if (value !== null)
      for (const flipped of flips(value)) expect(verifyStateProof(root, key, flipped, proof)).toBe(false);
    siblings.forEach((hash, i) => {
      for (const flipped of flips(hash)) {
        expect(verifyStateProof(root, key, value, { ...proof, siblings: siblings.with(i, flipped) })).toBe(false);
      }
    });
    if (otherLeaf !== null) {
      for (const keyHash of flips(otherLeaf.keyHash)) {
        expect(verifyStateProof(root, key, value, { ...proof, otherLeaf: { ...otherLeaf, keyHash } })).toBe(false);
      }
      for (const valueHash of flips(otherLeaf.valueHash)) {
        expect(verifyStateProof(root, key, value, { ...proof, otherLeaf: { ...otherLeaf, valueHash } })).toBe(false);
      }
    }
  });

  it('the history of a subject is complete: its digest is the proven one', () => {
    const [present] = proofs;
    if (present === undefined || present.value === null) throw new Error('the first proof is of a present key');
    const { count, digest } = NOTES.decode(hex(present.value));
    expect(toHex(digest)).toBe(history.digest);
    expect(toHex(historyDigest(history.entryIds as EntryId[]))).toBe(history.digest);
    expect(count).toBe(history.entryIds.length);
  });
});
