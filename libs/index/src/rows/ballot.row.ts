import { Entity } from 'typeorm';
import { KeyText, Text } from './columns.js';

/** Who voted how; when and with which key stands in the entry. */
@Entity('ballot')
export class BallotRow {
  @KeyText('ballot_pkey') proposal!: string;
  @KeyText('ballot_pkey') organization!: string;
  @Text() choice!: string;
  @Text() entryId!: string;
}
