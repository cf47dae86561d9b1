import { Button, Group, SegmentedControl, Select, Stack } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { useNetwork } from '../../app/use-network.js';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { Icon } from '../../components/icons.js';
import { BlockLink } from '../../components/ids.js';
import { OrganizationLink } from '../../components/organization-link.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { StatCard } from '../../components/stat-card.js';
import { Simulation, useSimulation } from '../proposals/simulation.js';
import { OrganizationTabs } from './organization-tabs.js';

type Validator = Api.Network['validators'][number];
const route = getRouteApi('/organizations/validators');

/** Who seals blocks, who of them is there, and what another set would bear. */
export function ValidatorsPage() {
  const { t } = useTranslation('organizations');
  const { data: network } = useNetwork();
  if (network === undefined) return null;
  const { validators, quorum, height } = network;
  const up = validators.filter(({ isSelf, connected }) => isSelf || connected).length;
  const spare = up - quorum;
  return (
    <>
      <PageHeader title={t('validators.title')} subtitle={t('validators.lead')} />
      <OrganizationTabs />
      <div className="stat-row">
        <StatCard icon="organization" label={t('validators.count')} value={validators.length} />
        <StatCard
          icon="seal"
          label={t('validators.quorum')}
          value={quorum}
          detail={t('validators.quorumHelp', { quorum, count: validators.length })}
        />
        <StatCard
          icon="check"
          label={t('validators.up')}
          value={`${up} / ${validators.length}`}
          tone={spare > 0 ? 'good' : spare === 0 ? 'warn' : 'bad'}
          detail={
            spare > 0
              ? t('validators.mayFail', { count: spare })
              : spare === 0
                ? t('validators.noneMayFail')
                : t('validators.stopped')
          }
        />
      </div>
      <Stack>
        <Panel title={t('validators.now')} padded={false}>
          <ValidatorsTable validators={validators} height={height} />
        </Panel>
        <Simulator />
      </Stack>
    </>
  );
}

function ValidatorsTable({
  validators,
  height,
}: {
  readonly validators: readonly Validator[];
  readonly height: number;
}) {
  const { t } = useTranslation('organizations');
  const organizations = useOrganizations();
  const columns = useMemo(
    (): readonly DataColumn<Validator>[] => [
      {
        id: 'name',
        header: t('name'),
        width: 'minmax(200px, 1.5fr)',
        value: ({ did }) => nameOf(organizations, did),
        cell: ({ did }) => <OrganizationLink did={did} />,
      },
      {
        id: 'link',
        header: t('validators.link'),
        width: 'minmax(140px, 1fr)',
        value: ({ isSelf, connected }) =>
          isSelf ? t('self') : connected ? t('validators.connected') : t('validators.offline'),
      },
      {
        id: 'lastSeal',
        header: t('validators.lastSeal'),
        width: '130px',
        isNumber: true,
        value: ({ lastSealHeight }) => lastSealHeight ?? '',
        cell: ({ lastSealHeight }) => (lastSealHeight === null ? '–' : <BlockLink height={lastSealHeight} />),
      },
      {
        id: 'behind',
        header: t('validators.behind'),
        width: '150px',
        isNumber: true,
        value: ({ reportedHeight, isSelf }) =>
          isSelf ? 0 : reportedHeight === null ? '' : Math.max(0, height - reportedHeight),
      },
      {
        id: 'did',
        header: t('did'),
        width: 'minmax(180px, 1fr)',
        value: ({ did }) => did,
        cell: ({ did }) => <span className="mono">{did}</span>,
      },
    ],
    [t, organizations, height],
  );
  return (
    <DataTable
      label={t('validators.now')}
      columns={columns}
      rows={validators}
      rowId={({ did }) => did}
      empty={
        <EmptyState icon="seal" title={t('validators.none')}>
          {t('validators.noneHelp')}
        </EmptyState>
      }
    />
  );
}

/** What if: one organisation more or less, before anybody is asked to vote. The choice stands in the address. */
function Simulator() {
  const { t } = useTranslation('organizations');
  const organizations = useOrganizations();
  const { data: network } = useNetwork();
  const { change = 'add', did = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (next: { readonly change?: 'add' | 'remove'; readonly did?: string | undefined }): void =>
    void navigate({ search: (previous) => ({ ...previous, ...next }) as never, replace: true, resetScroll: false });
  const simulation = useSimulation(did === '' ? undefined : { kind: 'validators.change', change, did });
  const validating = new Set(network?.validators.map((validator) => validator.did));
  const choices = [...organizations.values()].filter(
    (one) => one.status === 'active' && validating.has(one.did) === (change === 'remove'),
  );
  return (
    <Panel title={t('simulator.title')}>
      <Stack gap="md">
        <Group align="flex-end">
          <SegmentedControl
            aria-label={t('simulator.change')}
            value={change}
            onChange={(value) => choose({ change: value === 'remove' ? 'remove' : 'add', did: undefined })}
            data={[
              { value: 'add', label: t('simulator.add') },
              { value: 'remove', label: t('simulator.remove') },
            ]}
          />
          <Select
            label={t('simulator.organization')}
            placeholder={choices.length === 0 ? t('simulator.nobody') : t('simulator.choose')}
            disabled={choices.length === 0}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('simulator.clear') }}
            w={320}
            value={did === '' ? null : did}
            onChange={(value) => choose({ did: value ?? undefined })}
            data={choices.map((one) => ({ value: one.did, label: one.name }))}
          />
        </Group>
        <Simulation simulation={simulation} />
        {simulation.data !== undefined && did !== '' && simulation.data.refusal === null && (
          <Group>
            <Button
              leftSection={<Icon name="ballot" size={16} />}
              renderRoot={(props) => (
                <Link {...props} to="/proposals/new" search={{ kind: 'validators.change', change, did }} />
              )}
            >
              {t('simulator.propose')}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}
