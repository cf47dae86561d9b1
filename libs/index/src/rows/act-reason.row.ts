import { Entity } from 'typeorm';
import { KeyText, Text } from './columns.js';

/** What an organisation wrote about why: of proposals, ballots, withdrawals, revocations and recoveries. No rule depends on it. */
@Entity('act_reason')
export class ActReasonRow {
  @KeyText('act_reason_pkey') entryId!: string;
  @Text() reason!: string;
}
