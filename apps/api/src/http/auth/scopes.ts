/** What a caller may be allowed, one word per kind of act (docs/reference/access.md#scopes). */
export const SCOPES = [
  'read',
  'capture',
  'products',
  'transfer',
  'recall',
  'subscriptions',
  'metrics',
  'audit',
  'admin',
  'governance',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Roles of people. */
export const ROLES = ['admin', 'operator', 'quality', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const SCOPES_OF_ROLE: Readonly<Record<Role, readonly Scope[]>> = {
  admin: SCOPES,
  operator: ['read', 'capture', 'products', 'transfer', 'subscriptions', 'metrics'],
  quality: ['read', 'capture', 'recall'],
  viewer: ['read'],
};

export function scopesOfRole(role: Role): readonly Scope[] {
  return SCOPES_OF_ROLE[role];
}
