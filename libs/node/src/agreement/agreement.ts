import { assertInvariant, success, type Result } from '#codec';
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
  type Timer,
  type Value,
} from '#consensus';
import type { Did, Height, PublicKey, SignatureVerifier, Signer } from '#identity';
import { checkpointText, type Block, type BlockHash, type DecodedEntry } from '#ledger';
import type { Chain } from '../chain/chain.js';
import type { Clock, Observer, VoteJournal } from '../ports.js';
import { EffectQueue } from './effect-queue.js';
import { VoteMemory } from './vote-memory.js';

export interface AgreementOptions {
  readonly self: Did;
  readonly chain: Chain;
  readonly journal: VoteJournal;
  readonly clock: Clock;
  /** The node key with this public key; undefined when this node does not have it. */
  readonly signerOf: (publicKey: PublicKey) => Signer | undefined;
  readonly verifier: SignatureVerifier;
  readonly observe: Observer;
  /** Entries to propose, oldest first. */
  readonly candidates: (countMax: number) => readonly DecodedEntry[];
  /** Whether some entry is waiting that the next block would take. */
  readonly hasWork: () => boolean;
  readonly onLeftOut: (id: DecodedEntry['statement']['entryId'], code: string, detail: string) => void;
  readonly broadcast: (message: Uint8Array) => void;
  readonly send: (to: Did, message: Uint8Array) => void;
  /** A message of `from` was news: those who cannot hear it directly should get it. */
  readonly relay: (from: Did, message: Uint8Array) => void;
  /** A peer sent what no honest node sends. */
  readonly onFault: (peer: Did, code: string) => void;
  /** A block became part of the chain by this node's own count of seals. */
  readonly onAppended: (block: Block) => void;
}

/**
 * Binds the pure consensus core to the chain, the vote journal, the clock and the peers: feeds it events, carries out its
 * effects. What is agreed on is the bytes of a block, its digest is the block hash.
 */
export class Agreement {
  private state: ConsensusState = createConsensus();
  private readonly effects: EffectQueue;
  private readonly memory: VoteMemory;
  private readonly environment: ConsensusEnvironment;
  private readonly pendingEvents: { readonly event: ConsensusEvent; readonly afterwards: (effects: readonly Effect[]) => void }[] = [];
  private isStepping = false;
  private buildRequest: { readonly height: Height; readonly round: number } | undefined;
  private isHeartbeatDue = false;
  private cancelHeartbeat: () => void = () => undefined;
  private cancelBatchWait: (() => void) | undefined;
  private isStopped = false;

  constructor(private readonly options: AgreementOptions) {
    const { chain, signerOf, verifier, journal } = options;
    const memory = new VoteMemory(journal.load(0).length === 0, journal.votesFrom);
    this.memory = memory;
    this.effects = new EffectQueue(
      (records, onDurable) => options.journal.record(records, onDurable),
      (effect) => this.perform(effect),
    );
    this.environment = {
      get self() {
        const validator = chain.next.validators.find(({ id }) => id === options.self);
        // Without the key that the ledger names for this height (its file was lost, or is not here yet) this node follows.
        if (validator === undefined || signerOf(validator.publicKey) === undefined) return undefined;
        return memory.mayVoteAt(chain.next.height, chain.next.validators.length) ? options.self : undefined;
      },
      networkId: chain.networkId,
      verify: (signature, message, publicKey) => verifier.verify(signature, message, publicKey),
      sign: (message, publicKey) => (signerOf(publicKey) as Signer).sign(message), // `self` is undefined without it
      readValue: (bytes) => this.readValue(bytes),
      judge: (value, isNew) => this.judge(value, isNew),
      sealText: (value, round) => checkpointText(this.blockOf(value).header, value.digest as BlockHash, round),
    };
  }

  /** Starts agreeing on the height after the head; called at start and whenever the head moved by catching up. */
  startHeight(): void {
    if (this.isStopped) return;
    const { chain, journal, clock } = this.options;
    const { height, validators, turnOrder, parameters } = chain.next;
    this.buildRequest = undefined;
    this.cancelBatchWait?.();
    this.cancelBatchWait = undefined;
    this.isHeartbeatDue = false;
    this.cancelHeartbeat();
    this.cancelHeartbeat = clock.after(parameters.heartbeatMs, () => {
      this.isHeartbeatDue = true;
      this.workArrived();
    });
    const timing = { baseMs: parameters.roundBaseMs, stepMs: parameters.roundStepMs, capMs: parameters.roundCapMs };
    const recovered = journal.load(height);
    this.dispatch({ type: 'HeightStarted', config: { height, validators, turnOrder, timing, recovered } });
    this.workArrived();
  }

  /** Something may be there to propose: new entries, or the heartbeat. */
  workArrived(): void {
    if (!this.isHeartbeatDue && !this.options.hasWork()) return;
    this.dispatch({ type: 'WorkArrived' });
    this.tryToBuild();
  }

  /** @param from - the peer that delivered the message; its author may be another */
  receive(from: Did, bytes: Uint8Array): void {
    const message = decodeMessage(bytes, (value) => this.readValue(value));
    if (!message.ok) {
      this.options.observe('consensus.malformed', { from, code: message.code });
      // A value that cannot be read may be one of a height that this node has not reached.
      if (message.code === 'CONSENSUS_MALFORMED') this.options.onFault(from, message.code);
      return;
    }
    this.dispatch({ type: 'MessageReceived', message: message.value }, (effects) => {
      const dropped = effects.find((effect) => effect.type === 'Dropped' && effect.message === message.value);
      // Whatever the core took is news; what it has already, it drops, and so relaying ends by itself.
      if (dropped === undefined) this.options.relay(from, bytes);
      else if (dropped.type === 'Dropped' && dropped.code === 'CONSENSUS_BAD_SIGNATURE') this.options.onFault(from, dropped.code);
    });
  }

  /** @param heads - heights that the connected peers told */
  headsTold(heads: ReadonlyMap<Did, Height>): void {
    const { chain, self, observe, journal } = this.options;
    const { validators } = chain.next;
    const others = validators.filter(({ id }) => id !== self);
    const known = others.flatMap(({ id }) => heads.get(id) ?? []);
    const set = { validators: validators.length, isSelfIn: others.length < validators.length };
    const votedAlready = this.memory.mayVoteAt(chain.next.height, set.validators);
    const votesFrom = this.memory.learn(chain.head.header.height, known, set);
    if (votesFrom === undefined) return;
    // Found out once: a newcomer that restarts before its first vote must not wait again, the others may need that vote.
    journal.votesFrom = votesFrom;
    if (votesFrom > 0) observe('consensus.only-follows', { votesFrom });
    if (votedAlready || !this.memory.mayVoteAt(chain.next.height, set.validators)) return;
    // From a follower to a voter within the height: begin it anew; the others repeat what was said.
    this.state = createConsensus();
    this.startHeight();
  }

  peerConnected(peer: Did): void {
    this.dispatch({ type: 'PeerConnected', peer });
  }

  stop(): void {
    this.isStopped = true;
    this.cancelHeartbeat();
    this.cancelBatchWait?.();
  }

  private dispatch(event: ConsensusEvent, afterwards: (effects: readonly Effect[]) => void = () => undefined): void {
    this.pendingEvents.push({ event, afterwards });
    if (this.isStepping) return;
    this.isStepping = true;
    for (let next = this.pendingEvents.shift(); next !== undefined && !this.isStopped; next = this.pendingEvents.shift()) {
      const { state, effects } = step(this.state, next.event, this.environment);
      this.state = state;
      this.effects.push(effects);
      next.afterwards(effects);
    }
    this.isStepping = false;
  }

  private perform(effect: Exclude<Effect, { type: 'Persist' }>): void {
    if (this.isStopped) return;
    switch (effect.type) {
      case 'Broadcast':
        return this.options.broadcast(encodeMessage(effect.message));
      case 'Send':
        return this.options.send(effect.to, encodeMessage(effect.message));
      case 'StartTimer':
        return this.startTimer(effect.timer, effect.afterMs);
      case 'BuildValue':
        this.buildRequest = { height: effect.height, round: effect.round };
        return this.tryToBuild();
      case 'Commit':
        return this.commit(effect);
      case 'ReportEquivocation':
        return this.options.observe('consensus.equivocation', evidence(effect.first, effect.second));
      case 'Dropped':
        if (effect.verdict === 'reject') {
          const { kind, from, height, round } = effect.message;
          this.options.observe('consensus.rejected', { code: effect.code, kind, from, height, round });
        }
        return;
    }
  }

  private startTimer(timer: Timer, afterMs: number): void {
    this.options.clock.after(afterMs, () => {
      if (timer.kind === 'round') this.options.observe('consensus.round-expired', { height: timer.height, round: timer.round });
      this.dispatch({ type: 'TimerFired', timer });
    });
  }

  private commit(effect: Extract<Effect, { type: 'Commit' }>): void {
    const { chain, journal, observe } = this.options;
    // Catching up may have been faster than this node's own count of seals.
    if (effect.height !== chain.next.height) return;
    const block = this.blockOf(effect.value);
    const judged = chain.judge(block, undefined);
    assertInvariant(judged.ok, 'INV-CONS-1', { height: effect.height, hash: block.hash, ...(judged.ok ? {} : { code: judged.code }) });
    chain.append(block, { height: effect.height, round: effect.round, blockHash: block.hash, seals: effect.seals });
    observe('block.appended', { height: effect.height, round: effect.round, entries: block.entries.length, hash: block.hash });
    // A vote is durable before the blocks before it may be: what the chain could still lose, the journal must still know.
    journal.prune(Math.min(effect.height, chain.durableHeight + 1));
    this.options.onAppended(block);
    this.startHeight();
  }

  /** Answers the core's request for a value once there is something to propose. */
  private tryToBuild(): void {
    const request = this.buildRequest;
    if (request === undefined || this.cancelBatchWait !== undefined) return;
    // After a failed round an empty block is better than another failed round.
    const mayBeEmpty = request.round > 0 || this.isHeartbeatDue;
    if (!mayBeEmpty && !this.options.hasWork()) return;
    this.cancelBatchWait = this.options.clock.after(mayBeEmpty ? 0 : this.options.chain.next.parameters.batchWaitMs, () => {
      this.cancelBatchWait = undefined;
      this.build(request, mayBeEmpty);
    });
  }

  private build(request: { readonly height: Height; readonly round: number }, mayBeEmpty: boolean): void {
    const { chain, clock, candidates, self, onLeftOut } = this.options;
    if (this.buildRequest !== request || request.height !== chain.next.height) return;
    const built = chain.build(candidates(chain.next.parameters.blockEntriesMax), self, clock.now());
    for (const { id, code, detail } of built.leftOut) onLeftOut(id, code, detail);
    if (built.block.entries.length === 0 && !mayBeEmpty) return;
    this.buildRequest = undefined;
    this.dispatch({ type: 'ValueBuilt', height: request.height, round: request.round, value: valueOf(built.block) });
  }

  private readValue(bytes: Uint8Array): Result<Value> {
    const block = this.options.chain.read(bytes);
    return block.ok ? success(valueOf(block.value)) : block;
  }

  private judge(value: Value, isNew: boolean): Result<unknown> {
    const judged = this.options.chain.judge(this.blockOf(value), isNew ? this.options.clock.now() : undefined);
    if (!judged.ok) this.options.observe('block.refused', { hash: value.digest, code: judged.code, detail: judged.detail });
    return judged;
  }

  private blockOf(value: Value): Block {
    const candidate = this.options.chain.candidate(value.digest as BlockHash);
    if (candidate !== undefined) return candidate;
    const block = this.options.chain.read(value.bytes);
    assertInvariant(block.ok, 'INV-CHAIN-3', { digest: value.digest });
    return block.value;
  }
}

function valueOf(block: Block): Value {
  return { digest: block.hash, proposer: block.header.proposer, bytes: block.bytes };
}

function evidence(first: ConsensusMessage, second: ConsensusMessage): Readonly<Record<string, unknown>> {
  return { organization: first.from, kind: first.kind, height: first.height, round: first.round, second: second.kind };
}
