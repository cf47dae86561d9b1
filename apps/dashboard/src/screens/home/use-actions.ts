import { useQuery } from '@tanstack/react-query';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useNetwork } from '../../app/use-network.js';

export type Action =
  | { readonly kind: 'ballot'; readonly proposal: Api.Proposal }
  | { readonly kind: 'transfer'; readonly transfer: Api.Transfer }
  | { readonly kind: 'recall'; readonly recall: Api.RecallSummary }
  | { readonly kind: 'finding'; readonly finding: Api.Finding }
  | { readonly kind: 'waiting'; readonly transfer: Api.Transfer };

const EACH_MAX = 20;

/** What waits for this organisation, most urgent first; what waits for others comes last. */
export function useActions() {
  const { data: network } = useNetwork();
  const self = network?.self ?? '';
  return useQuery({
    queryKey: ['actions', self],
    enabled: self !== '',
    meta: { live: true },
    queryFn: async ({ signal }): Promise<readonly Action[]> => {
      const [incoming, outgoing, recalls, findings, proposals] = await Promise.all([
        api.call('listTransfers', { query: { state: 'offered', to: self, limit: EACH_MAX }, signal }),
        api.call('listTransfers', { query: { state: 'offered', from: self, limit: EACH_MAX }, signal }),
        api.call('listRecalls', { query: { state: 'open', limit: EACH_MAX }, signal }),
        api.call('listFindings', { query: { author: self, limit: 5 }, signal }),
        api.call('listProposals', { query: { state: 'open', limit: EACH_MAX }, signal }),
      ]);
      return [
        ...proposals.items
          .filter(({ ballots }) => !ballots.some(({ organization }) => organization === self))
          .map((proposal): Action => ({ kind: 'ballot', proposal })),
        ...recalls.items
          .filter(({ openedBy, acknowledgedBy }) => openedBy !== self && !acknowledgedBy.includes(self))
          .map((recall): Action => ({ kind: 'recall', recall })),
        ...incoming.items.map((transfer): Action => ({ kind: 'transfer', transfer })),
        ...findings.items.map((finding): Action => ({ kind: 'finding', finding })),
        ...outgoing.items.map((transfer): Action => ({ kind: 'waiting', transfer })),
      ];
    },
  });
}
