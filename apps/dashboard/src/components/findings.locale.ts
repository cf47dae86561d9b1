import type { Translation } from '../app/translation.js';

/** Codes of docs/protocol/findings.md, in words. */
export const en = {
  FINDING_COMMISSIONED_TWICE: 'Commissioned twice',
  FINDING_FOREIGN_PREFIX: 'Commissioned under another organisation’s prefix',
  FINDING_NOT_OWNER_OR_CUSTODIAN: 'Stated by who neither owned nor held it',
  FINDING_USED_AFTER_DESTROYED: 'Used after its end',
  FINDING_ALREADY_CONTAINED: 'Packed while inside another container',
  FINDING_NOT_IN_CONTAINER: 'Unpacked from where it was not',
  FINDING_CONTAINED_IN_ITSELF: 'Packed into itself',
  FINDING_CONTAINER_LIMIT: 'Too many containers, or too much in one',
  FINDING_CONSUMED_MORE_THAN_PRODUCED: 'More used than created',
  FINDING_FASTER_THAN_ANY_VEHICLE: 'Moved faster than any vehicle',
} as const;

export const zh: Translation<typeof en> = {
  FINDING_COMMISSIONED_TWICE: '重复赋码',
  FINDING_FOREIGN_PREFIX: '使用了其他组织的厂商代码赋码',
  FINDING_NOT_OWNER_OR_CUSTODIAN: '陈述者既不拥有也不保管它',
  FINDING_USED_AFTER_DESTROYED: '终结之后仍被使用',
  FINDING_ALREADY_CONTAINED: '已在其他容器中又被装箱',
  FINDING_NOT_IN_CONTAINER: '从不在其中的容器里拆出',
  FINDING_CONTAINED_IN_ITSELF: '装入了自身',
  FINDING_CONTAINER_LIMIT: '容器层数或内容过多',
  FINDING_CONSUMED_MORE_THAN_PRODUCED: '用量超过产量',
  FINDING_FASTER_THAN_ANY_VEHICLE: '移动速度超过任何交通工具',
};
