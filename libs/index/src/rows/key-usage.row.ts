import { Entity } from 'typeorm';
import { KeyText, Whole } from './columns.js';

/** How often a key has signed: counted while projecting, because counting entries takes longer the longer a chain is. */
@Entity('key_usage')
export class KeyUsageRow {
  @KeyText('key_usage_pkey') keyId!: string;
  @Whole() entries!: number;
  @Whole() firstHeight!: number;
  @Whole() lastHeight!: number;
}
