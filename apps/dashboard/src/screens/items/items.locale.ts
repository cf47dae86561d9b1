import type { Translation } from '../../app/translation.js';

export const en = {
  title: 'Items',
  subtitle: 'Find any thing on the ledger and see its whole story.',
} as const;

export const zh: Translation<typeof en> = {
  title: '物品',
  subtitle: '查找账本上的任何物品，查看它的完整经历。',
};
