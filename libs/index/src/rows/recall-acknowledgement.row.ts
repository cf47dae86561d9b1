import { Entity } from 'typeorm';
import { Json, KeyText, KeyWhole, Text } from './columns.js';

/** What an organisation answered to a recall; of several the latest counts. */
@Entity('recall_acknowledgement')
export class RecallAcknowledgementRow {
  @KeyText('recall_acknowledgement_pkey') recall!: string;
  /** Of the acknowledgement on the chain; see `eventPosition`. */
  @KeyWhole('recall_acknowledgement_pkey') position!: number;
  @Text() author!: string;
  @Text() entryId!: string;
  @Text({ nullable: true }) note!: string | null;
  /** As `RecallQuantityDto`. */
  @Json() quantities!: readonly unknown[];
}
