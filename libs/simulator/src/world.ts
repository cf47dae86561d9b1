import { success, toHex, utf8Encode, type Result } from '#codec';
import { decodeMessage, type Value } from '#consensus';
import { DEFAULT_PARAMETERS, parseGenesis, type Did, type Genesis } from '#identity';
import { createNode, decodePeerMessage, type LadingNode } from '#node';
import { createTraceRules } from '#trace';
import { Checks, Violation } from './checks.js';
import { drawFaults, type Faults } from './faults.js';
import { GovernanceWorkload } from './governance-workload.js';
import { Random } from './random.js';
import { stubSigner, stubSignerWith, stubVerifier } from './stub-crypto.js';
import { Timeline } from './timeline.js';
import { VirtualDisk } from './virtual-disk.js';
import { VirtualNetwork } from './virtual-network.js';
import { Workload } from './workload.js';

export interface SimulationOptions {
  readonly seed: number;
  readonly validators: number;
  /** Validators leave and come back by vote, node keys are rotated, and one node loses its disk, while all else goes on. */
  readonly isGoverned?: boolean;
  /** Called with a line for each thing that happens; for looking at one seed. */
  readonly trace?: (line: string) => void;
}

export interface SimulationReport {
  readonly seed: number;
  readonly blocks: number;
  readonly entriesFinal: number;
  readonly crashes: number;
  readonly messages: number;
  readonly steps: number;
  /** Changes of the validators. */
  readonly changes: number;
  readonly virtualMs: number;
  /** Hash of the last block: the same seed must give the same on every run. */
  readonly headHash: string;
}

interface Organisation {
  readonly did: Did;
  /** Another one after the directory was lost. */
  disk: VirtualDisk;
  readonly clockSkewMs: number;
  /** Undefined while it is down. */
  node: LadingNode | undefined;
  life: number;
}

const START = 1_700_000_000_000;
const FAULTS_MS = 12_000;
/** Who lost its votes votes again three blocks later; as many validators may leave until then, and the others must still be a quorum. */
const DISK_LOSS_VALIDATORS_MIN = 6;
/** A network that has made no more than a block or two looks new (docs/protocol/consensus.md#lost-votes). */
const DISK_LOSS_HEIGHT_MIN = 3;
/** How long the healed network may need until all have the same head and every waiting entry is decided. */
const HEALED_MS = 90_000;

/**
 * A network of production nodes in one thread on virtual time: first anything goes wrong that the seed asks for, then the
 * network heals and everyone must go on.
 * @throws Violation when a promise of the protocol does not hold
 */
export function simulate(options: SimulationOptions): SimulationReport {
  return new World(options).run();
}

class World {
  private readonly timeline = new Timeline(START);
  private readonly random: Random;
  private readonly faults: Faults;
  private readonly network: VirtualNetwork;
  private readonly genesis: Genesis;
  private readonly organisations: Organisation[];
  private readonly workload: Workload;
  private readonly checks = new Checks();
  private crashes = 0;
  private mayLoseDisk: boolean;
  private isHealed = false;

  constructor(private readonly options: SimulationOptions) {
    this.random = new Random(options.seed, 'world');
    this.faults = drawFaults(new Random(options.seed, 'faults'));
    this.network = new VirtualNetwork(this.timeline, new Random(options.seed, 'network'), this.faults);
    const dids = Array.from({ length: options.validators }, (_unused, k) => `did:web:org${k}.example` as Did);
    this.genesis = genesisOf(dids, options.isGoverned === true);
    this.mayLoseDisk = options.isGoverned === true;
    this.organisations = dids.map((did) => ({
      did,
      disk: this.newDisk(did),
      clockSkewMs: this.random.between(-this.faults.clockSkewMaxMs, this.faults.clockSkewMaxMs),
      node: undefined,
      life: 0,
    }));
    this.workload = new Workload(new Random(options.seed, 'workload'), this.genesis.networkId, dids);
  }

  run(): SimulationReport {
    try {
      for (const organisation of this.organisations) this.start(organisation);
      this.scheduleSubmissions();
      if (this.options.isGoverned === true) this.scheduleGovernance();
      this.schedulePartitions();
      this.scheduleCrashes();
      this.timeline.run(START + FAULTS_MS);
      this.heal();
      this.timeline.run(START + FAULTS_MS + HEALED_MS, () => this.isSettled());
      this.checkTheEnd();
    } catch (error) {
      if (error instanceof Violation) throw error;
      throw new Violation('no crash of the program', error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    return {
      seed: this.options.seed,
      blocks: this.checks.highest,
      entriesFinal: this.checks.entriesFinal,
      crashes: this.crashes,
      messages: this.network.messages,
      steps: this.timeline.steps,
      changes: this.checks.validatorChanges,
      virtualMs: this.timeline.now - START,
      headHash: this.organisations[0]?.node?.head().hash ?? '',
    };
  }

  private start(organisation: Organisation): void {
    const { did, disk } = organisation;
    const life = ++organisation.life;
    const isAlive = (): boolean => organisation.life === life && organisation.node !== undefined;
    const transport = this.network.connect(did);
    const node = createNode({
      self: did,
      genesis: this.genesis,
      rules: createTraceRules({ verifier: stubVerifier, networkId: this.genesis.networkId }),
      store: disk.openStore(),
      journal: disk.openJournal(),
      transport: {
        ...transport,
        send: (to, lane, message) => {
          this.watch(did, message);
          return transport.send(to, lane, message);
        },
      },
      clock: {
        now: () => this.timeline.now + (this.isHealed ? 0 : organisation.clockSkewMs),
        after: (ms, fire) => this.timeline.after(ms, () => (isAlive() ? fire() : undefined)),
      },
      signerOf: stubSignerWith,
      verifier: stubVerifier,
      observe: (event, detail) => this.options.trace?.(`${this.timeline.now - START} ${did} ${event} ${JSON.stringify(detail)}`),
    });
    organisation.node = node;
    node.onCommitted(({ block }) => {
      this.checks.blockFinal(did, block.header.height, block.hash);
      this.checks.validatorsKnown(block.header);
      // A healed world is done when it is settled; asked here, because only a block changes the answer.
    });
    node.start();
  }

  private newDisk(did: Did): VirtualDisk {
    return new VirtualDisk(did, this.timeline, new Random(this.options.seed, `disk ${did}`), this.faults.fsyncMaxMs);
  }

  private crash(organisation: Organisation): void {
    this.crashes++;
    this.options.trace?.(`${this.timeline.now - START} ${organisation.did} CRASH`);
    const { validators, height } = organisation.node?.next() ?? { validators: [], height: 0 };
    organisation.node = undefined;
    organisation.disk.crash();
    this.network.disconnect(organisation.did);
    if (this.mayLoseDisk && validators.length >= DISK_LOSS_VALIDATORS_MIN && height > DISK_LOSS_HEIGHT_MIN && this.random.chance(50)) {
      this.options.trace?.(`${this.timeline.now - START} ${organisation.did} DISK LOST`);
      // One in a world: who lost its votes is one of the f that may be faulty.
      this.mayLoseDisk = false;
      organisation.disk = this.newDisk(organisation.did);
    }
  }

  private scheduleCrashes(): void {
    const { crashEveryMs, downMinMs, downMaxMs } = this.faults;
    if (crashEveryMs === 0) return;
    const next = (): void => {
      if (this.isHealed) return;
      const organisation = this.random.pick(this.organisations);
      if (organisation.node !== undefined) {
        this.crash(organisation);
        this.timeline.after(this.random.between(downMinMs, downMaxMs), () => {
          if (organisation.node === undefined) this.start(organisation);
        });
      }
      this.timeline.after(this.random.between(1, 2 * crashEveryMs), next);
    };
    this.timeline.after(this.random.between(1, 2 * crashEveryMs), next);
  }

  private schedulePartitions(): void {
    const { partitionEveryMs, isAsymmetric } = this.faults;
    if (partitionEveryMs === 0) return;
    const next = (): void => {
      if (this.isHealed) return;
      this.network.reshape(
        this.organisations.map(({ did }) => did),
        isAsymmetric,
      );
      this.timeline.after(this.random.between(1, 2 * partitionEveryMs), next);
    };
    this.timeline.after(this.random.between(1, 2 * partitionEveryMs), next);
  }

  private scheduleSubmissions(): void {
    const everyMs = this.random.pick([100, 400, 1_500]);
    const next = (): void => {
      if (this.isHealed) return;
      this.submitSome();
      this.timeline.after(this.random.between(1, 2 * everyMs), next);
    };
    this.timeline.after(1, next);
  }

  private scheduleGovernance(): void {
    const { seed } = this.options;
    const random = new Random(seed, 'governance');
    const workload = new GovernanceWorkload(
      random,
      this.genesis.networkId,
      this.organisations.map(({ did }) => did),
    );
    const next = (): void => {
      if (this.isHealed) return;
      const organisation = random.pick(this.organisations);
      if (organisation.node !== undefined) {
        const { height, validators } = organisation.node.next();
        for (const entry of workload.next(height, validators)) this.submit(organisation, entry);
      }
      this.timeline.after(random.between(200, 2_000), next);
    };
    this.timeline.after(random.between(1, 1_000), next);
  }

  private submitSome(): void {
    const organisation = this.random.pick(this.organisations);
    if (organisation.node === undefined) return;
    for (const entry of this.workload.next(organisation.node.head().header.height)) this.submit(organisation, entry);
  }

  private submit(organisation: Organisation, entry: { statement: Uint8Array; content: Uint8Array }): void {
    const node = organisation.node as LadingNode;
    const { life } = organisation;
    const submitted = node.submit(entry);
    if (!submitted.ok) return;
    this.workload.waiting.add(submitted.value);
    node.onOutcome(submitted.value, (status) => {
      if (organisation.life !== life) return;
      if (status.status === 'final') this.checks.entryFinal(submitted.value, status.position.height);
    });
  }

  private heal(): void {
    this.isHealed = true;
    this.network.heal();
    for (const organisation of this.organisations) if (organisation.node === undefined) this.start(organisation);
    // After all the faults, new work must become final everywhere.
    for (const organisation of this.organisations) {
      const entry = this.workload.fresh((organisation.node as LadingNode).head().header.height);
      this.submit(organisation, entry);
      this.workload.mustBecomeFinal.add(entry.id);
    }
  }

  private isSettled(): boolean {
    const [first, ...others] = this.organisations.map(({ node }) => node as LadingNode);
    if (first === undefined) return true;
    const height = first.durableHeight();
    if (height < this.checks.highest || first.head().hash === undefined) return false;
    if (others.some((node) => node.durableHeight() !== height)) return false;
    return [...this.workload.mustBecomeFinal].every((id) => first.status(id).status === 'final');
  }

  private checkTheEnd(): void {
    if (!this.isSettled()) {
      const heads = this.organisations.map(({ did, node }) => `${did} ${node?.head().header.height}`).join(', ');
      throw new Violation('all go on', `${HEALED_MS} ms after healing the nodes still differ or new entries wait: ${heads}`);
    }
    for (const { did, node } of this.organisations) {
      const live = node as LadingNode;
      this.checks.atTheEnd(
        did,
        (height) => live.committed(height)?.block.hash,
        (id) => {
          const status = live.status(id);
          return status.status === 'final' ? status.position.height : undefined;
        },
      );
    }
  }

  private watch(sender: Did, bytes: Uint8Array): void {
    const message = decodePeerMessage(bytes);
    if (!message.ok || message.value.type !== 'consensus') return;
    const consensus = decodeMessage(message.value.bytes, opaqueValue);
    if (consensus.ok && consensus.value.from === sender) this.checks.messageSent(consensus.value);
  }
}

/** For the checks a value is its bytes: only the digest that a message itself names is compared. */
function opaqueValue(bytes: Uint8Array): Result<Value> {
  return success({ digest: '0'.repeat(64), proposer: '' as Did, bytes });
}

const genesisCache = new Map<string, Genesis>();

function genesisOf(dids: readonly Did[], isGoverned: boolean): Genesis {
  const cacheKey = `${dids.length} ${isGoverned}`;
  const cached = genesisCache.get(cacheKey);
  if (cached !== undefined) return cached;
  const file = JSON.stringify({
    format: 'lading-genesis-1',
    time: START - 1,
    organizations: dids.map((did, k) => ({
      did,
      name: `Organisation ${k}`,
      roles: ['validator', 'member'],
      gs1CompanyPrefixes: [`95200${String(k).padStart(2, '0')}`],
      nodeKey: toHex(stubSigner(`node of ${did}`).publicKey),
      signingKey: toHex(stubSigner(`sign of ${did}`).publicKey),
      ...(isGoverned ? { adminKey: toHex(stubSigner(`admin of ${did}`).publicKey) } : {}),
    })),
    parameters: { ...DEFAULT_PARAMETERS, heartbeatMs: 10_000, roundBaseMs: 1_000, roundStepMs: 500, roundCapMs: 8_000 },
  });
  const genesis = parseGenesis(utf8Encode(file));
  if (!genesis.ok) throw new Error(`${genesis.code} ${genesis.detail}`);
  genesisCache.set(cacheKey, genesis.value);
  return genesis.value;
}

