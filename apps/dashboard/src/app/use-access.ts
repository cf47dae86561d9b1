import { useQuery } from '@tanstack/react-query';
import { ProblemError, type Api } from '#sdk';
import { api, queryClient } from './api.js';
import { noteCsrfToken } from './session.js';

export type Scope = Api.Session['scopes'][number];

export interface Access {
  /** Who is calling; undefined while that is not known, null for nobody. */
  readonly session: Api.Session | null | undefined;
  readonly may: (scope: Scope) => boolean;
}

const KEY = ['session'] as const;

/** Who is signed in, and what they may do here. What one may not do is shown with the reason, not hidden. */
export function useAccess(): Access {
  const { data: session } = useQuery({ queryKey: KEY, staleTime: 60_000, queryFn: whoAmI });
  return { session, may: (scope) => session?.scopes.includes(scope) ?? false };
}

/** After signing in: everything is asked anew, by the one who is now known. */
export async function enter(session: Api.Session): Promise<void> {
  noteCsrfToken(session.csrfToken);
  await queryClient.resetQueries();
}

async function whoAmI({ signal }: { readonly signal: AbortSignal }): Promise<Api.Session | null> {
  try {
    const session = await api.call('getSession', { signal });
    noteCsrfToken(session.csrfToken);
    return session;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 401) throw error;
    noteCsrfToken(undefined);
    return null;
  }
}
