import { Inject, Injectable } from '@nestjs/common';
import type { EventSearches } from '#index';
import { canonicalId } from '#trace';
import { EVENT_SEARCH } from '../../parts.js';
import { ApiProblem } from '../../problem/problem.js';
import { whileDatabaseIsUp } from '../../reads/index-reader.js';
import type { PageAsked } from '../paging/pages.js';
import type { ResourceFamily } from './resource-families.js';

/** A cursor among the values that the standard itself names; what follows them is a cursor of the index. */
const AMONG_STANDARD = /^standard:([0-9]{1,4})$/;

/** The values of a resource family: those of the standard, then those that events brought. */
@Injectable()
export class ResourceValues {
  constructor(@Inject(EVENT_SEARCH) private readonly search: EventSearches) {}

  async list(
    family: ResourceFamily,
    { perPage, cursor }: PageAsked,
  ): Promise<{ readonly values: readonly string[]; readonly nextCursor: string | null }> {
    const { standard } = family;
    const from = cursor === undefined ? 0 : Number(AMONG_STANDARD.exec(cursor)?.[1] ?? standard.length);
    if (standard.length - from > perPage) {
      return { values: standard.slice(from, from + perPage), nextCursor: `standard:${from + perPage}` };
    }
    const own = standard.slice(from);
    const page = await whileDatabaseIsUp(() =>
      this.search.values(family.path, {
        limit: Math.max(perPage - own.length, 1),
        ...(cursor !== undefined && !AMONG_STANDARD.test(cursor) && { cursor }),
      }),
    );
    return {
      values: [...own, ...page.items.filter((value) => !standard.includes(value))],
      nextCursor: page.nextCursor,
    };
  }

  /** @throws ApiProblem API_NOT_FOUND when neither the standard nor an event knows the value */
  async assertKnown(family: ResourceFamily, value: string): Promise<void> {
    const wanted = family.values === 'words' ? bareWord(value) : keyOf(value);
    if (family.standard.includes(wanted)) return;
    if (await whileDatabaseIsUp(() => this.search.exists(family.path, wanted))) return;
    throw new ApiProblem('API_NOT_FOUND', `No event that is recorded here has this ${family.parameter}.`);
  }
}

/** A term of the CBV may be spelled as the URI that its context makes of it. */
function bareWord(value: string): string {
  return (
    /^(?:urn:epcglobal:cbv:(?:bizstep|disp):|https?:\/\/ns\.gs1\.org\/cbv\/(?:BizStep|Disp)-)(\w+)$/.exec(value)?.[1] ??
    value
  );
}

function keyOf(value: string): string {
  const id = canonicalId(value);
  return id.ok ? id.value.key : value;
}
