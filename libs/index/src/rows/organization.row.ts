import { Entity } from 'typeorm';
import { Json, KeyText, Text, Whole } from './columns.js';

@Entity('organization')
export class OrganizationRow {
  @KeyText('organization_pkey') did!: string;
  @Text() name!: string;
  @Json() roles!: readonly string[];
  @Json() gs1CompanyPrefixes!: readonly string[];
  @Text({ nullable: true }) gln!: string | null;
  @Text() status!: string;
  @Whole() since!: number;
  /** In the order in which they were registered. */
  @Json() keyIds!: readonly string[];
  /** By language tag. */
  @Json({ nullable: true }) names!: Readonly<Record<string, string>> | null;
  @Text({ nullable: true }) contact!: string | null;
  @Json() furtherGlns!: readonly string[];
  @Text({ nullable: true }) nodeAddress!: string | null;
  @Text({ nullable: true }) apiUrl!: string | null;
}
