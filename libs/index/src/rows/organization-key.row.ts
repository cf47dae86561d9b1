import { Entity, Index } from 'typeorm';
import { Flag, KeyText, Text, Whole } from './columns.js';

@Entity('organization_key')
export class OrganizationKeyRow {
  @KeyText('organization_key_pkey') keyId!: string;
  @Index('organization_key_organization_idx') @Text() organization!: string;
  @Text() publicKey!: string;
  @Text() purpose!: string;
  @Whole() validFrom!: number;
  @Whole({ nullable: true }) validUntil!: number | null;
  @Flag() revoked!: boolean;
  /** Entries at this height or later are disputed. */
  @Whole({ nullable: true }) notTrustedFrom!: number | null;
}
