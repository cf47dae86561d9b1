import { Entity, Index } from 'typeorm';
import { KeySmall, KeyWhole, Small, Text } from './columns.js';

/** An entry without its content, which stays in the chain store. */
@Entity('entry')
export class EntryRow {
  @KeyWhole('entry_pkey') height!: number;
  @KeySmall('entry_pkey') index!: number;
  @Index('entry_id_key', { unique: true }) @Text() id!: string;
  @Text() kind!: string;
  @Text() author!: string;
  @Text() subject!: string;
  @Text() keyId!: string;
  @Text() contentType!: string;
  @Text() contentHash!: string;
  @Small() sizeBytes!: number;
}
