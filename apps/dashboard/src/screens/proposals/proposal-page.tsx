import { Alert, Badge, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useNetwork } from '../../app/use-network.js';
import { useOrganizations } from '../../app/use-organizations.js';
import { CopyValue } from '../../components/copy-value.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { Facts } from '../../components/facts.js';
import { Icon } from '../../components/icons.js';
import { BlockLink, EntryLink, HashText } from '../../components/ids.js';
import { LabelledTable } from '../../components/labelled-table.js';
import { OrganizationLink } from '../../components/organization-link.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { BallotBox } from './ballot-box.js';
import { ChangesTable } from './changes-table.js';
import { sentenceOf, STATE_COLORS } from './proposal-words.js';
import { TallyBar } from './tally-bar.js';

const route = getRouteApi('/proposals/$proposalId');

/** One proposal: what it says, what it changes, who has said what, until when, and this organisation's own ballot. */
export function ProposalPage() {
  const { t } = useTranslation('proposals');
  const { proposalId } = route.useParams();
  const organizations = useOrganizations();
  const { data, error, refetch } = useQuery({
    queryKey: ['proposal', proposalId],
    meta: { live: true },
    queryFn: ({ signal }) => api.call('getProposal', { path: { id: proposalId }, signal }),
  });
  return (
    <>
      <PageHeader
        title={data === undefined ? t('proposal') : t(`kind.${data.kind}`)}
        subtitle={
          <Group gap={4} wrap="nowrap">
            <span className="mono break-long">{proposalId}</span>
            <CopyValue value={proposalId} />
          </Group>
        }
        actions={
          data !== undefined && (
            <Badge size="lg" color={STATE_COLORS[data.state]}>
              {t(`state.${data.state}`)}
            </Badge>
          )
        }
      />
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton h={400} />}
      {data !== undefined && (
        <Stack>
          <Panel title={t('whatIsProposed')}>
            <Stack gap="md">
              <p className="proposal-sentence">{sentenceOf(t, data, organizations)}</p>
              {data.reason !== null && (
                <Text>
                  <strong>{t('reason')}:</strong> {data.reason}
                </Text>
              )}
              <Outcome proposal={data} />
              <TallyBar tally={data.tally} />
              <BallotBox proposal={data} />
            </Stack>
          </Panel>
          <Panel title={t('changes')}>
            <ChangesTable changes={data.changes} />
          </Panel>
          <Ballots ballots={data.ballots} />
          <Course proposal={data} />
        </Stack>
      )}
    </>
  );
}

/** What became of it, in a sentence, where it is not open any more. */
function Outcome({ proposal }: { readonly proposal: Api.ProposalDetail }) {
  const { t } = useTranslation('proposals');
  const { state, effectHeight, decidedHeight, failure } = proposal;
  if (state === 'open') return null;
  return (
    <Alert
      color={STATE_COLORS[state]}
      icon={<Icon name={state === 'effective' || state === 'passed' ? 'check' : 'alert'} />}
    >
      {t(`outcome.${state}`, { effect: effectHeight ?? '', decided: decidedHeight ?? '' })}
      {failure !== null && ` (${failure})`}
    </Alert>
  );
}

function Ballots({ ballots }: { readonly ballots: Api.ProposalDetail['ballots'] }) {
  const { t } = useTranslation('proposals');
  return (
    <Panel title={t('ballots')}>
      {ballots.length === 0 ? (
        <EmptyState icon="ballot" title={t('noBallots')}>
          {t('noBallotsHelp')}
        </EmptyState>
      ) : (
        <LabelledTable
          label={t('ballots')}
          header={[t('who'), t('choice'), t('when'), t('key'), t('reason'), t('entry')]}
          rows={ballots.map(({ organization, choice, keyId, reason, entry }) => ({
            key: organization,
            cells: [
              <OrganizationLink key="who" did={organization} withCopy={false} />,
              <Badge key="choice" color={choice === 'yes' ? 'teal' : 'red'}>
                {t(choice)}
              </Badge>,
              <EventTime key="when" time={entry.blockTime} />,
              <HashText key="key" value={keyId} chars={8} />,
              reason ?? '–',
              <EntryLink key="entry" id={entry.entryId} chars={8} />,
            ],
          }))}
        />
      )}
    </Panel>
  );
}

function Course({ proposal }: { readonly proposal: Api.ProposalDetail }) {
  const { t } = useTranslation('proposals');
  const { data: network } = useNetwork();
  const { opened, expiresAt, effectHeight, decidedHeight, state, about, key } = proposal;
  const left = network === undefined || state !== 'open' ? undefined : expiresAt - network.height;
  return (
    <Panel title={t('course')}>
      <Facts
        facts={[
          [t('openedBy'), <OrganizationLink key="by" did={opened.author} />],
          [t('openedAt'), <EventTime key="at" time={opened.blockTime} />],
          [t('openedIn'), <BlockLink key="in" height={opened.height} />],
          [t('entry'), <EntryLink key="entry" id={opened.entryId} />],
          ...(about === null ? [] : [[t('about'), <OrganizationLink key="about" did={about.did} />] as const]),
          ...(key === null ? [] : [[t('key'), <HashText key="key" value={key.keyId} />] as const]),
          [
            t('deadline'),
            left === undefined
              ? t('block', { height: expiresAt })
              : t('deadlineIn', { height: expiresAt, count: left }),
          ],
          [t('effect'), effectHeight === null ? t('effectNext') : t('block', { height: effectHeight })],
          ...(decidedHeight === null
            ? []
            : [[t('decided'), <BlockLink key="decided" height={decidedHeight} />] as const]),
        ]}
      />
    </Panel>
  );
}
