import { ThingLink } from '../../components/ids.js';

/** What an entry is about: an item where it is a URI of one, else the text as it stands. */
export function SubjectLink({ subject }: { readonly subject: string }) {
  return subject.startsWith('https://id.gs1.org/') ? (
    <ThingLink id={subject} withCopy={false} />
  ) : (
    <span title={subject}>{subject}</span>
  );
}
