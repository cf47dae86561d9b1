import { Badge } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { ThingLink } from '../../components/ids.js';
import { Panel } from '../../components/panel.js';
import { readReason, type Discrepancy } from './discrepancy.js';

interface Line {
  readonly number: number;
  readonly item: string;
  readonly outcome: 'open' | 'accepted' | 'refused';
  readonly reason: Discrepancy | undefined;
}

const COLORS = { open: 'gray', accepted: 'teal', refused: 'yellow' } as const;

/** The lines of an offer and what became of each. */
export function LinesTable({ transfer }: { readonly transfer: Api.TransferAsOf }) {
  const { t } = useTranslation('transfers');
  const rows = useMemo(() => linesOf(transfer), [transfer]);
  const columns = useMemo(
    (): readonly DataColumn<Line>[] => [
      { id: 'line', header: t('detail.line'), width: '64px', isNumber: true, value: ({ number }) => number },
      {
        id: 'item',
        header: t('detail.item'),
        width: 'minmax(180px, 2fr)',
        value: ({ item }) => item,
        cell: ({ item }) => <ThingLink id={item} />,
      },
      {
        id: 'outcome',
        header: t('detail.outcome'),
        width: 'minmax(170px, 1fr)',
        value: (line) => outcomeText(line),
        cell: (line) => <Badge color={COLORS[line.outcome]}>{outcomeText(line)}</Badge>,
      },
    ],
    [t],
  );
  return (
    <Panel title={t('detail.lines')} padded={false}>
      <DataTable
        label={t('detail.lines')}
        columns={columns}
        rows={rows}
        rowId={({ number }) => String(number)}
        empty={
          <EmptyState icon="transfer" title={t('detail.noLines')}>
            {t('detail.notFoundBody')}
          </EmptyState>
        }
      />
    </Panel>
  );

  function outcomeText({ outcome, reason }: Line): string {
    const text = t(`detail.outcomes.${outcome}`);
    return reason === undefined ? text : `${text} · ${t(`answer.reasons.${reason}`)}`;
  }
}

function linesOf({ items, accepted, state, reason }: Api.TransferAsOf): Line[] {
  const taken = new Set(accepted);
  const { lines } = readReason(reason);
  const isAnswered = state === 'accepted' || state === 'partially_accepted' || state === 'rejected';
  return items.map((item, index) => ({
    number: index + 1,
    item,
    outcome: !isAnswered ? 'open' : taken.has(item) ? 'accepted' : 'refused',
    reason: taken.has(item) ? undefined : lines.get(index + 1),
  }));
}
