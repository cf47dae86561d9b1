import { bytesEqual } from '#codec';
import type { ConsensusMessage } from '#consensus';
import type { Did, Height } from '#identity';
import type { BlockHash, BlockHeader, EntryId } from '#ledger';

/** A promise of the protocol that did not hold in a simulated world. */
export class Violation extends Error {
  constructor(
    readonly check: 'agreement' | 'no double vote' | 'nothing final is lost' | 'all go on' | 'no crash of the program',
    detail: string,
  ) {
    super(`${check}: ${detail}`);
  }
}

/** Watches a world from outside the nodes and remembers across their crashes. */
export class Checks {
  private readonly finalised = new Map<Height, { readonly hash: BlockHash; readonly by: Did }>();
  private readonly votes = new Map<string, string>();
  private readonly finalEntries = new Map<EntryId, Height>();
  private readonly changedAfter = new Set<Height>();
  highest: Height = 0;

  /** No two nodes ever finalise different blocks at one height. */
  blockFinal(by: Did, height: Height, hash: BlockHash): void {
    const earlier = this.finalised.get(height);
    if (earlier === undefined) {
      this.finalised.set(height, { hash, by });
      this.highest = Math.max(this.highest, height);
    } else if (earlier.hash !== hash) {
      throw new Violation('agreement', `height ${height}: ${earlier.by} has ${earlier.hash}, ${by} has ${hash}`);
    }
  }

  /** Counts the heights whose validators differ from those before. */
  validatorsKnown({ height, validatorsHash, nextValidatorsHash }: BlockHeader): void {
    if (!bytesEqual(validatorsHash, nextValidatorsHash)) this.changedAfter.add(height);
  }

  get validatorChanges(): number {
    return this.changedAfter.size;
  }

  /** No node ever sends two different votes for one height, round and kind, whatever it forgot in between. */
  messageSent(message: ConsensusMessage): void {
    const { from, kind, height, round } = message;
    const about = message.kind === 'round-change' ? `${message.prepared?.round}/${message.prepared?.digest}` : message.digest;
    const key = `${from}/${height}/${round}/${kind}`;
    const earlier = this.votes.get(key);
    if (earlier === undefined) this.votes.set(key, about);
    else if (earlier !== about) throw new Violation('no double vote', `${key}: ${earlier}, then ${about}`);
  }

  /** A client was told that its entry is final. */
  entryFinal(id: EntryId, height: Height): void {
    const earlier = this.finalEntries.get(id);
    if (earlier !== undefined && earlier !== height) {
      throw new Violation('nothing final is lost', `entry ${id}: final at ${earlier}, then at ${height}`);
    }
    this.finalEntries.set(id, height);
  }

  /** At the end: every node has every finalised block and every entry that a client was told about. */
  atTheEnd(node: Did, hashAt: (height: Height) => BlockHash | undefined, heightOf: (id: EntryId) => Height | undefined): void {
    for (const [height, { hash }] of this.finalised) {
      if (hashAt(height) !== hash) throw new Violation('nothing final is lost', `${node} does not have block ${height}`);
    }
    for (const [id, height] of this.finalEntries) {
      if (heightOf(id) !== height) throw new Violation('nothing final is lost', `${node} does not have entry ${id} at ${height}`);
    }
  }

  get entriesFinal(): number {
    return this.finalEntries.size;
  }
}
