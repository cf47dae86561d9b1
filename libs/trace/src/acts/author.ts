import { failure, type Failure, type RecordReader, type RecordWriter, type Result } from '#codec';
import { mayWrite, ORGANIZATION, type Did } from '#identity';
import type { EntryAction, ExecutionContext, Finding } from '#ledger';

/** Carries an action out; called only when its author may write. */
type Run = (state: RecordWriter, context: ExecutionContext) => Result<readonly Finding[]>;

/** An action that first asks whether its author may write at all. */
export function makeAction<Fields extends { readonly kind: string }>(fields: Fields, run: Run): Fields & EntryAction {
  return { ...fields, execute: (state, context) => refuseAuthor(state, context.author) ?? run(state, context) };
}

function refuseAuthor(state: RecordReader, author: Did): Failure | undefined {
  const organization = state.get(ORGANIZATION, author);
  if (organization?.status !== 'active')
    return failure('IDENTITY_ORGANIZATION_NOT_ACTIVE', `${author} is not an active organisation`);
  if (!mayWrite(organization))
    return failure('IDENTITY_AUDITOR_CANNOT_WRITE', 'an organisation that only audits writes no entries');
  return undefined;
}
