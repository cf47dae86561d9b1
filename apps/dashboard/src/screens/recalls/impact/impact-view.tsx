import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../../app/api.js';
import { download } from '../../../components/download.js';
import { Icon } from '../../../components/icons.js';
import { Panel } from '../../../components/panel.js';
import { ProblemAlert } from '../../../components/problem-alert.js';
import { StatCard } from '../../../components/stat-card.js';
import { sumByUnit } from '../decimal.js';
import { AffectedTable } from './affected-table.js';
import { OrganizationsTable } from './organizations-table.js';
import { UnknownView, unknownCount } from './unknown-view.js';

/** Whom a recall concerns: figures, organisations, things, and what the ledger cannot tell. */
export function ImpactView({
  title,
  impact,
  scope,
  isStale,
}: {
  readonly title: string;
  readonly impact: Api.RecallImpact;
  readonly scope: Api.RecallSimulationInput;
  /** Another one is being worked out. */
  readonly isStale: boolean;
}) {
  const { t } = useTranslation('recalls');
  return (
    <Stack className="impact" data-stale={isStale || undefined} aria-busy={isStale}>
      <Panel title={title} aside={<ImpactAside impact={impact} scope={scope} />}>
        <Figures impact={impact} />
        {impact.truncated && (
          <Alert color="orange" icon={<Icon name="alert" />} mb="md">
            {t('impact.truncated')}
          </Alert>
        )}
        <OrganizationsTable impact={impact} />
      </Panel>
      {unknownCount(impact.unknown) > 0 && <UnknownView unknown={impact.unknown} />}
      <Panel title={t('impact.what')} padded={false}>
        <AffectedTable affected={impact.affected} />
      </Panel>
    </Stack>
  );
}

function ImpactAside({
  impact,
  scope,
}: {
  readonly impact: Api.RecallImpact;
  readonly scope: Api.RecallSimulationInput;
}) {
  const { t } = useTranslation('recalls');
  const [error, setError] = useState<unknown>();
  const save = async (): Promise<void> => {
    try {
      const csv = await api.text('simulateRecall', { body: scope }, 'text/csv');
      download('recall-impact.csv', `\uFEFF${csv}`, 'text/csv;charset=utf-8');
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Group gap="sm">
      {error !== undefined && <ProblemAlert error={error} />}
      <Text size="sm" c="dimmed">
        {t('impact.height', { height: impact.asOf.height })}
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Icon name="download" size={14} />}
        onClick={() => void save()}
      >
        {t('impact.csv')}
      </Button>
    </Group>
  );
}

function Figures({ impact: { affected, organizations, unknown } }: { readonly impact: Api.RecallImpact }) {
  const { t } = useTranslation('recalls');
  const count = (...kinds: readonly Api.RecallAffectedItem['as'][]): number =>
    affected.filter((item) => kinds.includes(item.as)).length;
  const quantities = affected.flatMap((item) => item.quantities);
  const total = sumByUnit(
    quantities.map(({ unit, affected: part, created }) => ({ unit, quantity: part ?? created })),
    t('impact.pieces'),
  );
  const single = affected.filter(({ kind, as }) => kind === 'item' && as !== 'carrier').length;
  const onHand = sumByUnit(
    quantities.map(({ unit, onHand: quantity }) => ({ unit, quantity })),
    t('impact.pieces'),
  );
  const unknowns = unknownCount(unknown);
  return (
    <div className="stat-row">
      <StatCard
        icon="items"
        label={t('impact.things')}
        value={affected.length}
        detail={t('impact.thingsDetail', {
          targets: count('target', 'member'),
          products: count('product'),
          carriers: count('carrier'),
        })}
      />
      <StatCard
        icon="organization"
        label={t('impact.organizations')}
        value={organizations.length}
        detail={t('impact.organizationsDetail')}
      />
      <StatCard
        icon="product"
        label={t('impact.quantity')}
        value={<span className="impact-quantity">{total === '' ? `${single} ${t('impact.pieces')}` : total}</span>}
        detail={onHand === '' ? undefined : t('impact.quantityDetail', { onHand })}
      />
      <StatCard
        icon="alert"
        label={t('impact.unknown')}
        value={unknowns}
        tone={unknowns === 0 ? 'good' : 'warn'}
        detail={unknowns === 0 ? t('impact.unknownNone') : t('impact.unknownSome')}
      />
    </div>
  );
}
