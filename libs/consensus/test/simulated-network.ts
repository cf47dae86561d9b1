import { faultTolerance, quorum as quorumOf } from '#identity';
import { assertInvariant } from '#codec';
import type { Did } from '#identity';
import {
  createConsensus,
  decodeMessage,
  encodeMessage,
  step,
  type ConsensusEnvironment,
  type ConsensusEvent,
  type ConsensusMessage,
  type ConsensusState,
  type Effect,
  type Value,
  type VoteRecord,
} from '#consensus';
import { failure, success } from '#codec';
import {
  configOf,
  environmentOf,
  heightAndParentOf,
  Keyring,
  makeValue,
  readTestValue,
  sealTextOf,
} from './fixture.js';
import { Liar } from './liar.js';
import { randomOf, type Random } from './random.js';

export interface Faults {
  readonly loss: number;
  readonly duplication: number;
  /** Mean delay of a message in milliseconds; one in twenty takes ten times as long. */
  readonly delayMs: number;
  readonly partitions: boolean;
  readonly crashes: boolean;
  /** Who finalises first is cut off at once and all messages under way are lost; half of the time the others lose power too. */
  readonly ambushes: boolean;
  readonly liars: number;
  readonly isRelaying: boolean;
}

interface Block {
  readonly height: number;
  readonly round: number;
  readonly value: Value;
  readonly seals: readonly { readonly validator: Did; readonly signature: Uint8Array }[];
}

type Packet = { readonly message: ConsensusMessage } | { readonly status: number } | { readonly block: Block };

const FAULTS_END_MS = 8_000;
/** Short, so that many rounds fit into the time of the faults. */
const TIMING = { baseMs: 400, stepMs: 200, capMs: 1_600 };
const STATUS_EVERY_MS = 1_000;

/**
 * A whole network in virtual time, from one seed: faults for eight seconds, then everything heals (liars stay).
 * Checks at every step: no two honest nodes finalise different values, certificates hold a quorum, nobody votes twice, what was
 * finalised and durable stays.
 */
export class SimulatedNetwork {
  readonly keyring: Keyring;
  readonly random: Random;
  now = 0;
  delivered = 0;
  equivocationsReported = 0;
  roundMax = 0;
  private sequence = 0;
  private readonly queue = new Heap();
  private readonly nodes = new Map<Did, HonestNode>();
  private readonly liars = new Map<Did, Liar>();
  private readonly cut = new Set<string>();
  private readonly finalised = new Map<number, string>();
  private ambushedAt = -1;
  private readonly said = new Map<string, string>();

  constructor(
    readonly seed: number,
    readonly n: number,
    readonly faults: Faults,
  ) {
    this.random = randomOf(seed);
    this.keyring = new Keyring(n);
    assertInvariant(faults.liars <= faultTolerance(n), 'TEST', {});
    const liars = new Set(this.random.shuffled(this.keyring.validators.map(({ id }) => id)).slice(0, faults.liars));
    for (const { id } of this.keyring.validators) {
      if (liars.has(id))
        this.liars.set(
          id,
          new Liar(id, liars, this.keyring, this.random, (to, message) => this.send(id, to, { message })),
        );
      else this.nodes.set(id, new HonestNode(id, this));
    }
    for (const node of this.nodes.values()) {
      node.start();
      this.every(this.random.between(300, 900), () => node.dispatch({ type: 'WorkArrived' }));
      this.every(STATUS_EVERY_MS, () => node.isUp && this.broadcast(node.id, { status: node.height }));
    }
    if (faults.partitions) this.every(700, () => this.now < FAULTS_END_MS && this.repartition());
    if (faults.crashes) this.every(900, () => this.now < FAULTS_END_MS && this.crashOne());
    this.at(FAULTS_END_MS, () => this.heal());
  }

  /** @throws Error with the seed when something that must not happen happens, or nothing happens any more */
  run(): void {
    let target: number | undefined;
    for (;;) {
      const next = this.queue.pop();
      if (next === undefined) throw new Error('nothing left to do');
      this.now = next.at;
      next.act();
      if (this.now <= FAULTS_END_MS) continue;
      target ??= Math.max(...[...this.nodes.values()].map((node) => node.height)) + 3;
      if ([...this.nodes.values()].every((node) => node.height >= (target as number))) return;
      if (this.now > FAULTS_END_MS + 60_000) {
        throw new Error(`stalled at heights ${[...this.nodes.values()].map((node) => node.height).join(', ')}`);
      }
    }
  }

  at(time: number, act: () => void): void {
    this.queue.push({ at: time, order: this.sequence++, act });
  }

  broadcast(from: Did, packet: Packet, except?: Did): void {
    for (const { id } of this.keyring.validators) if (id !== from && id !== except) this.send(from, id, packet);
  }

  send(from: Did, to: Did, packet: Packet): void {
    const { loss, duplication, delayMs, isRelaying } = this.isFaulty
      ? this.faults
      : { ...this.faults, loss: 0, duplication: 0, delayMs: 10 };
    if (this.cut.has(`${from} ${to}`) || this.random.chance(loss)) return;
    for (let copies = this.random.chance(duplication) ? 2 : 1; copies > 0; copies--) {
      const sentAt = this.now;
      const delay = this.random.between(1, delayMs * 2) * (this.isFaulty && this.random.chance(0.05) ? 10 : 1);
      this.at(sentAt + delay, () => sentAt > this.ambushedAt && this.deliver(from, to, packet, isRelaying));
    }
  }

  /** What a node says to others, for ever: restarts included. */
  noteSaid(message: ConsensusMessage): void {
    const place = `${message.from} ${message.kind} at ${message.height}/${message.round}`;
    const content =
      message.kind === 'round-change'
        ? `${message.prepared?.round ?? ''}:${message.prepared?.digest ?? ''}`
        : message.digest;
    const before = this.said.get(place);
    if (before !== undefined && before !== content) throw new Error(`voted twice: ${place}`);
    this.said.set(place, content);
    this.roundMax = Math.max(this.roundMax, message.round);
  }

  noteFinalised(by: Did, { height, round, value, seals }: Block): void {
    const other = this.finalised.get(height);
    if (other !== undefined && other !== value.digest) throw new Error(`two values at height ${height}`);
    if (other === undefined && this.faults.ambushes && this.isFaulty && this.random.chance(0.5)) this.ambush(by);
    this.finalised.set(height, value.digest);
    const good = seals.filter(({ validator, signature }) => {
      const key = this.keyring.validators.find(({ id }) => id === validator)?.publicKey;
      return key !== undefined && this.keyring.verify(signature, sealTextOf(value, round), key);
    });
    if (new Set(good.map(({ validator }) => validator)).size < quorumOf(this.n))
      throw new Error('a certificate without a quorum');
  }

  private get isFaulty(): boolean {
    return this.now < FAULTS_END_MS;
  }

  private deliver(from: Did, to: Did, packet: Packet, isRelaying: boolean): void {
    this.delivered++;
    const liar = this.liars.get(to);
    if (liar !== undefined && 'message' in packet) liar.receive(packet.message);
    const node = this.nodes.get(to);
    if (node === undefined || !node.isUp) return;
    if ('status' in packet) return node.help(from, packet.status);
    if ('block' in packet) return node.adopt(packet.block);
    const wasTaken = node.receive(from, packet.message);
    if (wasTaken && isRelaying) this.broadcast(to, packet, from);
  }

  private every(ms: number, act: () => void): void {
    this.at(this.now + ms, () => {
      act();
      this.every(ms, act);
    });
  }

  /** Cuts links at random, in each direction by itself; now and then all of them come back. */
  private repartition(): void {
    this.cut.clear();
    const rate = this.random.pick([0, 0.1, 0.3, 0.6]);
    for (const a of this.keyring.validators) {
      for (const b of this.keyring.validators) if (this.random.chance(rate)) this.cut.add(`${a.id} ${b.id}`);
    }
    this.reconnect();
  }

  private reconnect(): void {
    for (const node of this.nodes.values()) {
      for (const { id } of this.keyring.validators) {
        if (id !== node.id && !this.cut.has(`${node.id} ${id}`)) node.dispatch({ type: 'PeerConnected', peer: id });
      }
    }
  }

  private crashOne(): void {
    this.powerCycle(this.random.pick([...this.nodes.values()]), 2_000);
  }

  private ambush(first: Did): void {
    this.ambushedAt = this.now;
    for (const { id } of this.keyring.validators) this.cut.add(`${first} ${id}`).add(`${id} ${first}`);
    this.at(this.now + this.random.between(500, 5_000), () => {
      this.cut.clear();
      this.reconnect();
    });
    if (this.random.chance(0.5)) return;
    for (const node of this.nodes.values()) if (node.id !== first) this.powerCycle(node, 500);
  }

  private powerCycle(node: HonestNode, downMsMax: number): void {
    node.crash();
    this.at(this.now + this.random.between(1, downMsMax), () => node.start());
  }

  private heal(): void {
    this.cut.clear();
    for (const node of this.nodes.values()) node.start();
    this.reconnect();
  }
}

/** The production core with what a node is around it: a journal, a chain, timers; everything slow that can be lost. */
class HonestNode {
  isUp = false;
  private state: ConsensusState = createConsensus();
  /** Survives a crash. */
  private readonly chain: Block[] = [];
  private journal: VoteRecord[] = [];
  private waiting: Effect[] = [];
  private isWriting = false;
  private life = 0;
  private built = 0;
  private readonly env: ConsensusEnvironment;

  constructor(
    readonly id: Did,
    private readonly network: SimulatedNetwork,
  ) {
    this.env = {
      ...environmentOf(network.keyring, id),
      judge: (value) => {
        const { height, parent } = heightAndParentOf(value);
        const follows = height === this.height + 1 && parent === this.headDigest;
        return follows ? success(value) : failure('TEST_WRONG_PARENT', 'does not follow the head');
      },
    };
  }

  get height(): number {
    return this.chain.length;
  }

  private get headDigest(): string {
    return this.chain.at(-1)?.value.digest ?? '';
  }

  start(): void {
    if (this.isUp) return;
    this.isUp = true;
    this.state = createConsensus();
    this.startHeight();
  }

  /** Everything not yet durable is gone. */
  crash(): void {
    this.isUp = false;
    this.life++;
    this.waiting = [];
    this.isWriting = false;
  }

  receive(from: Did, message: ConsensusMessage): boolean {
    const effects = this.dispatch({ type: 'MessageReceived', message });
    const drop = effects.find((effect) => effect.type === 'Dropped');
    if (drop?.code === 'CONSENSUS_PAST_HEIGHT') this.help(from, message.height - 1);
    // The sender of a contradiction lies; everything else that an honest network carries must be acceptable.
    const isFault = drop?.verdict === 'reject' && !this.network.faults.liars;
    if (isFault) throw new Error(`${this.id} rejects an honest ${message.kind} of ${message.from}: ${drop.code}`);
    return drop === undefined;
  }

  help(peer: Did, heightOfPeer: number): void {
    const block = this.chain[heightOfPeer];
    if (block !== undefined) this.network.send(this.id, peer, { block });
  }

  adopt(block: Block): void {
    if (block.height === this.height + 1) this.append(block);
  }

  dispatch(event: ConsensusEvent): readonly Effect[] {
    if (!this.isUp) return [];
    const { state, effects } = step(this.state, event, this.env);
    this.state = state;
    this.waiting.push(...effects);
    this.work();
    return effects;
  }

  private work(): void {
    while (!this.isWriting) {
      const effect = this.waiting.shift();
      if (effect === undefined) return;
      this.perform(effect);
    }
  }

  private perform(effect: Effect): void {
    const { life, network } = this;
    const later = (ms: number, act: () => void) => network.at(network.now + ms, () => this.life === life && act());
    switch (effect.type) {
      case 'Persist':
        this.isWriting = true;
        return later(network.random.between(1, 10), () => {
          this.journal.push(effect.record);
          this.isWriting = false;
          this.work();
        });
      case 'Broadcast':
        network.noteSaid(effect.message);
        return network.broadcast(this.id, { message: this.overTheWire(effect.message) });
      case 'Send':
        return network.send(this.id, effect.to, { message: this.overTheWire(effect.message) });
      case 'StartTimer':
        return later(effect.afterMs, () => this.dispatch({ type: 'TimerFired', timer: effect.timer }));
      case 'BuildValue':
        return later(network.random.between(1, 30), () => this.build(effect.height, effect.round));
      case 'Commit':
        if (effect.height === this.height + 1) this.append(effect);
        return;
      case 'ReportEquivocation':
        network.equivocationsReported++;
        return;
      case 'Dropped':
        return;
    }
  }

  private build(height: number, round: number): void {
    // The label differs after a restart too: a proposer that forgot would contradict itself.
    const value = makeValue(height, this.id, `${this.id} ${this.life}/${this.built++}`, this.headDigest);
    this.dispatch({ type: 'ValueBuilt', height, round, value });
  }

  private append(block: Block): void {
    this.network.noteFinalised(this.id, block);
    const { height, round, value, seals } = block;
    this.chain.push({ height, round, value, seals });
    this.startHeight();
  }

  private startHeight(): void {
    const height = this.height + 1;
    this.journal = this.journal.filter((record) => record.height >= height);
    const config = { ...configOf(this.network.keyring, height, this.journal), timing: TIMING };
    this.dispatch({ type: 'HeightStarted', config });
  }

  private overTheWire(message: ConsensusMessage): ConsensusMessage {
    const decoded = decodeMessage(encodeMessage(message), readTestValue);
    if (!decoded.ok) throw new Error(`unreadable: ${decoded.detail}`);
    return decoded.value;
  }
}

interface Task {
  readonly at: number;
  readonly order: number;
  readonly act: () => void;
}

/** Binary heap by time, then by order of insertion. */
class Heap {
  private readonly tasks: Task[] = [];

  push(task: Task): void {
    const { tasks } = this;
    let i = tasks.push(task) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!isBefore(task, tasks[parent] as Task)) break;
      tasks[i] = tasks[parent] as Task;
      i = parent;
    }
    tasks[i] = task;
  }

  pop(): Task | undefined {
    const { tasks } = this;
    const first = tasks[0];
    const last = tasks.pop();
    if (first === undefined || last === undefined || tasks.length === 0) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= tasks.length) break;
      if (child + 1 < tasks.length && isBefore(tasks[child + 1] as Task, tasks[child] as Task)) child++;
      if (!isBefore(tasks[child] as Task, last)) break;
      tasks[i] = tasks[child] as Task;
      i = child;
    }
    tasks[i] = last;
    return first;
  }
}

function isBefore(a: Task, b: Task): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
