import type { Language } from './language.js';
import type { Grade, PublicNote, PublicStatus } from './public-record.types.js';

interface Words {
  /** BCP 47 */
  readonly tag: string;
  readonly short: Language;
  /** The language's own name. */
  readonly itself: string;
  readonly language: string;
  readonly title: string;
  readonly status: Readonly<Record<PublicStatus, { readonly title: string; readonly means: string }>>;
  readonly note: Readonly<Record<PublicNote, string>>;
  readonly subject: Readonly<Record<'gtin' | 'lot' | 'serial' | 'sscc', string>>;
  readonly lotInCode: string;
  readonly product: string;
  readonly noProduct: string;
  readonly registeredBy: string;
  readonly expires: string;
  readonly bestBefore: string;
  readonly quantity: string;
  readonly origin: string;
  readonly recall: string;
  readonly recallSince: (day: string) => string;
  readonly noInstructions: string;
  readonly steps: string;
  readonly summary: (organizations: number, steps: number, confirmed: number) => string;
  readonly noSteps: string;
  readonly earlier: (count: number) => string;
  readonly isCut: string;
  readonly step: Readonly<Record<string, string>>;
  readonly otherStep: (name: string) => string;
  readonly brand: string;
  readonly organization: (number: number) => string;
  readonly by: (party: string) => string;
  readonly handover: (from: string, to: string) => string;
  readonly place: string;
  readonly grade: Readonly<Record<Grade, string>>;
  readonly contradicted: string;
  readonly contradictedMeans: string;
  readonly ofContainer: string;
  readonly entries: string;
  readonly entry: (height: number) => string;
  readonly grades: string;
  readonly gradeMeans: Readonly<Record<Grade, string>>;
  readonly check: string;
  readonly checkHow: string;
  readonly needsAccess: string;
  readonly proof: string;
  readonly asData: string;
  readonly asOf: (height: number) => string;
  readonly history: (count: number) => string;
  readonly limits: string;
  readonly fault: Readonly<Record<string, { readonly title: string; readonly means: string }>> & {
    readonly other: { readonly title: string; readonly means: string };
  };
}

const en: Words = {
  tag: 'en',
  short: 'en',
  itself: 'English',
  language: 'Language',
  title: 'What is recorded',
  status: {
    OK: {
      title: 'OK',
      means: 'This code is recorded, and nothing recorded speaks against it: no recall, no expiry, no dispute.',
    },
    RECALLED: { title: 'RECALLED', means: 'It is called back. Do not use, sell or pass it on; read what to do.' },
    EXPIRED: { title: 'EXPIRED', means: 'The recorded expiry date is over.' },
    DISPUTED: {
      title: 'DISPUTED',
      means:
        'What is recorded contradicts itself, or was signed with a key that may have been in other hands. Ask the seller or the brand.',
    },
    UNKNOWN: {
      title: 'UNKNOWN',
      means: 'Nobody entitled to it has recorded this code on this network. Compare it with the label; ask the seller.',
    },
    PRODUCT: {
      title: 'PRODUCT',
      means: 'This code names a kind of product. About a single item only a code with its lot or serial number tells.',
    },
  },
  note: {
    expired: 'The recorded expiry date is over.',
    disputed: 'Some of what is recorded is disputed.',
    outsider: 'Somebody who neither owns nor holds it recorded a step; it is marked below and changes nothing.',
    'other-lot': 'The code names another lot than the one that is recorded. It may have been altered.',
    'serial-unknown': 'This serial number is not recorded.',
    sold: 'It is recorded as sold. If it is offered to you as new, this code may be a copy.',
    'used-up': 'It is recorded as used up. If you hold it, this code may be a copy.',
    destroyed: 'It is recorded as destroyed. If you hold it, this code may be a copy.',
  },
  subject: { gtin: 'GTIN', lot: 'Lot', serial: 'Serial number', sscc: 'SSCC' },
  lotInCode: 'Lot in the code',
  product: 'Product',
  noProduct: 'not registered on this network',
  registeredBy: 'Registered by',
  expires: 'Expires',
  bestBefore: 'Best before',
  quantity: 'Created',
  origin: 'First recorded',
  recall: 'Recall',
  recallSince: (day) => `Open since ${day}`,
  noInstructions: 'No instructions are recorded. Ask where you bought it.',
  steps: 'Steps',
  summary: (organizations, steps, confirmed) =>
    `${organizations} ${organizations === 1 ? 'organisation' : 'organisations'} recorded ${steps} ${steps === 1 ? 'step' : 'steps'}; ${confirmed} confirmed by both sides.`,
  noSteps: 'No step is recorded.',
  earlier: (count) => `${count} earlier steps are left out of this page; its data has them.`,
  isCut: 'Later steps are recorded that this page does not read.',
  step: {
    commissioning: 'Came into being',
    creating_class_instance: 'Came into being',
    transforming: 'Made from inputs, or used as one',
    assembling: 'Assembled',
    disassembling: 'Taken apart',
    encoding: 'Code applied',
    packing: 'Packed',
    unpacking: 'Unpacked',
    repackaging: 'Repacked',
    picking: 'Picked',
    loading: 'Loaded',
    unloading: 'Unloaded',
    staging_outbound: 'Made ready to leave',
    shipping: 'Shipped',
    departing: 'Departed',
    transporting: 'Transported',
    arriving: 'Arrived',
    receiving: 'Received',
    accepting: 'Accepted',
    storing: 'Stored',
    holding: 'Held back',
    inspecting: 'Inspected',
    sampling: 'Sampled',
    sensor_reporting: 'Measured',
    stocking: 'Put on the shelf',
    retail_selling: 'Sold',
    returning: 'Returned',
    repairing: 'Repaired',
    installing: 'Installed',
    removing: 'Removed',
    destroying: 'Destroyed',
    decommissioning: 'Taken out of use',
    observing: 'Seen',
    handed_over: 'Handed over',
    offered: 'Offered for handover',
    rejected: 'Handover rejected',
    cancelled: 'Handover withdrawn',
    recalled: 'Recalled',
    recall_closed: 'Recall closed',
    other: 'Other step',
  },
  otherStep: (name) => `Other step (${name})`,
  brand: 'the brand owner',
  organization: (number) => `organisation ${number}`,
  by: (party) => `by ${party}`,
  handover: (from, to) => `from ${from} to ${to}`,
  place: 'Place',
  grade: {
    stated: 'Stated',
    confirmed: 'Confirmed by the counterparty',
    certified: 'Names a certificate',
    offered: 'Not answered yet',
    disputed: 'Disputed',
    withdrawn: 'Withdrawn',
  },
  contradicted: 'Contradicts what was recorded before',
  contradictedMeans: 'the ledger already said otherwise, or who said it had no say in the matter.',
  ofContainer: 'while packed in something else',
  entries: 'Signed entries',
  entry: (height) => `In block ${height}:`,
  grades: 'What the words mean',
  gradeMeans: {
    stated: 'one organisation signed it; nobody else has said so.',
    confirmed: 'both sides signed it.',
    certified: 'one organisation signed it and names a certificate, which is not checked here.',
    offered: 'one side signed it, the other has not answered.',
    disputed: 'signed with a key that may have been in other hands.',
    withdrawn: 'who said it took it back.',
  },
  check: 'Check it yourself',
  checkHow:
    'Each step names the signed entries that it was read from, and the block that holds each. Several organisations keep the same ledger: ask another one for the same entry, or check the proof yourself.',
  needsAccess: 'may need access to this node',
  proof: 'Proof of the recorded state',
  asData: 'This page as data',
  asOf: (height) => `True at block ${height}.`,
  history: (count) => `Entries that concern it: ${count}. Digest of the list:`,
  limits:
    'This page shows what organisations recorded, not whether the goods are genuine: a copied code shows the same page.',
  fault: {
    GS1_BAD_CHECK_DIGIT: {
      title: 'Wrong check digit',
      means: 'One of the digits of this code is wrong. Scan it again, or compare the digits with the label.',
    },
    GS1_MALFORMED_KEY: {
      title: 'Not a code',
      means: 'This address is not a code as GS1 defines them. Scan it again, or compare it with the label.',
    },
    other: { title: 'No answer now', means: 'This node cannot answer at the moment. Try again in a minute.' },
  },
};

const zh: Words = {
  tag: 'zh-Hans',
  short: 'zh',
  itself: '简体中文',
  language: '语言',
  title: '已记录的内容',
  status: {
    OK: { title: '正常 OK', means: '此码已有记录，且没有不利记录：未被召回、未过期、无争议。' },
    RECALLED: { title: '已召回 RECALLED', means: '该商品正在召回。请勿使用、销售或转让，并阅读处理说明。' },
    EXPIRED: { title: '已过期 EXPIRED', means: '记录的有效期已过。' },
    DISPUTED: {
      title: '有争议 DISPUTED',
      means: '记录自相矛盾，或所用签名密钥可能曾落入他人之手。请询问销售方或品牌方。',
    },
    UNKNOWN: { title: '未知 UNKNOWN', means: '有权记录的组织未在本网络记录此码。请与标签核对，并询问销售方。' },
    PRODUCT: { title: '产品 PRODUCT', means: '此码只表示一种产品。要了解单件商品，请扫描带批号或序列号的码。' },
  },
  note: {
    expired: '记录的有效期已过。',
    disputed: '部分记录有争议。',
    outsider: '既非所有者也非持有者的一方记录了一个步骤；该步骤已在下文标明，不改变状态。',
    'other-lot': '码上的批号与记录的批号不同，该码可能被改动过。',
    'serial-unknown': '此序列号没有记录。',
    sold: '记录显示已售出。如果有人把它当新品卖给您，此码可能是复制的。',
    'used-up': '记录显示已用完。如果实物在您手中，此码可能是复制的。',
    destroyed: '记录显示已销毁。如果实物在您手中，此码可能是复制的。',
  },
  subject: { gtin: 'GTIN', lot: '批号', serial: '序列号', sscc: 'SSCC' },
  lotInCode: '码上的批号',
  product: '产品',
  noProduct: '未在本网络注册',
  registeredBy: '注册方',
  expires: '有效期至',
  bestBefore: '最佳食用（使用）期至',
  quantity: '生产数量',
  origin: '首次记录',
  recall: '召回',
  recallSince: (day) => `自 ${day} 起召回`,
  noInstructions: '没有记录处理说明，请咨询购买处。',
  steps: '流转步骤',
  summary: (organizations, steps, confirmed) =>
    `${organizations} 个组织记录了 ${steps} 个步骤，其中 ${confirmed} 个经双方确认。`,
  noSteps: '没有记录任何步骤。',
  earlier: (count) => `本页省略了更早的 ${count} 个步骤，数据中有完整内容。`,
  isCut: '还有更晚的步骤，本页没有读取。',
  step: {
    commissioning: '产生',
    creating_class_instance: '产生',
    transforming: '加工（产出或投入）',
    assembling: '组装',
    disassembling: '拆解',
    encoding: '赋码',
    packing: '装箱',
    unpacking: '拆箱',
    repackaging: '重新包装',
    picking: '拣货',
    loading: '装车',
    unloading: '卸货',
    staging_outbound: '待发',
    shipping: '发货',
    departing: '出发',
    transporting: '运输',
    arriving: '到达',
    receiving: '收货',
    accepting: '接受',
    storing: '入库',
    holding: '暂扣',
    inspecting: '检验',
    sampling: '抽样',
    sensor_reporting: '测量',
    stocking: '上架',
    retail_selling: '售出',
    returning: '退回',
    repairing: '维修',
    installing: '安装',
    removing: '移除',
    destroying: '销毁',
    decommissioning: '停用',
    observing: '查见',
    handed_over: '移交',
    offered: '提出移交',
    rejected: '拒绝移交',
    cancelled: '撤回移交',
    recalled: '召回',
    recall_closed: '召回结束',
    other: '其他步骤',
  },
  otherStep: (name) => `其他步骤（${name}）`,
  brand: '品牌方',
  organization: (number) => `组织 ${number}`,
  by: (party) => `记录方：${party}`,
  handover: (from, to) => `移交方：${from}；接收方：${to}`,
  place: '地点',
  grade: {
    stated: '单方陈述',
    confirmed: '经对方确认',
    certified: '注明证书',
    offered: '对方未答复',
    disputed: '有争议',
    withdrawn: '已撤回',
  },
  contradicted: '与先前的记录矛盾',
  contradictedMeans: '账本已有不同记录，或陈述方无权陈述。',
  ofContainer: '当时装在其他包装内',
  entries: '签名条目',
  entry: (height) => `区块 ${height}：`,
  grades: '词语说明',
  gradeMeans: {
    stated: '一个组织签名，其他组织未予证实。',
    confirmed: '双方均已签名。',
    certified: '一个组织签名并注明证书，本页未核验该证书。',
    offered: '一方已签名，另一方尚未答复。',
    disputed: '签名密钥可能曾落入他人之手。',
    withdrawn: '陈述方已收回。',
  },
  check: '自行核验',
  checkHow:
    '每个步骤都列出所依据的签名条目及其所在区块。多个组织保存同一账本：可以向另一个组织查询同一条目，或自行核验证明。',
  needsAccess: '可能需要本节点的访问权限',
  proof: '所记录状态的证明',
  asData: '本页数据',
  asOf: (height) => `截至区块 ${height}。`,
  history: (count) => `相关条目：${count} 个。列表摘要：`,
  limits: '本页只显示各组织记录的内容，不能证明商品是真品：复制的码会显示同样的页面。',
  fault: {
    GS1_BAD_CHECK_DIGIT: { title: '校验位错误', means: '此码有数字错误。请重新扫描，或与标签上的数字核对。' },
    GS1_MALFORMED_KEY: { title: '不是有效的码', means: '该地址不是 GS1 定义的码。请重新扫描，或与标签核对。' },
    other: { title: '暂时无法答复', means: '本节点暂时无法答复，请稍后再试。' },
  },
};

export const WORDS: Readonly<Record<Language, Words>> = { en, zh };
export type { Words };
