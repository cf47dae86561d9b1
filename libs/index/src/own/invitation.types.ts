/** An invitation that this organisation gave out. Times are RFC 3339. */
export interface InvitationDto {
  /** 64 hexadecimal characters. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
  /** Set when its ticket was used. */
  readonly joinRequestId: string | null;
}

export interface JoinRequestDto {
  /** Drawn at random, known to who filed it: with it they may ask how their request stands. */
  readonly id: string;
  readonly invitationId: string;
  /** JSON object: what was asked for, as the API took it. */
  readonly request: object;
  readonly filedAt: string;
  readonly rejectedAt: string | null;
}

/** Who was invited, and what they asked for: this organisation's own, on no ledger. */
export interface InvitationStore {
  create(invitation: Pick<InvitationDto, 'id' | 'name' | 'roles' | 'expiresAt'>): Promise<InvitationDto>;
  get(id: string): Promise<InvitationDto | undefined>;
  /** The newest 200. */
  list(): Promise<readonly InvitationDto[]>;
  /** @returns false when there is none that is neither used nor revoked */
  revoke(id: string): Promise<boolean>;

  /**
   * Uses the invitation for this request: at most one ever succeeds.
   * @returns the request that used it, which is an earlier one where the ticket was used before; undefined when it was revoked
   */
  file(request: Pick<JoinRequestDto, 'id' | 'invitationId' | 'request'>): Promise<JoinRequestDto | undefined>;
  /** The newest 200. */
  requests(): Promise<readonly JoinRequestDto[]>;
  request(id: string): Promise<JoinRequestDto | undefined>;
  /** @returns false when there is none that was not rejected before */
  reject(id: string): Promise<boolean>;
}
