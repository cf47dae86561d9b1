import type { Api } from '#sdk';

export type KeyStatus = 'valid' | 'coming' | 'overlap' | 'retired' | 'revoked';

/** What a key is good for at a height: at its first it is valid, at its last no longer. */
export function keyStatus({ validFrom, validUntil, revoked }: Api.OrganizationKey, height: number): KeyStatus {
  if (revoked) return 'revoked';
  if (height < validFrom) return 'coming';
  if (validUntil === null) return 'valid';
  return height < validUntil ? 'overlap' : 'retired';
}
