import { Alert, Badge, Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useOrganizations } from '../../app/use-organizations.js';
import { Icon } from '../../components/icons.js';
import { LabelledTable } from '../../components/labelled-table.js';
import { OrganizationLink } from '../../components/organization-link.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { ChangesTable } from './changes-table.js';
import { sentenceOf } from './proposal-words.js';
import './proposals.css';

/** What a proposal would do, tried by the node on its present state; nothing is recorded. */
export function useSimulation(action: Api.ProposalAction | undefined) {
  return useQuery({
    queryKey: ['simulate', action],
    enabled: action !== undefined,
    meta: { live: true },
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.call('simulateProposal', { body: { action: action as Api.ProposalAction }, signal }),
  });
}

/** The simulated proposal as people read it: sentence, changes, what it needs, and whether the network could go on afterwards. */
export function Simulation({ simulation }: { readonly simulation: ReturnType<typeof useSimulation> }) {
  const { t } = useTranslation('proposals');
  const organizations = useOrganizations();
  const { data, error, isEnabled, refetch } = simulation;
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!isEnabled)
    return (
      <Text size="sm" c="dimmed">
        {t('simulateNothing')}
      </Text>
    );
  if (data === undefined) return <Skeleton h={200} />;
  return (
    <Stack gap="md" aria-live="polite">
      <p className="proposal-sentence">{sentenceOf(t, data, organizations)}</p>
      {data.refusal !== null && (
        <Alert color="red" icon={<Icon name="cross" />} title={t('refused')}>
          <Stack gap={4}>
            <Text size="sm">{data.refusal.detail}</Text>
            <Text size="sm">
              <Code>{data.refusal.code}</Code>
            </Text>
          </Stack>
        </Alert>
      )}
      {data.warning !== null && (
        <Alert color="yellow" icon={<Icon name="alert" />} title={t('tooFew')}>
          {t('tooFewHelp', { quorum: data.after.quorum, validators: data.after.validators, reachable: data.reachable })}
        </Alert>
      )}
      {data.refusal === null && (
        <Text size="sm">{t('needs', { needed: data.tally.needed, validators: data.tally.validators })}</Text>
      )}
      {data.changes.length > 0 && <ChangesTable changes={data.changes} />}
      <Quorum simulation={data} />
    </Stack>
  );
}

function Quorum({ simulation }: { readonly simulation: Api.ProposalSimulation }) {
  const { t } = useTranslation('proposals');
  const { before, after, validators } = simulation;
  const isSame = validators.every(({ isBefore, isAfter }) => isBefore === isAfter);
  return (
    <>
      <Alert color={isSame ? 'gray' : 'harbour'} icon={<Icon name="seal" />}>
        {isSame
          ? t('quorumSame', { ...after })
          : t('quorumAfter', { ...after, before: before.validators, beforeTolerated: before.tolerated })}
      </Alert>
      {!isSame && (
        <LabelledTable
          label={t('field.validators')}
          header={[t('who'), t('before'), t('after'), t('reachable'), t('lastSeal')]}
          rows={validators.map(({ did, isBefore, isAfter, isConnected, isSelf, missedTurns, lastSealHeight }) => ({
            key: did,
            cells: [
              <OrganizationLink key="who" did={did} withCopy={false} />,
              isBefore ? t('yes') : '–',
              isAfter ? t('yes') : '–',
              <Group key="there" gap={4}>
                <Badge miw="max-content" color={isConnected || isSelf ? 'teal' : 'orange'}>
                  {isConnected || isSelf ? t('connected') : t('offline')}
                </Badge>
                {missedTurns && (
                  <Badge miw="max-content" color="orange">
                    {t('missedTurns')}
                  </Badge>
                )}
              </Group>,
              lastSealHeight ?? '–',
            ],
          }))}
        />
      )}
    </>
  );
}
