import type { PageRequest } from '../../queries.types.js';

/** Who did something: a person, a service account, the key of the configuration, the node itself, the operator at the machine, nobody known. */
export interface Actor {
  readonly kind: 'person' | 'service' | 'bootstrap' | 'node' | 'operator' | 'unknown';
  readonly id: string | null;
  readonly name: string | null;
}

/** Under whose name and in which request an act is recorded. */
export interface ActContext {
  readonly actor: Actor;
  readonly requestId: string | null;
  /** Of the client. */
  readonly address: string | null;
}

/** What was done; never a secret. */
export interface AuditFact {
  /** For instance `person.invited`, or an operation of the API. */
  readonly action: string;
  readonly target?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface AuditEventDto {
  /** 1, 2, 3, … */
  readonly seq: number;
  readonly time: string;
  readonly actor: Actor;
  readonly action: string;
  readonly target: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;
  readonly address: string | null;
  readonly previousHash: string;
  readonly hash: string;
}

export interface AuditFilter {
  readonly action?: string;
  /** Id of the actor. */
  readonly actor?: string;
  /** RFC 3339 */
  readonly since?: string;
  readonly until?: string;
}

export interface AuditVerification {
  readonly isIntact: boolean;
  readonly count: number;
  readonly headSeq: number;
  /** Of the last event; note it elsewhere to find out later whether something was cut off. */
  readonly headHash: string;
  /** First sequence number that does not fit. */
  readonly brokenAt: number | null;
}

export interface AuditLogStore {
  append(context: ActContext, fact: AuditFact): Promise<void>;
  /** Newest first. */
  list(filter: AuditFilter, page?: PageRequest): Promise<ListPage<AuditEventDto>>;
  /** Oldest first, from after `seq`; at most `limit`. */
  after(seq: number, limit: number): Promise<readonly AuditEventDto[]>;
  /** @param noted - a head that was noted earlier */
  verify(noted?: { readonly seq: number; readonly hash: string }): Promise<AuditVerification>;
}

export interface ListPage<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface PersonDto {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly status: 'active' | 'disabled';
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
  readonly passkeys: number;
}

export interface PasskeyDto {
  /** Credential id, base64url. */
  readonly id: string;
  readonly personId: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  readonly isDeviceBound: boolean;
  readonly isBackedUp: boolean;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

export type NewPasskey = Omit<PasskeyDto, 'personId' | 'createdAt' | 'lastUsedAt'>;

export type LinkKind = 'first-admin' | 'invitation' | 'recovery';

export interface LinkDto {
  readonly id: string;
  readonly kind: LinkKind;
  readonly personId: string;
  readonly name: string | null;
  readonly role: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** What makes a link; the token itself stays with who asked for it. */
export interface NewLink {
  readonly id: string;
  /** SHA-256, hexadecimal */
  readonly tokenHash: string;
  readonly lifetimeMs: number;
}

export interface PeopleStore {
  list(page?: PageRequest): Promise<ListPage<PersonDto>>;
  get(id: string): Promise<PersonDto | undefined>;
  /** Disabling ends the person's sessions. */
  change(
    context: ActContext,
    id: string,
    change: { readonly name?: string; readonly role?: string; readonly status?: 'active' | 'disabled' },
  ): Promise<'changed' | 'unknown' | 'last-admin'>;
  passkeys(personId: string): Promise<readonly PasskeyDto[]>;
  /** Of an active person. */
  passkey(id: string): Promise<(PasskeyDto & { readonly personName: string; readonly role: string }) | undefined>;
  /** @returns false when this credential is registered already */
  addPasskey(context: ActContext, personId: string, passkey: NewPasskey): Promise<boolean>;
  removePasskey(context: ActContext, personId: string, id: string): Promise<'removed' | 'unknown' | 'last-passkey'>;
  /** @returns false when the counter has not grown: somebody may have a copy of the key */
  notePasskeyUse(id: string, use: { readonly counter: number; readonly isBackedUp: boolean }): Promise<boolean>;
}

export interface LinkStore {
  /** Withdraws an open link of its kind first. @returns false when there is an active admin or, unless `replace`, an open link */
  firstAdmin(context: ActContext, link: NewLink, options: { readonly replace: boolean; readonly evenWithAdmin: boolean }): Promise<boolean>;
  invite(context: ActContext, link: NewLink, person: { readonly name: string; readonly role: string }): Promise<LinkDto>;
  /** @returns undefined when there is no such active person */
  recovery(context: ActContext, link: NewLink, personId: string): Promise<LinkDto | undefined>;
  /** Open ones, newest first. */
  open(): Promise<readonly LinkDto[]>;
  withdraw(context: ActContext, id: string): Promise<boolean>;
  byToken(tokenHash: string): Promise<LinkDto | undefined>;
  /** Uses the link up. @returns undefined when it is no longer good or the credential is registered already */
  enrol(
    context: Omit<ActContext, 'actor'>,
    tokenHash: string,
    enrolment: { readonly name: string; readonly passkey: NewPasskey; readonly session: NewSession },
  ): Promise<SessionDto | undefined>;
}

export interface NewSession {
  readonly id: string;
  /** SHA-256, hexadecimal */
  readonly tokenHash: string;
  readonly address: string | null;
  readonly userAgent: string | null;
}

export interface SessionDto {
  readonly id: string;
  readonly personId: string;
  readonly personName: string;
  readonly role: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  /** Without a further request. */
  readonly idleExpiresAt: string;
  readonly expiresAt: string;
  readonly address: string | null;
  readonly userAgent: string | null;
}

export interface SessionStore {
  start(context: ActContext, personId: string, session: NewSession): Promise<SessionDto>;
  /** A session that is still good; counts as a sign of life. */
  find(tokenHash: string): Promise<SessionDto | undefined>;
  /** Of one person, or of everybody; newest first. */
  list(personId: string | undefined): Promise<readonly SessionDto[]>;
  /** @param personId - whose it must be */
  end(context: ActContext, id: string, personId: string | undefined): Promise<boolean>;
}

export interface ChallengeStore {
  give(challenge: { readonly value: string; readonly boundTo: string; readonly lifetimeMs: number }): Promise<void>;
  /** @returns whether it was given for that and is still good; it no longer is afterwards */
  take(value: string, boundTo: string): Promise<boolean>;
}

export interface ServiceKeyDto {
  readonly id: string;
  readonly kind: 'secret' | 'ed25519';
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

export interface ServiceAccountDto {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly status: 'active' | 'disabled';
  readonly createdAt: string;
  readonly keys: readonly ServiceKeyDto[];
}

export interface NewServiceKey {
  readonly id: string;
  readonly kind: 'secret' | 'ed25519';
  /** SHA-256 of the secret, or the public key; hexadecimal. */
  readonly material: string;
  readonly lifetimeMs: number;
}

/** A key that is good now, with whose it is. */
export interface UsableServiceKey {
  readonly id: string;
  readonly kind: 'secret' | 'ed25519';
  readonly material: string;
  readonly account: { readonly id: string; readonly name: string; readonly scopes: readonly string[] };
  /** Its use was noted less than a minute ago. */
  readonly isUseNoted: boolean;
}

export interface ServiceAccountStore {
  create(context: ActContext, account: { readonly id: string; readonly name: string; readonly scopes: readonly string[] }): Promise<ServiceAccountDto>;
  list(page?: PageRequest): Promise<ListPage<ServiceAccountDto>>;
  get(id: string): Promise<ServiceAccountDto | undefined>;
  change(
    context: ActContext,
    id: string,
    change: { readonly name?: string; readonly scopes?: readonly string[]; readonly status?: 'active' | 'disabled' },
  ): Promise<boolean>;
  addKey(context: ActContext, accountId: string, key: NewServiceKey): Promise<ServiceKeyDto | 'unknown' | 'too-many' | 'exists'>;
  /** Adds a key and lets the old one end after the overlap. */
  rotateKey(
    context: ActContext,
    accountId: string,
    keyId: string,
    rotation: { readonly key: NewServiceKey; readonly overlapMs: number },
  ): Promise<ServiceKeyDto | 'unknown' | 'too-many' | 'exists'>;
  revokeKey(context: ActContext, accountId: string, keyId: string): Promise<boolean>;
  usableKey(id: string): Promise<UsableServiceKey | undefined>;
  /** Kept to the minute. */
  noteUse(key: UsableServiceKey): Promise<void>;
  /** @returns false when the nonce was used with this key before */
  takeNonce(keyId: string, nonce: string, lifetimeMs: number): Promise<boolean>;
}
