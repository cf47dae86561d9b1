import { toHex, utf8Encode } from '#codec';
import { DEFAULT_PARAMETERS, GENESIS_FORMAT, parseGenesis, type Genesis } from '#identity';
import {
  encodeCertificate,
  encodeEntry,
  encodeOutcome,
  historyDigest,
  proveConsistency,
  proveEntry,
  proveRecord,
  signedNote,
  statementToSign,
  type DecodedEntry,
} from '#ledger';
import { GENESIS_TIME, memberAt, MEMBERS, TestNetwork } from './network.js';
import { NOTES } from './note-rules.js';
import type {
  BlockVector,
  ChainVector,
  EntryVector,
  LogProofsVector,
  StateProofsVector,
  VectorFiles,
} from './vector-files.js';

/** The genesis file of the vectors; its bytes are the network id's preimage. */
function genesisText(): string {
  const organizations = MEMBERS.map(({ did, node, sign }, i) => ({
    did,
    name: `Organisation ${i + 1}`,
    roles: ['validator', 'member'],
    gs1CompanyPrefixes: [`061414${i}`],
    nodeKey: toHex(node.publicKey),
    signingKey: toHex(sign.publicKey),
  }));
  return `${JSON.stringify({ format: GENESIS_FORMAT, time: GENESIS_TIME, organizations, parameters: DEFAULT_PARAMETERS }, null, 2)}\n`;
}

function readGenesis(text: string): Genesis {
  const genesis = parseGenesis(utf8Encode(text));
  if (!genesis.ok) throw new Error(`${genesis.code}: ${genesis.detail}`);
  return genesis.value;
}

/** Heights 4 and 8, the first organisation's turns, need a second round: from height 10 on it has no turns. */
const ROUNDS = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0];
const PRESENT = MEMBERS.slice(1);

/** Three entries in most blocks, none in height 6; a finding in every third, a removal in height 7. */
function notesOf(network: TestNetwork, height: number): DecodedEntry[] {
  if (height === 6) return [];
  const subject = (i: number) => `urn:example:thing:${(height * i) % 7}`;
  return [1, 2, 3].map((i) => {
    const text = height === 7 && i === 1 ? 'delete' : i === 3 && height % 3 === 0 ? 'odd' : `note ${height}.${i}`;
    return network.entry(memberAt(height + i), text, { subject: subject(i), notAfter: height + 100 });
  });
}

/** Everything under test-vectors/, from fixed seeds: the same on every machine. */
export function makeVectors(): VectorFiles {
  const genesisFile = genesisText();
  const network = new TestNetwork(readGenesis(genesisFile));
  ROUNDS.forEach((round, i) => network.grow(notesOf(network, i + 1), round, PRESENT));
  return {
    'genesis.json': genesisFile,
    'entry.json': asText(entryVector(network)),
    'block.json': asText(blockVector(network)),
    'chain.json': asText(chainVector(network)),
    'log-proofs.json': asText(logProofs(network)),
    'state-proofs.json': asText(stateProofs(network)),
  };
}

function asText(vector: object): string {
  return `${JSON.stringify(vector, null, 2)}\n`;
}

function entryVector(network: TestNetwork): EntryVector {
  const author = memberAt(1);
  const fields = network.fields(author, { subject: 'urn:example:thing:1', notAfter: 100 });
  const content = utf8Encode('a note');
  const entry = network.entry(author, 'a note', { notAfter: 100 });
  return {
    fields,
    content: toHex(content),
    statement: toHex(entry.statement.bytes),
    toBeSigned: toHex(statementToSign(fields, content).toBeSigned),
    entryId: entry.statement.entryId,
    leafHash: toHex(entry.leafHash),
    wire: toHex(encodeEntry({ statement: entry.statement.bytes, content })),
  };
}

function blockVector(network: TestNetwork): BlockVector {
  const at = network.blocks[3];
  if (at === undefined || at.certificate === null) throw new Error('the chain has a height 3');
  const { block } = at.executed;
  const { header } = block;
  return {
    block: toHex(block.bytes),
    hash: block.hash,
    header: Object.fromEntries(
      Object.entries(header).map(([name, value]: [string, unknown]) => [
        name,
        value instanceof Uint8Array ? toHex(value) : value,
      ]),
    ),
    entryIds: block.entries.map(({ statement }) => statement.entryId),
    certificate: toHex(encodeCertificate(at.certificate)),
    signedNote: toHex(signedNote(header, at.certificate, network.next.validators)),
  };
}

function chainVector(network: TestNetwork): ChainVector {
  return {
    networkId: network.genesis.networkId,
    blocks: network.blocks.map(({ executed: { block, commit }, certificate }) => ({
      height: block.header.height,
      hash: block.hash,
      block: toHex(block.bytes),
      certificate: certificate === null ? null : toHex(encodeCertificate(certificate)),
      outcome: toHex(encodeOutcome(commit.outcome)),
    })),
    turnOrderNext: network.next.turnOrder,
  };
}

function logProofs(network: TestNetwork): LogProofsVector {
  const getNode = (level: number, index: number) => network.chain.logNode(level, index);
  const headers = network.blocks.map(({ executed }) => executed.block.header);
  const { header: newest } = network.head;
  const statements = network.blocks.flatMap(({ executed }) =>
    executed.block.entries.map(({ statement }) => toHex(statement.bytes)),
  );
  return {
    inclusion: [0, 1, 12, statements.length - 1].map((logIndex) => ({
      statement: statements[logIndex] as string,
      logIndex,
      logSize: newest.logSize,
      logRoot: toHex(newest.logRoot),
      hashes: proveEntry(logIndex, newest, getNode).hashes.map(toHex),
    })),
    consistency: headers.slice(1).map((older) => ({
      olderSize: older.logSize,
      olderRoot: toHex(older.logRoot),
      newerSize: newest.logSize,
      newerRoot: toHex(newest.logRoot),
      hashes: proveConsistency(older, newest, getNode).map(toHex),
    })),
  };
}

function stateProofs(network: TestNetwork): StateProofsVector {
  const proofOf = (id: string) => {
    const { value, proof } = proveRecord(NOTES, id, network.chain);
    return {
      key: `${NOTES.prefix}/${id}`,
      value: value === null ? null : toHex(value),
      siblings: proof.siblings.map(toHex),
      otherLeaf: proof.otherLeaf && {
        keyHash: toHex(proof.otherLeaf.keyHash),
        valueHash: toHex(proof.otherLeaf.valueHash),
      },
    };
  };
  const present = proofOf('urn:example:thing:5');
  const absent = Array.from({ length: 40 }, (_, i) => proofOf(`urn:example:absent:${i}`));
  const atOther = absent.find(({ otherLeaf }) => otherLeaf !== null);
  const atNothing = absent.find(({ otherLeaf }) => otherLeaf === null);
  if (atOther === undefined || atNothing === undefined) throw new Error('both kinds of absence are expected');
  const entries = network.blocks.flatMap(({ executed }) => executed.block.entries.map(({ statement }) => statement));
  const history = entries.filter(({ subject }) => subject === 'urn:example:thing:5').map(({ entryId }) => entryId);
  return {
    stateRoot: toHex(network.head.header.stateRoot),
    proofs: [present, atOther, atNothing],
    history: { subject: 'urn:example:thing:5', entryIds: history, digest: toHex(historyDigest(history)) },
  };
}
