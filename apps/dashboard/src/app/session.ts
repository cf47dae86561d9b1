import { useSyncExternalStore } from 'react';

/**
 * Who is signed in, in this tab. An API key lives in memory only: it is gone when the tab is closed or loaded anew, and no script of
 * another page can find it.
 */
export interface Session {
  readonly apiKey: string | undefined;
}

let session: Session = { apiKey: undefined };
const listeners = new Set<() => void>();

export function currentSession(): Session {
  return session;
}

export function signInWithKey(apiKey: string): void {
  change({ apiKey });
}

export function signOut(): void {
  change({ apiKey: undefined });
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
