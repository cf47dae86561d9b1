import { Skeleton, Stack } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { nameOf, useOrganizations } from '../../../app/use-organizations.js';
import { DataTable, type DataColumn } from '../../../components/data-table.js';
import { EmptyState } from '../../../components/empty-state.js';
import { EventTime } from '../../../components/event-time.js';
import { EntryLink, ThingLink } from '../../../components/ids.js';
import { Panel } from '../../../components/panel.js';
import { StatCard } from '../../../components/stat-card.js';
import { sumByUnit } from '../decimal.js';
import { answerRows, OUTCOMES, silentOrganizations, type AnswerRow, type Outcome } from './answer-rows.js';

/** Who has answered with what, beside what the ledger expects each to have. */
export function AnswersPanel({
  recall,
  impact,
}: {
  readonly recall: Api.Recall;
  readonly impact: Api.RecallImpact | undefined;
}) {
  const { t } = useTranslation('recalls');
  const rows = useMemo(() => answerRows(recall, impact), [recall, impact]);
  const columns = useColumns();
  return (
    <Stack gap="md">
      {impact === undefined ? <Skeleton h={90} /> : <Figures recall={recall} impact={impact} rows={rows} />}
      <Panel title={t('track.title')} padded={false}>
        <DataTable
          label={t('track.title')}
          columns={columns}
          rows={rows}
          rowId={({ organization, item, uom }) => `${organization} ${item} ${uom}`}
          empty={
            <EmptyState icon="bell" title={t('track.none')}>
              {t('track.noneBody')}
            </EmptyState>
          }
        />
      </Panel>
    </Stack>
  );
}

function Figures({
  recall,
  impact,
  rows,
}: {
  readonly recall: Api.Recall;
  readonly impact: Api.RecallImpact;
  readonly rows: readonly AnswerRow[];
}) {
  const { t } = useTranslation('recalls');
  const organizations = useOrganizations();
  const concerned = impact.organizations
    .map(({ organization }) => organization)
    .filter((organization) => organization !== recall.openedBy);
  const answered = concerned.filter((organization) => recall.acknowledgedBy.includes(organization));
  const silent = [...silentOrganizations(rows)];
  const total = (outcome: Outcome): string =>
    sumByUnit(
      rows.flatMap(({ uom, quantities }) => {
        const quantity = quantities[outcome];
        return quantity === undefined ? [] : [{ unit: uom, quantity }];
      }),
      t('impact.pieces'),
    ) || '0';
  return (
    <div className="stat-row">
      <StatCard
        icon="check"
        label={t('track.acknowledged')}
        value={`${answered.length} / ${concerned.length}`}
        tone={answered.length === concerned.length ? 'good' : 'warn'}
        detail={t('track.acknowledgedDetail')}
      />
      <StatCard
        icon="clock"
        label={t('track.silent')}
        value={silent.length}
        tone={silent.length === 0 ? 'good' : 'bad'}
        detail={
          silent.length === 0 ? t('track.silentNone') : silent.map((did) => nameOf(organizations, did)).join(', ')
        }
      />
      <StatCard
        icon="product"
        label={t('track.found')}
        value={<span className="impact-quantity">{total('found')}</span>}
        detail={t('track.foundDetail', { destroyed: total('destroyed'), sold: total('sold') })}
      />
    </div>
  );
}

function useColumns(): readonly DataColumn<AnswerRow>[] {
  const { t } = useTranslation('recalls');
  const organizations = useOrganizations();
  return useMemo(
    () => [
      {
        id: 'organization',
        header: t('track.organization'),
        width: 'minmax(120px, 1fr)',
        value: ({ organization }) => nameOf(organizations, organization),
      },
      {
        id: 'item',
        header: t('track.item'),
        width: 'minmax(180px, 2fr)',
        value: ({ item }) => item ?? '',
        cell: ({ item }) => (item === undefined ? t('track.notConcerned') : <ThingLink id={item} />),
      },
      {
        id: 'expected',
        header: t('track.expected'),
        width: '130px',
        value: ({ expected, uom }) => (expected === undefined ? '' : `${expected} ${uom ?? t('impact.pieces')}`),
      },
      ...OUTCOMES.map((outcome): DataColumn<AnswerRow> => ({
        id: outcome,
        header: t(`track.outcomes.${outcome}`),
        width: '96px',
        value: ({ quantities, uom }) =>
          quantities[outcome] === undefined ? '' : `${quantities[outcome]} ${uom ?? t('impact.pieces')}`,
      })),
      {
        id: 'when',
        header: t('track.when'),
        width: '210px',
        value: ({ answer }) => answer?.entry.blockTime ?? t('track.never'),
        cell: ({ answer }) => (answer === undefined ? t('track.never') : <EventTime time={answer.entry.blockTime} />),
      },
      {
        id: 'note',
        header: t('track.note'),
        width: 'minmax(120px, 1fr)',
        value: ({ answer }) => answer?.note ?? '',
        cell: ({ answer }) => <span title={answer?.note ?? ''}>{answer?.note ?? ''}</span>,
      },
      {
        id: 'entry',
        header: t('track.entry'),
        width: '160px',
        value: ({ answer }) => answer?.entry.entryId ?? '',
        cell: ({ answer }) => answer !== undefined && <EntryLink id={answer.entry.entryId} />,
      },
    ],
    [t, organizations],
  );
}
