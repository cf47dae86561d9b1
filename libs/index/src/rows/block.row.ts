import { Entity } from 'typeorm';
import { KeyWhole, Small, Text, Time, Whole } from './columns.js';

@Entity('block')
export class BlockRow {
  @KeyWhole('block_pkey') height!: number;
  @Text() hash!: string;
  @Text() parentHash!: string;
  @Time() time!: Date;
  @Text() proposer!: string;
  @Small() entryCount!: number;
  @Small() sizeBytes!: number;
  @Text() entriesRoot!: string;
  @Whole() logSize!: number;
  @Text() logRoot!: string;
  @Text() stateRoot!: string;
}
