/** In the order of their numbers in state records; a further state goes to the end. */
export const RECALL_STATES = ['open', 'closed'] as const;
export type RecallState = (typeof RECALL_STATES)[number];

export type RecallAct = 'acknowledge' | 'close';

/** The whole life of a recall: what is not in the table cannot happen. Acknowledging again tells how it goes on. */
export const RECALL_LIFE_CYCLE: Readonly<Record<RecallState, Readonly<Partial<Record<RecallAct, RecallState>>>>> = {
  open: { acknowledge: 'open', close: 'closed' },
  closed: {},
};
