import { assertInvariant, decodeCbor, encodeCbor, failure, success, utf8Decode, type RecordType } from '#codec';
import { extendHistory, type EntryRules } from '#ledger';

/** How many notes a subject has, and the digest of its history. */
export interface Notes {
  readonly count: number;
  readonly digest: Uint8Array;
}

export const NOTES: RecordType<Notes> = {
  prefix: 'notes',
  encode: ({ count, digest }) => encodeCbor([count, digest]),
  decode(bytes) {
    const decoded = decodeCbor(bytes);
    assertInvariant(decoded.ok, 'INV-STATE-2', { record: 'notes' });
    const [count, digest] = decoded.value as [number, Uint8Array];
    return { count, digest };
  },
};

/**
 * The smallest rules that use everything: kind `test.note`, content `note`, `delete` or `refuse`. A note that says `odd` is
 * recorded with a finding.
 */
export const noteRules: EntryRules = {
  read(statement, content) {
    if (statement.kind !== 'test.note') return failure('ENTRY_UNKNOWN_KIND', `unknown kind ${statement.kind}`);
    const text = utf8Decode(content);
    if (text === undefined) return failure('TEST_NOT_TEXT', 'a note is text');
    return success({
      kind: statement.kind,
      execute(state, { entryId }) {
        const before = state.get(NOTES, statement.subject);
        if (text === 'delete') state.remove(NOTES, statement.subject);
        else
          state.put(NOTES, statement.subject, {
            count: (before?.count ?? 0) + 1,
            digest: extendHistory(before?.digest, entryId),
          });
        // After the write on purpose: what a refused entry wrote must be gone.
        if (text === 'refuse') return failure('TEST_REFUSED', 'this note asks to be refused');
        if (text !== 'odd') return success([]);
        return success([
          { code: 'FINDING_ODD', item: statement.subject, eventIndex: 0, contradicts: [entryId], detail: 'odd' },
        ]);
      },
    });
  },
};
