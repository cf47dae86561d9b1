import type { EntryId, Finding } from '#ledger';

/** docs/protocol/findings.md says when each is made. */
export type FindingCode =
  | 'FINDING_COMMISSIONED_TWICE'
  | 'FINDING_NOT_OWNER_OR_CUSTODIAN'
  | 'FINDING_ALREADY_CONTAINED'
  | 'FINDING_NOT_IN_CONTAINER'
  | 'FINDING_CONTAINED_IN_ITSELF'
  | 'FINDING_CONTAINER_LIMIT'
  | 'FINDING_USED_AFTER_DESTROYED'
  | 'FINDING_FOREIGN_PREFIX'
  | 'FINDING_CONSUMED_MORE_THAN_PRODUCED'
  | 'FINDING_FASTER_THAN_ANY_VEHICLE';

/** Findings of one entry, in the order in which its events and their items stand; each (event, item, code) once. */
export class FindingLog {
  readonly findings: Finding[] = [];
  private readonly seen = new Set<string>();

  add(
    code: FindingCode,
    at: { readonly item: string; readonly eventIndex: number },
    because: { readonly contradicts: readonly (EntryId | undefined)[]; readonly detail: string },
  ): void {
    const identity = `${at.eventIndex} ${code} ${at.item}`;
    if (this.seen.has(identity)) return;
    this.seen.add(identity);
    this.findings.push({
      code,
      item: at.item,
      eventIndex: at.eventIndex,
      contradicts: because.contradicts.filter((entry) => entry !== undefined),
      detail: because.detail,
    });
  }
}
