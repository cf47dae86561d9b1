import type { AccessRecords, AuditFact } from '#index';

/** An organisation of nobody: only the key of the configuration opens. The real records are tested with PostgreSQL. */
export function noAccess(facts: AuditFact[] = []): AccessRecords {
  const none = () => Promise.resolve(undefined);
  return {
    people: { passkey: none } as unknown as AccessRecords['people'],
    links: { byToken: none } as unknown as AccessRecords['links'],
    sessions: { find: none } as unknown as AccessRecords['sessions'],
    challenges: { give: none, take: () => Promise.resolve(false) } as unknown as AccessRecords['challenges'],
    services: { usableKey: none } as unknown as AccessRecords['services'],
    audit: {
      append: (_context: unknown, fact: AuditFact) => Promise.resolve(void facts.push(fact)),
    } as unknown as AccessRecords['audit'],
  };
}
