import { failure, success, type RecordWriter, type Result } from '#codec';
import type { OrganizationProfile } from '../governance.types.js';
import type { Did } from '../names.js';
import type { Organization } from '../organization.js';
import { ORGANIZATION } from '../records.js';

/** New values; null takes a member away, undefined leaves it as it is. */
export type ProfileChange = { readonly name?: string | undefined } & {
  readonly [Name in Exclude<keyof OrganizationProfile, 'name'>]?: OrganizationProfile[Name] | null | undefined;
};

/** An organisation changes what it says about itself. Its author was authenticated, its members are well-formed. */
export function updateOrganization(
  state: RecordWriter,
  author: Did,
  change: ProfileChange,
): Result<void, 'GOVERNANCE_NOTHING_TO_CHANGE'> {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  if (given.length === 0) return failure('GOVERNANCE_NOTHING_TO_CHANGE', 'nothing is to be changed');
  const changed = { ...(state.get(ORGANIZATION, author) as Organization), ...Object.fromEntries(given) };
  const kept = Object.entries(changed).filter(([, value]) => value !== null);
  state.put(ORGANIZATION, author, Object.fromEntries(kept) as unknown as Organization);
  return success(undefined);
}
