import { toHex, utf8Encode } from '#codec';
import {
  DEFAULT_PARAMETERS,
  keyIdOf,
  parseGenesis,
  rotationProofMessage,
  type Did,
  type Genesis,
  type ProposalRequest,
  type PublicKey,
  type Signer,
} from '#identity';
import { encodeStatement, statementToSign, type EntryId, type StatementFields } from '#ledger';
import { createNode, type LadingNode, type Transport } from '#node';
import { ballot, createTraceRules, keyRotation, proposalOpening, type EntryDraft } from '#trace';
import { CALM, type Faults } from '../src/faults.js';
import { Random } from '../src/random.js';
import { stubSigner, stubSignerWith, stubVerifier } from '../src/stub-crypto.js';
import { Timeline } from '../src/timeline.js';
import { VirtualDisk } from '../src/virtual-disk.js';
import { VirtualNetwork } from '../src/virtual-network.js';
import type { SignedEntry } from '../src/workload.js';

const START = 1_700_000_000_000;
const QUIET: Faults = {
  ...CALM,
  partitionEveryMs: 0,
  isAsymmetric: false,
  crashEveryMs: 0,
  downMinMs: 0,
  downMaxMs: 0,
  fsyncMaxMs: 2,
  clockSkewMaxMs: 0,
};

export interface Peer {
  readonly did: Did;
  readonly disk: VirtualDisk;
  node: LadingNode;
  /** Reported by the node, newest last. */
  readonly events: { readonly event: string; readonly detail: Readonly<Record<string, unknown>> }[];
  crash(): void;
  /** @param disk - another one than before: the directory was lost */
  restart(disk?: VirtualDisk): void;
}

type Labels = Pick<StatementFields, 'kind' | 'subject' | 'notAfter' | 'contentType'>;

export interface SmallNetworkOptions {
  readonly validators: number;
  /** Organisations without a vote, after the validators. */
  readonly members?: number;
  /** What stands between a node and its links: drops, changes or adds messages. */
  readonly between?: (did: Did, transport: Transport) => Transport;
  /** Whether a node has that key of its own at hand; it does when left out. */
  readonly holds?: (did: Did, publicKey: PublicKey) => boolean;
}

/** A few production nodes on virtual time and a quiet network, for one directed scenario each. */
export class SmallNetwork {
  readonly timeline = new Timeline(START);
  readonly network = new VirtualNetwork(this.timeline, new Random(1, 'network'), QUIET);
  readonly genesis: Genesis;
  readonly peers: Peer[];

  constructor(private readonly options: SmallNetworkOptions) {
    const { validators, members = 0 } = options;
    const dids = Array.from({ length: validators + members }, (_unused, k) => `did:web:org${k}.example` as Did);
    this.genesis = genesisOf(dids, validators);
    this.peers = dids.map((did) => this.createPeer(did));
    for (const peer of this.peers) peer.restart();
    this.run(200);
  }

  peer(index: number): Peer {
    const peer = this.peers[index];
    if (peer === undefined) throw new RangeError(`no peer ${index}`);
    return peer;
  }

  node(index: number): LadingNode {
    return this.peer(index).node;
  }

  run(ms: number): void {
    this.timeline.run(this.timeline.now + ms);
  }

  height(index: number): number {
    return this.node(index).head().header.height;
  }

  newDisk(did: Did): VirtualDisk {
    return new VirtualDisk(did, this.timeline, new Random(2, did), QUIET.fsyncMaxMs);
  }

  /** One entry each on its own, so that each takes a block. */
  makeBlocks(count: number, submitTo: number): void {
    for (let k = 0; k < count; k++) {
      this.submit(submitTo, this.entry({ issuer: submitTo, name: `filler-${this.timeline.now}-${k}` }));
      this.run(60);
    }
  }

  submit(index: number, entry: SignedEntry): EntryId {
    const submitted = this.node(index).submit(entry);
    if (!submitted.ok) throw new Error(`${submitted.code} ${submitted.detail}`);
    return submitted.value;
  }

  entry({ issuer, name, notAfter = 10_000, bizStep = 'shipping' }: { issuer: number; name: string; notAfter?: number; bizStep?: string }): SignedEntry {
    const { did } = this.peer(issuer);
    const content = utf8Encode(
      JSON.stringify({
        '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
        eventID: `urn:example:${name}`,
        type: 'ObjectEvent',
        action: 'OBSERVE',
        eventTime: '2023-01-01T00:00:00.000Z',
        eventTimeZoneOffset: '+00:00',
        bizStep,
        epcList: ['urn:epc:id:sgtin:9520000.012345.1'],
      }),
    );
    const labels = { kind: 'epcis.capture', subject: `urn:example:${name}`, notAfter, contentType: 'application/json' };
    return this.signed(issuer, stubSigner(`sign of ${did}`), { ...labels, content });
  }

  /** Opened by the first of `voters`; when that is final, the others say yes. */
  decide(action: ProposalRequest, ...voters: readonly [number, ...number[]]): void {
    const byAdmin = (index: number, draft: EntryDraft) =>
      this.signed(index, stubSigner(`admin of ${this.peer(index).did}`), { ...draft, notAfter: 10_000 });
    const [opener, ...others] = voters;
    const opening = byAdmin(opener, proposalOpening({ action, expiresAt: this.height(opener) + 100 }));
    const ballots = others.map((index) => byAdmin(index, ballot({ proposal: opening.id, choice: 'yes' })));
    this.submit(opener, opening);
    this.run(10_000);
    for (const entry of ballots) this.submit(opener, entry);
  }

  /** Registers another node key of one, valid from the next block on, while the old one stays valid for some. */
  rotateNodeKey(index: number, next: Signer, overlapBlocks: number): void {
    const { did } = this.peer(index);
    const { publicKey } = next;
    const proof = next.sign(rotationProofMessage({ networkId: this.genesis.networkId, organization: did, purpose: 'node', publicKey }));
    const draft = keyRotation({ purpose: 'node', publicKey, proof, overlapBlocks });
    this.submit(index, this.signed(index, stubSigner(`admin of ${did}`), { ...draft, notAfter: 10_000 }));
  }

  private signed(issuer: number, signer: Signer, { content, ...labels }: Labels & { readonly content: Uint8Array }): SignedEntry {
    const { networkId } = this.genesis;
    const fields = { ...labels, keyId: keyIdOf(signer.publicKey), networkId, issuer: this.peer(issuer).did };
    const unsigned = statementToSign(fields, content);
    return { id: unsigned.entryId, statement: encodeStatement(unsigned, signer.sign(unsigned.toBeSigned)), content };
  }

  private createPeer(did: Did): Peer {
    let life = 0;
    const events: Peer['events'] = [];
    const start = (disk: VirtualDisk): LadingNode => {
      const mine = ++life;
      const plain = this.network.connect(did);
      const node = createNode({
        self: did,
        genesis: this.genesis,
        rules: createTraceRules({ verifier: stubVerifier, networkId: this.genesis.networkId }),
        store: disk.openStore(),
        journal: disk.openJournal(),
        transport: this.options.between?.(did, plain) ?? plain,
        clock: {
          now: () => this.timeline.now,
          after: (ms, fire) => this.timeline.after(ms, () => (life === mine ? fire() : undefined)),
        },
        signerOf: (publicKey) => (this.options.holds?.(did, publicKey) === false ? undefined : stubSignerWith(publicKey)),
        verifier: stubVerifier,
        observe: (event, detail) => void events.push({ event, detail }),
      });
      node.start();
      return node;
    };
    const peer = {
      did,
      disk: this.newDisk(did),
      node: undefined as unknown as LadingNode,
      events,
      crash: (): void => {
        life++;
        peer.disk.crash();
        this.network.disconnect(did);
      },
      restart: (disk?: VirtualDisk): void => {
        peer.disk = disk ?? peer.disk;
        peer.node = start(peer.disk);
      },
    };
    return peer;
  }
}

function genesisOf(dids: readonly Did[], validators: number): Genesis {
  const file = JSON.stringify({
    format: 'lading-genesis-1',
    time: START - 1,
    organizations: dids.map((did, k) => ({
      did,
      name: `Organisation ${k}`,
      roles: k < validators ? ['validator', 'member'] : ['member'],
      gs1CompanyPrefixes: [`95200${String(k).padStart(2, '0')}`],
      nodeKey: toHex(stubSigner(`node of ${did}`).publicKey),
      signingKey: toHex(stubSigner(`sign of ${did}`).publicKey),
      adminKey: toHex(stubSigner(`admin of ${did}`).publicKey),
    })),
    parameters: { ...DEFAULT_PARAMETERS, heartbeatMs: 60_000, roundBaseMs: 1_000, roundStepMs: 500, roundCapMs: 8_000 },
  });
  const genesis = parseGenesis(utf8Encode(file));
  if (!genesis.ok) throw new Error(`${genesis.code} ${genesis.detail}`);
  return genesis.value;
}
