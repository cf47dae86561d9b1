import { Entity } from 'typeorm';
import { Json, KeyText, KeyWhole } from './columns.js';

/**
 * What a record said that the organisations decide about (organisation, validators, parameters, thresholds), from a height on: the
 * state keeps only the present, and a decision is understood by what was before it.
 */
@Entity('record_version')
export class RecordVersionRow {
  /** Prefix of the state record. */
  @KeyText('record_version_pkey') record!: string;
  @KeyText('record_version_pkey') id!: string;
  /** Of the block that wrote it. */
  @KeyWhole('record_version_pkey') height!: number;
  @Json() value!: object;
}
