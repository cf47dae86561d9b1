import { Entity, Index } from 'typeorm';
import { KeySmall, KeyWhole, Small, Text, Whole } from './columns.js';

/** An entry without its content, which stays in the chain store. */
@Index('entry_key_idx', ['keyId', 'height', 'index'])
@Entity('entry')
export class EntryRow {
  @KeyWhole('entry_pkey') height!: number;
  @KeySmall('entry_pkey') index!: number;
  /** Position in the chain's log. */
  @Whole() logIndex!: number;
  @Index('entry_id_key', { unique: true }) @Text() id!: string;
  @Text() kind!: string;
  @Text() author!: string;
  @Text() subject!: string;
  @Text() keyId!: string;
  @Text() contentType!: string;
  @Text() contentHash!: string;
  @Small() sizeBytes!: number;
}
