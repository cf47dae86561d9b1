import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { duration } from '../../components/format-time.js';
import { ageOf, type Age } from './ageing.js';
import { STATE_COLORS } from './transfer-lists.js';

const AGE_COLORS: Readonly<Record<Age, string>> = { fresh: 'teal', waiting: 'yellow', late: 'red' };

/** A transfer's state; while it is open, also how long it has waited: in colour and in words. */
export function StateBadge({ transfer, now }: { readonly transfer: Api.Transfer; readonly now: number }) {
  const text = useStateText();
  const { state, offered } = transfer;
  const color = state === 'offered' ? AGE_COLORS[ageOf(offered.blockTime, now)] : STATE_COLORS[state];
  return (
    <Badge color={color} className="state-badge">
      {text(transfer, now)}
    </Badge>
  );
}

/** The same in words alone, for filter and export. */
export function useStateText(): (transfer: Api.Transfer, now: number) => string {
  const { t, i18n } = useTranslation('transfers');
  return ({ state, offered }, now) =>
    state === 'offered'
      ? [
          t('state.offered'),
          duration(Math.max(0, now - Date.parse(offered.blockTime)), i18n.language),
          t(`age.${ageOf(offered.blockTime, now)}`),
        ].join(' · ')
      : t(`state.${state}`);
}
