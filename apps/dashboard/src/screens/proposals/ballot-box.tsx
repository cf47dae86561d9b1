import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useAccess } from '../../app/use-access.js';
import { useNetwork } from '../../app/use-network.js';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import { ConfirmAct } from '../../components/confirm-act.js';
import { Icon } from '../../components/icons.js';
import { ScopeNote } from '../../components/scope-note.js';
import { sentenceOf } from './proposal-words.js';

type Act = 'yes' | 'no' | 'withdraw';

/** This organisation's own ballot, and nobody else's; or why there is none to cast. */
export function BallotBox({ proposal }: { readonly proposal: Api.ProposalDetail }) {
  const { t } = useTranslation('proposals');
  const { data: network } = useNetwork();
  const { may } = useAccess();
  const [act, setAct] = useState<Act>();
  if (network === undefined || proposal.state !== 'open') return null;

  const own = proposal.ballots.find(({ organization }) => organization === network.self);
  const isValidator = network.validators.some(({ did }) => did === network.self);
  const isOpener = proposal.opened.author === network.self;
  const canVote = isValidator && own === undefined;
  return (
    <Stack gap="sm">
      {own !== undefined && (
        <Alert color="gray" icon={<Icon name="check" />}>
          {t('voted', { choice: t(own.choice) })}
        </Alert>
      )}
      {!isValidator && <Text c="dimmed">{t('notAValidator')}</Text>}
      <ScopeNote scope="governance" />
      {may('governance') && (
        <Group gap="sm">
          {canVote && (
            <>
              <Button leftSection={<Icon name="check" size={16} />} onClick={() => setAct('yes')}>
                {t('voteYes')}
              </Button>
              <Button variant="default" leftSection={<Icon name="cross" size={16} />} onClick={() => setAct('no')}>
                {t('voteNo')}
              </Button>
            </>
          )}
          {isOpener && (
            <Button variant="subtle" color="red" onClick={() => setAct('withdraw')}>
              {t('withdraw')}
            </Button>
          )}
        </Group>
      )}
      {act !== undefined && <BallotDialog proposal={proposal} act={act} onClose={() => setAct(undefined)} />}
    </Stack>
  );
}

function BallotDialog({
  proposal,
  act,
  onClose,
}: {
  readonly proposal: Api.ProposalDetail;
  readonly act: Act;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('proposals');
  const organizations = useOrganizations();
  const { data: network } = useNetwork();
  const [reason, setReason] = useState('');
  const given = reason.trim() === '' ? {} : { reason: reason.trim() };
  const { id } = proposal;
  const send = (): Promise<unknown> =>
    act === 'withdraw'
      ? api.call('withdrawProposal', { path: { id }, body: given })
      : api.call('castBallot', { path: { id }, body: { choice: act, ...given } });
  return (
    <ConfirmAct
      isOpen
      onClose={onClose}
      title={t(`dialog.${act}`)}
      confirm={t(`dialog.${act}Confirm`)}
      isDangerous={act !== 'yes'}
      act={send}
      done={t(`dialog.${act}Done`)}
    >
      <p className="proposal-sentence">{sentenceOf(t, proposal, organizations)}</p>
      <Text size="sm">{t(`dialog.${act}Help`, { name: nameOf(organizations, network?.self ?? '') })}</Text>
      <Textarea
        label={t('reasonOptional')}
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
