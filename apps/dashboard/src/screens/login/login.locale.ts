import type { Translation } from '../../app/translation.js';

export const en = {
  title: 'Sign in',
  lead: 'Every provenance event signed by who states it, sealed by a quorum of organisations.',
  intro: 'This node answers people of its organisation.',
  apiKey: 'API key',
  apiKeyHelp: 'The organisation’s API key. It stays in this tab’s memory and is forgotten when the tab is closed.',
  submit: 'Sign in',
  refused: 'This key is not the organisation’s.',
  where: 'On a development network the keys are in .lading/network.json.',
} as const;

export const zh: Translation<typeof en> = {
  title: '登录',
  lead: '每一条溯源事件都由陈述者签名，并由法定多数的组织共同封存。',
  intro: '本节点只为其所属组织的人员服务。',
  apiKey: 'API 密钥',
  apiKeyHelp: '组织的 API 密钥。它只保存在此标签页的内存中，关闭标签页即被遗忘。',
  submit: '登录',
  refused: '该密钥不属于本组织。',
  where: '在开发网络中，密钥位于 .lading/network.json。',
};
