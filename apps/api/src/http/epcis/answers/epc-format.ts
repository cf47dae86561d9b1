import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject, JsonValue } from '#codec';
import type { IndexReads } from '#index';
import { companyPrefixLength, toEpcUrn, translateEvent, type CompanyPrefixLength, type EpcFormat } from '#trace';
import { GS1_PREFIX_LENGTHS, INDEX_READS } from '../../parts.js';
import { whileDatabaseIsUp } from '../../reads/index-reader.js';

/** How identifiers are spelled in one answer. */
export interface EpcSpelling {
  event(event: JsonObject): JsonValue;
  /** @param key - a canonical key: a Digital Link where it is a GS1 key */
  id(key: string): string;
}

const ORGANIZATIONS_PER_PAGE = 200;

/** The header `GS1-EPC-Format`, carried out. */
@Injectable()
export class EpcFormats {
  constructor(
    @Inject(INDEX_READS) private readonly reads: IndexReads,
    @Inject(GS1_PREFIX_LENGTHS) private readonly listed: CompanyPrefixLength,
  ) {}

  async spelling(format: EpcFormat): Promise<EpcSpelling> {
    const lengthOf = format === 'Always_EPC_URN' ? await this.prefixLengths() : () => undefined;
    return {
      event: (event) => translateEvent(event, format, lengthOf),
      id: (key) => {
        if (format !== 'Always_EPC_URN') return key;
        const translation = toEpcUrn(key, lengthOf);
        return translation.translated ? translation.id : key;
      },
    };
  }

  /** An EPC URN shows where the company prefix ends: the ledger knows it of the organisations that registered theirs, else GS1's list. */
  private async prefixLengths(): Promise<CompanyPrefixLength> {
    const prefixes: string[] = [];
    let cursor: string | undefined;
    do {
      const request = { limit: ORGANIZATIONS_PER_PAGE, ...(cursor !== undefined && { cursor }) };
      const page = await whileDatabaseIsUp(() => this.reads.organizations({}, request));
      prefixes.push(...page.items.flatMap(({ gs1CompanyPrefixes }) => gs1CompanyPrefixes));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const registered = companyPrefixLength(prefixes.map((prefix) => [prefix, prefix.length]));
    return (digits) => registered(digits) ?? this.listed(digits);
  }
}
