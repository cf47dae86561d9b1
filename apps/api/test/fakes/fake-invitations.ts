import type { InvitationDto, InvitationStore, JoinRequestDto } from '#index';

/** Invitations in memory, with the rules of the table: one request per invitation, none for one that is revoked. */
export function fakeInvitations(): InvitationStore {
  const invitations = new Map<string, InvitationDto>();
  const requests = new Map<string, JoinRequestDto>();
  const now = (): string => new Date().toISOString();
  const requestOf = (invitationId: string) =>
    [...requests.values()].find((request) => request.invitationId === invitationId);
  const get = (id: string): InvitationDto | undefined => {
    const invitation = invitations.get(id);
    return invitation && { ...invitation, joinRequestId: requestOf(id)?.id ?? null };
  };
  return {
    create(invitation) {
      invitations.set(invitation.id, { ...invitation, createdAt: now(), revokedAt: null, joinRequestId: null });
      return Promise.resolve(get(invitation.id) as InvitationDto);
    },
    get: (id) => Promise.resolve(get(id)),
    list: () => Promise.resolve([...invitations.keys()].reverse().map((id) => get(id) as InvitationDto)),
    revoke(id) {
      const invitation = get(id);
      const isOpen = invitation !== undefined && invitation.revokedAt === null && invitation.joinRequestId === null;
      if (isOpen) invitations.set(id, { ...invitation, revokedAt: now() });
      return Promise.resolve(isOpen);
    },
    file(request) {
      const earlier = requestOf(request.invitationId);
      if (earlier === undefined && invitations.get(request.invitationId)?.revokedAt === null)
        requests.set(request.id, {
          ...request,
          request: JSON.parse(JSON.stringify(request.request)) as object,
          filedAt: now(),
          rejectedAt: null,
        });
      return Promise.resolve(requestOf(request.invitationId));
    },
    requests: () => Promise.resolve([...requests.values()].reverse()),
    request: (id) => Promise.resolve(requests.get(id)),
    reject(id) {
      const request = requests.get(id);
      if (request === undefined || request.rejectedAt !== null) return Promise.resolve(false);
      requests.set(id, { ...request, rejectedAt: now() });
      return Promise.resolve(true);
    },
  };
}
