import type { Translation } from '../../app/translation.js';

export const en = {
  title: 'Check the proof yourself',
  intro: 'Computed in this page from data that you can save. This node need not be believed.',
  run: 'Verify',
  again: 'Verify again',
  save: 'Save proof',
  open: 'Open a saved proof',
  openBad: 'This file is no proof of an entry: {{reason}}',
  tamper: 'Change one byte',
  untamper: 'Undo the change',
  tampered: 'One byte of the content was changed in this page. See which checks notice it.',
  ok: 'All checks hold',
  failed: 'A check fails: do not rely on this',
  trust: {
    genesis: 'The validators are those of the genesis file of network {{network}}.',
    overlap:
      'More of the genesis validators than may be faulty sealed this, with their keys of then, for network {{network}}.',
    unlinked:
      'The validators have changed so much since genesis that this page cannot link them to network {{network}}. Compare the block hash with another organisation’s node.',
  },
  firstSeen: 'This browser first saw this network on {{time}}.',
  changed: 'This address showed another network before ({{before}}). Ask whoever runs this node why.',
  showInputs: 'Show what was compared',
  step: {
    'entry-id': {
      name: 'The bytes are this entry',
      text: 'The signed bytes hash to the entry id, and the content to the hash that was signed.',
    },
    signature: { name: 'The author signed them', text: 'The signature is by the key that the statement names.' },
    'key-valid': {
      name: 'The key was valid then',
      text: 'The state proves that the key was the author’s, and valid at this height.',
    },
    inclusion: { name: 'It is on the ledger', text: 'The entry is a leaf of the log that the header commits to.' },
    sealed: {
      name: 'A quorum sealed it',
      text: 'The header carries valid seals of at least a quorum of the validators.',
    },
    state: {
      name: 'The state holds this item',
      text: 'The item’s record is proved against the state root of the header.',
    },
    history: {
      name: 'Nothing is left out',
      text: 'The digest of all its entries, in order, equals the one in the state.',
    },
  },
  holds: 'holds',
  fails: 'fails',
} as const;

export const zh: Translation<typeof en> = {
  title: '亲自核验证明',
  intro: '由本页面根据您可以保存的数据计算得出，无需相信本节点。',
  run: '核验',
  again: '再次核验',
  save: '保存证明',
  open: '打开已保存的证明',
  openBad: '该文件不是条目证明：{{reason}}',
  tamper: '改动一个字节',
  untamper: '撤销改动',
  tampered: '本页面中内容的一个字节已被改动。请看哪些检查会发现它。',
  ok: '所有检查均成立',
  failed: '有检查不成立：请勿采信',
  trust: {
    genesis: '验证者与网络 {{network}} 创世文件中的相同。',
    overlap: '有足够多的创世验证者（多于可容忍的故障数）用当时的密钥封存了它，网络为 {{network}}。',
    unlinked: '自创世以来验证者变动过大，本页面无法将其与网络 {{network}} 关联。请与其他组织的节点比对区块哈希。',
  },
  firstSeen: '此浏览器首次见到该网络的时间：{{time}}。',
  changed: '此地址以前显示的是另一个网络（{{before}}）。请向节点的运维人员询问原因。',
  showInputs: '查看比对内容',
  step: {
    'entry-id': { name: '字节即此条目', text: '签名字节的哈希等于条目编号，内容的哈希等于所签的哈希。' },
    signature: { name: '由作者签名', text: '签名出自陈述所指明的密钥。' },
    'key-valid': { name: '密钥当时有效', text: '状态证明该密钥属于作者，且在该高度有效。' },
    inclusion: { name: '已在账本上', text: '条目是区块头所承诺的日志中的一片叶子。' },
    sealed: { name: '法定多数已封存', text: '区块头带有至少法定多数验证者的有效封印。' },
    state: { name: '状态中有此物品', text: '物品记录已对照区块头的状态根得到证明。' },
    history: { name: '没有任何遗漏', text: '其全部条目按序计算的摘要与状态中的一致。' },
  },
  holds: '成立',
  fails: '不成立',
};
