export const RECALL_STATES = ['open', 'closed'] as const;
