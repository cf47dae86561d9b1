import type { Api } from '#sdk';

export const TABS = ['inbox', 'outbox', 'disputed'] as const;
export type Tab = (typeof TABS)[number];

export type TransferState = Api.Transfer['state'];
export const TRANSFER_STATES: readonly TransferState[] = [
  'offered',
  'accepted',
  'partially_accepted',
  'rejected',
  'cancelled',
  'expired',
];

export const STATE_COLORS: Readonly<Record<TransferState, string>> = {
  offered: 'blue',
  accepted: 'teal',
  partially_accepted: 'yellow',
  rejected: 'red',
  cancelled: 'gray',
  expired: 'gray',
};

/** What a tab asks the node for. @param self - DID of this organisation */
export function tabQuery(tab: Tab, self: string): Record<string, string> {
  switch (tab) {
    case 'inbox':
      return { to: self };
    case 'outbox':
      return { from: self };
    case 'disputed':
      return { party: self, disputed: 'true' };
  }
}
