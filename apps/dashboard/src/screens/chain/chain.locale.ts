import type { Translation } from '../../app/translation.js';

export const en = {
  title: 'Chain',
  subtitle: 'Every block that a quorum of organisations sealed.',
  blocks: 'Blocks',
  height: 'Height',
  time: 'Time',
  proposer: 'Proposer',
  entries: 'Entries',
  size: 'Size',
  hash: 'Block hash',
} as const;

export const zh: Translation<typeof en> = {
  title: '区块链',
  subtitle: '由法定多数的组织封存的每一个区块。',
  blocks: '区块',
  height: '高度',
  time: '时间',
  proposer: '提议者',
  entries: '条目',
  size: '大小',
  hash: '区块哈希',
};
