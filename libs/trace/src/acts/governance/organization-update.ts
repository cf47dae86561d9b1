import { success, type Result } from '#codec';
import { updateOrganization, type ProfileChange } from '#identity';
import type { EntryAction } from '#ledger';
import type { FieldReader } from '../../field-reader.js';
import { BY_ADMIN, governanceAction, type GovernanceOptions } from './governance-action.js';
import {
  readApiUrl,
  readContact,
  readFurtherGlns,
  readGln,
  readName,
  readNames,
  readNodeAddress,
} from './governance-fields.js';

export const ORGANIZATION_UPDATE = 'organization.update';

export interface OrganizationUpdate extends EntryAction {
  readonly kind: typeof ORGANIZATION_UPDATE;
  /** null takes a member away, undefined leaves it as it is. */
  readonly change: ProfileChange;
}

const FIELDS: ReadonlySet<string> = new Set([
  'name',
  'names',
  'contact',
  'gln',
  'furtherGlns',
  'nodeAddress',
  'apiUrl',
]);

/** An organisation changes what it says about itself. */
export function readOrganizationUpdate(content: FieldReader, options: GovernanceOptions): Result<OrganizationUpdate> {
  content.onlyFields(FIELDS, 'no-extensions');
  const change: ProfileChange = {
    name: content.has('name') ? readName(content) : undefined,
    names: nullable(content, 'names', readNames),
    contact: nullable(content, 'contact', readContact),
    gln: nullable(content, 'gln', readGln),
    furtherGlns: nullable(content, 'furtherGlns', readFurtherGlns),
    nodeAddress: nullable(content, 'nodeAddress', readNodeAddress),
    apiUrl: nullable(content, 'apiUrl', readApiUrl),
  };
  if (content.problems.first !== undefined) return content.problems.first;
  const fields = { kind: ORGANIZATION_UPDATE, ...BY_ADMIN, change } as const;
  return success(governanceAction(fields, options, (state, { author }) => updateOrganization(state, author, change)));
}

function nullable<T>(content: FieldReader, name: string, read: (content: FieldReader) => T): T | null | undefined {
  if (!content.has(name)) return undefined;
  return content.object.get(name) === null ? null : read(content);
}
