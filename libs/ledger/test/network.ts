import { sha256, toHex, utf8Encode } from '#codec';
import {
  DEFAULT_PARAMETERS,
  keyIdOf,
  portableSigner,
  portableVerifier,
  quorum,
  type Did,
  type Genesis,
  type NetworkId,
  type Parameters,
  type Signer,
} from '#identity';
import {
  buildBlock,
  checkpointText,
  decodeEntry,
  genesisBlock,
  signEntry,
  type BuiltBlock,
  type Certificate,
  type ChainHead,
  type DecodedEntry,
  type EncodedEntry,
  type ExecutedBlock,
  type NextHeight,
  type StatementFields,
} from '#ledger';
import { MemoryChain } from './memory-chain.js';
import { noteRules } from './note-rules.js';

/** 2026-01-01T00:00:00Z. */
export const GENESIS_TIME = 1_767_225_600_000;

export interface Member {
  readonly did: Did;
  readonly node: Signer;
  readonly sign: Signer;
}

/** Keys from fixed seeds: SHA-256 of `lading test <organisation> <purpose>`. */
export function member(name: string): Member {
  const signer = (purpose: string) => portableSigner(sha256(utf8Encode(`lading test ${name} ${purpose}`)));
  return { did: `did:web:${name}.example` as Did, node: signer('node'), sign: signer('sign') };
}

export const MEMBERS: readonly Member[] = ['carrier', 'maker', 'retailer', 'wholesaler'].map(member);

export function memberAt(index: number): Member {
  return MEMBERS[index % MEMBERS.length] as Member;
}

export function testGenesis(parameters: Partial<Parameters> = {}, members: readonly Member[] = MEMBERS): Genesis {
  return {
    networkId: toHex(sha256(utf8Encode('lading test network'))) as NetworkId,
    time: GENESIS_TIME,
    organizations: members.map(({ did, node, sign }) => ({
      did,
      name: did,
      roles: ['validator', 'member'],
      gs1CompanyPrefixes: [],
      nodeKey: node.publicKey,
      signingKey: sign.publicKey,
    })),
    parameters: { ...DEFAULT_PARAMETERS, ...parameters },
  };
}

/** A whole network in one place: builds blocks, seals them, commits them to one chain in memory. */
export class TestNetwork {
  readonly chain = new MemoryChain();
  readonly genesis: Genesis;
  readonly genesisBlock: ExecutedBlock;
  head: ChainHead;
  next: NextHeight;
  readonly blocks: { readonly executed: ExecutedBlock; readonly certificate: Certificate | null }[] = [];

  constructor(
    genesis: Partial<Parameters> | Genesis = {},
    readonly members: readonly Member[] = MEMBERS,
  ) {
    this.genesis = 'networkId' in genesis ? genesis : testGenesis(genesis, members);
    this.genesisBlock = genesisBlock(this.genesis);
    const { block, commit, next } = this.genesisBlock;
    this.chain.commit(commit);
    this.head = { hash: block.hash, header: block.header, certificate: null };
    this.next = next;
    this.blocks.push({ executed: this.genesisBlock, certificate: null });
  }

  fields(author: Member, overrides: Partial<StatementFields> = {}): StatementFields {
    return {
      keyId: keyIdOf(author.sign.publicKey),
      issuer: author.did,
      subject: 'urn:example:thing:1',
      networkId: this.genesis.networkId,
      kind: 'test.note',
      notAfter: 1000,
      contentType: 'text/plain',
      ...overrides,
    };
  }

  encoded(author: Member, text: string, overrides: Partial<StatementFields> = {}): EncodedEntry {
    return signEntry(this.fields(author, overrides), utf8Encode(text), author.sign);
  }

  decode({ statement, content }: EncodedEntry): DecodedEntry {
    const decoded = decodeEntry(statement, content, { networkId: this.genesis.networkId, rules: noteRules });
    if (!decoded.ok) throw new Error(`${decoded.code}: ${decoded.detail}`);
    return decoded.value;
  }

  entry(author: Member, text: string, overrides: Partial<StatementFields> = {}): DecodedEntry {
    return this.decode(this.encoded(author, text, overrides));
  }

  build(
    candidates: readonly DecodedEntry[],
    proposer = this.next.turnOrder[0] as Did,
    now = this.head.header.time + 1000,
  ): BuiltBlock {
    return buildBlock(this.chain, this.head, this.next, { proposer, now, candidates, verifier: portableVerifier });
  }

  /** @param sealing - defaults to the first quorum of the validators */
  certify(
    { block }: ExecutedBlock,
    round = 0,
    sealing: readonly Member[] = this.members.slice(0, quorum(this.members.length)),
  ): Certificate {
    const text = checkpointText(block.header, block.hash, round);
    const seals = sealing.map(({ did, node }) => ({ validator: did, signature: node.sign(text) }));
    return { height: block.header.height, round, blockHash: block.hash, seals };
  }

  commit(executed: ExecutedBlock, certificate = this.certify(executed)): void {
    this.chain.commit(executed.commit);
    this.head = { hash: executed.block.hash, header: executed.block.header, certificate };
    this.next = executed.next;
    this.blocks.push({ executed, certificate });
  }

  /** Builds, seals and commits a block of notes. */
  grow(candidates: readonly DecodedEntry[], round = 0, sealing?: readonly Member[]): BuiltBlock {
    const built = this.build(candidates);
    this.commit(built, this.certify(built, round, sealing));
    return built;
  }
}
