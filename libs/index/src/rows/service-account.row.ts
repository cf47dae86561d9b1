import { Entity } from 'typeorm';
import { Json, KeyText, Text, Time } from './columns.js';

/** A system that may use the API. */
@Entity('service_account')
export class ServiceAccountRow {
  @KeyText('service_account_pkey') id!: string;
  @Text() name!: string;
  @Json() scopes!: readonly string[];
  /** active, disabled */
  @Text() status!: string;
  @Time() createdAt!: Date;
}
