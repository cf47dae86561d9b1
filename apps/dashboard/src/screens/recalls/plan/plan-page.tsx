import { Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ITEMS_PER_ACT_MAX } from '#trace';
import type { Api } from '#sdk';
import { api } from '../../../app/api.js';
import { EmptyState } from '../../../components/empty-state.js';
import { PageHeader } from '../../../components/page-header.js';
import { Panel } from '../../../components/panel.js';
import { ProblemAlert } from '../../../components/problem-alert.js';
import { readIds } from '../../transfers/offer/read-ids.js';
import { ImpactView } from '../impact/impact-view.js';
import { Notice } from './notice.js';
import '../recalls.css';

const route = getRouteApi('/recalls/new');
/** As long as somebody types, nothing is worked out. */
const PAUSE_MS = 400;
const FAULTS_SHOWN = 5;

/** Scope, impact, notice: nothing is recorded before the last of them is signed. The scope stands in the address. */
export function PlanPage() {
  const { t } = useTranslation(['recalls', 'transfers']);
  const { targets: text = '', from = '', to = '' } = route.useSearch();
  const navigate = useNavigate();
  const change = (changed: { targets?: string; from?: string; to?: string }) =>
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, ...changed })) as never,
      replace: true,
      resetScroll: false,
    });
  const { ids, faults } = readIds(text);
  const isWindowWrong = from !== '' && to !== '' && Date.parse(from) > Date.parse(to);
  const isTooMany = ids.length > ITEMS_PER_ACT_MAX;
  const scope = useScope(ids, from, to);
  const isScope = ids.length > 0 && !isWindowWrong && !isTooMany;
  const [asked] = useDebouncedValue(scope, PAUSE_MS);
  const impact = useQuery({
    queryKey: ['recalls', 'impact', asked],
    enabled: isScope && asked.items !== undefined && asked.items.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.call('simulateRecall', { body: asked, signal }),
  });
  return (
    <>
      <PageHeader title={t('plan')} subtitle={t('scope.intro')} />
      <Stack>
        <Panel
          title={t('scope.title')}
          aside={
            ids.length > 0 && (
              <Text size="sm" c="dimmed" aria-live="polite">
                {t('scope.targetCount', { count: ids.length })}
              </Text>
            )
          }
        >
          <Stack maw={820}>
            <Textarea
              label={t('scope.targets')}
              description={t('scope.targetsHint')}
              data-autofocus
              autosize
              minRows={2}
              maxRows={8}
              value={text}
              onChange={(event) => change({ targets: event.currentTarget.value })}
              error={
                isTooMany
                  ? t('scope.tooMany')
                  : faults.length > 0 &&
                    faults.slice(0, FAULTS_SHOWN).map((fault) => (
                      <span key={fault.text} className="scope-fault">
                        {t(`transfers:new.${fault.code}`, { text: fault.text })}
                      </span>
                    ))
              }
            />
            <Group align="flex-start">
              <TextInput
                type="datetime-local"
                label={t('scope.from')}
                value={from}
                onChange={(event) => change({ from: event.currentTarget.value })}
                error={isWindowWrong && t('scope.windowWrong')}
              />
              <TextInput
                type="datetime-local"
                label={t('scope.to')}
                value={to}
                onChange={(event) => change({ to: event.currentTarget.value })}
              />
            </Group>
            <Text size="xs" c="dimmed">
              {t('scope.windowHint')}
            </Text>
          </Stack>
        </Panel>
        {!isScope || impact.data === undefined ? (
          <Panel title={t('impact.title')}>
            {impact.error !== null ? (
              <ProblemAlert error={impact.error} onRetry={() => void impact.refetch()} />
            ) : (
              <EmptyState icon="recall" title={t('impact.waiting')}>
                {t('impact.waitingBody')}
              </EmptyState>
            )}
          </Panel>
        ) : (
          <>
            {impact.error !== null && <ProblemAlert error={impact.error} onRetry={() => void impact.refetch()} />}
            <ImpactView title={t('impact.title')} impact={impact.data} scope={asked} isStale={impact.isFetching} />
            <Notice scope={scope} organizations={impact.data.organizations.length} />
          </>
        )}
      </Stack>
    </>
  );
}

function useScope(ids: readonly string[], from: string, to: string): Api.RecallSimulationInput {
  const key = ids.join(' ');
  return useMemo(
    () => ({
      items: key === '' ? [] : key.split(' '),
      ...((from !== '' || to !== '') && {
        window: {
          ...(from !== '' && { from: new Date(from).toISOString() }),
          ...(to !== '' && { to: new Date(to).toISOString() }),
        },
      }),
    }),
    [key, from, to],
  );
}
