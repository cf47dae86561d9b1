import { Entity, Index } from 'typeorm';
import { KeyWhole, Small, Text, Time, Whole } from './columns.js';

@Entity('block')
export class BlockRow {
  @KeyWhole('block_pkey') height!: number;
  @Text() hash!: string;
  @Text() parentHash!: string;
  @Index('block_time_idx') @Time() time!: Date;
  @Text() proposer!: string;
  @Small() entryCount!: number;
  @Small() sizeBytes!: number;
  @Text() entriesRoot!: string;
  @Whole() logSize!: number;
  @Text() logRoot!: string;
  @Text() stateRoot!: string;
}
