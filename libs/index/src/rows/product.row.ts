import { Entity } from 'typeorm';
import { KeyText, Text } from './columns.js';

@Entity('product')
export class ProductRow {
  @KeyText('product_pkey') gtin!: string;
  @Text() name!: string;
  @Text({ nullable: true }) description!: string | null;
  /** As written; `jsonb` would reorder members and rewrite numbers. */
  @Text({ nullable: true }) attributesJson!: string | null;
  @Text() owner!: string;
  @Text() registeredBy!: string;
}
