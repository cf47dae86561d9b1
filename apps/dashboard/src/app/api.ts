import { QueryClient } from '@tanstack/react-query';
import { LadingClient, ProblemError } from '#sdk';
import { currentSession } from './session.js';

/** The node that served this page. */
export const api = new LadingClient({
  baseUrl: '',
  credentials: (): Record<string, string> => {
    const { apiKey } = currentSession();
    return apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
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
