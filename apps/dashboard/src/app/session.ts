import { useSyncExternalStore } from 'react';

/**
 * Who is signed in, in this tab. A person's session is a cookie that no script can read; what its writes need beside it is the CSRF
 * token. An API key lives in memory only: it is gone when the tab is closed or loaded anew, and no script of another page can find it.
 */
export interface Session {
  readonly apiKey: string | undefined;
  readonly csrfToken: string | undefined;
}

const NOBODY: Session = { apiKey: undefined, csrfToken: undefined };

let session = NOBODY;
const listeners = new Set<() => void>();

export function currentSession(): Session {
  return session;
}

export function signInWithKey(apiKey: string): void {
  change({ ...NOBODY, apiKey });
}

/** @param csrfToken - as the node answers for the cookie's session; undefined where there is none */
export function noteCsrfToken(csrfToken: string | undefined): void {
  if (session.csrfToken !== csrfToken) change({ ...session, csrfToken });
}

export function forgetSession(): void {
  change(NOBODY);
}

export function useSession(): Session {
  return useSyncExternalStore(subscribe, currentSession);
}

function change(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
