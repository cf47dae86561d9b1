import { QueryClient } from '@tanstack/react-query';
import { LadingClient, ProblemError } from '#sdk';
import { fetchConfirmed } from './fetch-confirmed.js';
import { currentSession } from './session.js';

/** The node that served this page. Requests that need a fresh passkey ask for it by themselves. */
export const api = new LadingClient({
  baseUrl: '',
  fetch: fetchConfirmed,
  credentials: (method): Record<string, string> => {
    const { apiKey, csrfToken } = currentSession();
    if (apiKey !== undefined) return { authorization: `Bearer ${apiKey}` };
    return csrfToken === undefined || method === 'GET' ? {} : { 'x-csrf-token': csrfToken };
  },
});

const RETRIES_MAX = 2;

/** Answers stay fresh until the next block says otherwise (`useLiveChain`); what was refused is not asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) =>
        failures < RETRIES_MAX && (!(error instanceof ProblemError) || error.status === 0 || error.status >= 502),
    },
    mutations: { retry: false },
  },
});
