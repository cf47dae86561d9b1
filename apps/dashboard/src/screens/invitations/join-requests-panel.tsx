import { Anchor, Badge, Button, Checkbox, Group, Skeleton, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { ConfirmAct } from '../../components/confirm-act.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { Facts } from '../../components/facts.js';
import { Icon } from '../../components/icons.js';
import { HashText } from '../../components/ids.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import './invitations.css';

const COLORS = { filed: 'harbour', proposed: 'blue', admitted: 'teal', refused: 'red', rejected: 'gray' } as const;
const PURPOSES = ['node', 'sign', 'admin', 'root'] as const;

/** Whoever used an invitation of ours, with the words to compare before it is put to the vote. */
export function JoinRequestsPanel() {
  const { t } = useTranslation('invitations');
  const { data, error, refetch } = useQuery({
    queryKey: ['join-requests'],
    meta: { live: true },
    refetchInterval: 15_000,
    queryFn: ({ signal }) => api.call('listJoinRequests', { signal }),
  });
  return (
    <Panel title={t('requests')}>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton h={120} />}
      {data?.items.length === 0 && (
        <EmptyState icon="organization" title={t('noRequests')}>
          {t('noRequestsHelp')}
        </EmptyState>
      )}
      {data?.items.map((request) => (
        <JoinRequestCard key={request.id} request={request} />
      ))}
    </Panel>
  );
}

function JoinRequestCard({ request }: { readonly request: Api.JoinRequest }) {
  const { t } = useTranslation('invitations');
  const [isCompared, setCompared] = useState(false);
  const [act, setAct] = useState<'propose' | 'reject'>();
  const { organization, words, state, invitation, filedAt, proposalId } = request;
  const isFiled = state === 'filed';
  return (
    <article className="join-request" aria-label={organization.name}>
      <Stack gap="sm">
        <Group gap="sm">
          <Title order={3} size="h5">
            {organization.name}
          </Title>
          <Badge color={COLORS[state]}>{t(`requestState.${state}`)}</Badge>
          {proposalId !== null && (
            <Anchor component={Link} to="/proposals/$proposalId" params={{ proposalId } as never} size="sm">
              {t('seeProposal')}
            </Anchor>
          )}
        </Group>
        <div>
          <Text size="sm" mb={6}>
            {t('words')}
          </Text>
          <ol className="words" aria-label={t('wordsLabel')}>
            {words.map((word, index) => (
              <li key={index} lang="en">
                {word}
              </li>
            ))}
          </ol>
        </div>
        <Facts
          facts={[
            [
              t('did'),
              <span key="did" className="mono">
                {organization.did}
              </span>,
            ],
            [t('invitedAs'), invitation.name],
            [t('filedAt'), <EventTime key="filed" time={filedAt} />],
            [t('prefixes'), organization.gs1CompanyPrefixes.join(', ') || '–'],
            [t('nodeAddress'), organization.nodeAddress ?? '–'],
            [t('contact'), organization.contact ?? '–'],
            ...PURPOSES.map(
              (purpose) =>
                [
                  t(`keys.${purpose}`),
                  <HashText key={purpose} value={organization.keys[purpose].publicKey} />,
                ] as const,
            ),
          ]}
        />
        {isFiled && (
          <>
            <Checkbox
              label={t('compared')}
              checked={isCompared}
              onChange={(event) => setCompared(event.currentTarget.checked)}
            />
            <Group gap="sm">
              <Button
                disabled={!isCompared}
                leftSection={<Icon name="ballot" size={16} />}
                onClick={() => setAct('propose')}
              >
                {t('propose.action')}
              </Button>
              <Button variant="subtle" color="red" onClick={() => setAct('reject')}>
                {t('reject.action')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
      {act === 'propose' && <ProposeDialog request={request} onClose={() => setAct(undefined)} />}
      {act === 'reject' && (
        <ConfirmAct
          isOpen
          onClose={() => setAct(undefined)}
          title={t('reject.title')}
          confirm={t('reject.confirm')}
          isDangerous
          needsPasskey={false}
          act={() => api.call('rejectJoinRequest', { path: { id: request.id } })}
          done={t('reject.done')}
        >
          {t('reject.help', { name: organization.name })}
        </ConfirmAct>
      )}
    </article>
  );
}

function ProposeDialog({ request, onClose }: { readonly request: Api.JoinRequest; readonly onClose: () => void }) {
  const { t } = useTranslation('invitations');
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const given = reason.trim() === '' ? {} : { reason: reason.trim() };
  return (
    <ConfirmAct
      isOpen
      onClose={onClose}
      title={t('propose.title')}
      confirm={t('propose.confirm')}
      act={() => api.call('proposeAdmission', { path: { id: request.id }, body: { wordsCompared: true, ...given } })}
      onDone={({ id }) => void navigate({ to: '/proposals/$proposalId', params: { proposalId: id } })}
      done={t('propose.done')}
    >
      <Text>{t('propose.help', { name: request.organization.name })}</Text>
      <Textarea
        label={t('reason')}
        description={t('reasonHelp')}
        maxLength={2_000}
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmAct>
  );
}
