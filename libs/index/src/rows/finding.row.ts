import { Entity, Index } from 'typeorm';
import { Json, KeySmall, KeyText, KeyWhole, Text } from './columns.js';

@Index('finding_code_idx', ['code', 'position'])
@Index('finding_author_idx', ['author', 'position'])
@Entity('finding')
export class FindingRow {
  @KeyText('finding_pkey') itemKey!: string;
  /** Of the event whose claim contradicts the ledger. */
  @Index('finding_position_idx') @KeyWhole('finding_pkey') position!: number;
  /** Place among the entry's findings. */
  @KeySmall('finding_pkey') ordinal!: number;
  @Text() code!: string;
  /** Whose claim it is. */
  @Text() author!: string;
  @Json() contradicts!: readonly string[];
  @Text() detail!: string;
}
