import { toHex, sha256, utf8Encode } from '#codec';
import { DEFAULT_PARAMETERS, type Did, type NetworkId } from '#identity';
import { decodeStatement, type BlockHash, type ChainHead, type EntryId, type NextHeight } from '#ledger';
import type { EntryStatus, LadingNode, PeerReport } from '#node';

const ZERO = new Uint8Array(32);

interface Kept {
  readonly statement: Uint8Array;
  readonly content: Uint8Array;
  status: EntryStatus;
  readonly listeners: Set<(status: EntryStatus) => void>;
}

export interface FakeNode extends LadingNode {
  /** Milliseconds ahead of the peers. */
  clockOffset: number | undefined;
  /** What was submitted, in order. */
  readonly submitted: readonly { readonly statement: Uint8Array; readonly content: Uint8Array }[];
  /** Decides each new entry: at once final by default. */
  decide: (entry: { readonly id: EntryId; readonly content: Uint8Array }) => EntryStatus | { readonly refuse: string };
  /** Makes a waiting entry final or rejected. */
  settle(id: EntryId, status: EntryStatus): void;
}

/** A node without a network: every entry that it takes is final in a block of its own, unless `decide` says otherwise. */
export function fakeNode(options: {
  readonly self: Did;
  readonly networkId: NetworkId;
  readonly validators?: readonly { readonly id: string; readonly connected: boolean }[];
  readonly peers?: readonly PeerReport[];
}): FakeNode {
  const kept = new Map<EntryId, Kept>();
  const submitted: { statement: Uint8Array; content: Uint8Array }[] = [];
  let height = 0;

  const node: FakeNode = {
    clockOffset: undefined,
    submitted,
    decide: () => ({ status: 'final', position: { height: ++height, index: 0 } }),
    settle(id, status) {
      const entry = kept.get(id);
      if (entry === undefined) throw new Error(`no entry ${id}`);
      entry.status = status;
      for (const listener of entry.listeners) listener(status);
      entry.listeners.clear();
    },
    start: () => undefined,
    stop: () => Promise.resolve(),
    submit({ statement, content }) {
      const decoded = decodeStatement(statement);
      if (!decoded.ok) return decoded;
      const id = decoded.value.entryId;
      if (kept.has(id)) return { ok: true, value: id };
      const decision = node.decide({ id, content });
      if ('refuse' in decision) return { ok: false, code: decision.refuse, detail: 'refused by the test' };
      submitted.push({ statement, content });
      kept.set(id, { statement, content, status: { status: 'pending' }, listeners: new Set() });
      if (decision.status !== 'pending') setImmediate(() => node.settle(id, decision));
      return { ok: true, value: id };
    },
    status: (id) => kept.get(id)?.status ?? { status: 'unknown' },
    onOutcome(id, listener) {
      const entry = kept.get(id);
      if (entry === undefined || entry.status.status !== 'pending') {
        listener(node.status(id));
        return () => undefined;
      }
      entry.listeners.add(listener);
      return () => entry.listeners.delete(listener);
    },
    head: () => headAt(height, options),
    // Of the next height the API asks for nothing but the parameters.
    next: () => ({ height: height + 1, parameters: DEFAULT_PARAMETERS }) as NextHeight,
    committed: () => undefined,
    entry(id) {
      const entry = kept.get(id);
      const decoded = entry && decodeStatement(entry.statement);
      if (entry?.status.status !== 'final' || decoded?.ok !== true) return undefined;
      return {
        entry: {
          statement: decoded.value,
          content: entry.content,
          leafHash: ZERO,
          action: { kind: decoded.value.kind, execute: () => ({ ok: true, value: [] }) },
          size: 0,
        },
        position: entry.status.position,
      };
    },
    durableHeight: () => height,
    onCommitted: () => () => undefined,
    validators: () =>
      (options.validators ?? [{ id: options.self, connected: false }]).map(({ id, connected }) => ({
        id: id as Did,
        isSelf: id === options.self,
        connected,
        lastSealHeight: undefined,
        reportedHeight: undefined,
      })),
    peers: () => options.peers ?? [],
    clockOffsetMs: () => node.clockOffset,
    pool: () => ({ entries: 0, bytes: 0 }),
  };
  return node;
}

function headAt(height: number, { self, networkId }: { readonly self: Did; readonly networkId: NetworkId }): ChainHead {
  const hash = toHex(sha256(utf8Encode(`block ${height}`))) as BlockHash;
  return {
    hash,
    certificate: null,
    header: {
      version: 1,
      networkId,
      height,
      time: 1_700_000_000_000 + height,
      parentHash: hash,
      proposer: self,
      entriesRoot: ZERO,
      logSize: height,
      logRoot: ZERO,
      stateRoot: ZERO,
      validatorsHash: ZERO,
      nextValidatorsHash: ZERO,
      paramsHash: ZERO,
      parentCertificateHash: ZERO,
    },
  };
}
