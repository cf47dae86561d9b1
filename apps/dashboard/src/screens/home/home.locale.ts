import type { Translation } from '../../app/translation.js';

export const en = {
  title: 'Home',
  height: 'Height',
  quorum: 'Quorum',
} as const;

export const zh: Translation<typeof en> = {
  title: '首页',
  height: '高度',
  quorum: '法定多数',
};
