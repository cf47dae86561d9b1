import { Entity, Index } from 'typeorm';
import { KeyText, Text, Time } from './columns.js';

/** Somebody of this organisation. The id is the WebAuthn user handle too. */
@Index('person_name_idx', ['name', 'id'])
@Entity('person')
export class PersonRow {
  @KeyText('person_pkey') id!: string;
  @Text() name!: string;
  @Text() role!: string;
  /** active, disabled */
  @Text() status!: string;
  @Time() createdAt!: Date;
}
