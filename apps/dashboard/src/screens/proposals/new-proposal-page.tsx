import { Alert, Anchor, Button, Group, NumberInput, Select, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useAccess } from '../../app/use-access.js';
import { useOrganizations } from '../../app/use-organizations.js';
import { ConfirmAct } from '../../components/confirm-act.js';
import { Icon } from '../../components/icons.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ScopeNote } from '../../components/scope-note.js';
import { ActionFields } from './action-fields.js';
import { actionOf, type ProposalDraft } from './proposal-form.js';
import { PROPOSAL_KINDS, sentenceOf } from './proposal-words.js';
import { Simulation, useSimulation } from './simulation.js';

const EXPIRES_AFTER_BLOCKS = 10_000;
const TYPING_MS = 250;
const route = getRouteApi('/proposals/new');

/** A form for each kind of change, beside what the node says would come of it. */
export function NewProposalPage() {
  const { t } = useTranslation('proposals');
  const { kind, change, did, key } = route.useSearch();
  const { may } = useAccess();
  const [draft, setDraft] = useState<ProposalDraft>({
    kind: kind ?? 'validators.change',
    did: did ?? '',
    roles: ['member'],
    change: change ?? 'add',
    keyId: key ?? '',
    notTrustedFrom: '',
    parameters: {},
    thresholds: {},
  });
  const [reason, setReason] = useState('');
  const [expiresAfterBlocks, setExpires] = useState<number | string>(EXPIRES_AFTER_BLOCKS);
  const [effectHeight, setEffect] = useState<number | string>('');
  const [isConfirming, setConfirming] = useState(false);
  const action = actionOf(draft);
  const [settled] = useDebouncedValue(action, TYPING_MS);
  const simulation = useSimulation(settled);
  const update = (part: Partial<ProposalDraft>): void => setDraft((before) => ({ ...before, ...part }));

  const input: Omit<Api.ProposalInput, 'action'> = {
    ...(reason.trim() !== '' && { reason: reason.trim() }),
    ...(typeof expiresAfterBlocks === 'number' && { expiresAfterBlocks }),
    ...(typeof effectHeight === 'number' && { effectHeight }),
  };
  return (
    <>
      <PageHeader title={t('new')} subtitle={t('newLead')} />
      <ScopeNote scope="governance" />
      <div className="two-columns">
        <Panel title={t('change')}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              setConfirming(true);
            }}
          >
            <Stack gap="md">
              <Select
                label={t('kindOf')}
                allowDeselect={false}
                value={draft.kind}
                onChange={(value) =>
                  update({ kind: PROPOSAL_KINDS.find((one) => one === value) ?? 'validators.change' })
                }
                data={PROPOSAL_KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
              />
              {draft.kind === 'organization.admit' ? (
                <Alert color="harbour" icon={<Icon name="organization" />}>
                  {t('admitHelp')}{' '}
                  <Anchor component={Link} to="/organizations/invitations" underline="always" inherit>
                    {t('admitLink')}
                  </Anchor>
                </Alert>
              ) : (
                <>
                  <ActionFields draft={draft} onChange={update} />
                  <Textarea
                    label={t('reasonOptional')}
                    description={t('reasonHelp')}
                    maxLength={2_000}
                    autosize
                    minRows={2}
                    value={reason}
                    onChange={(event) => setReason(event.currentTarget.value)}
                  />
                  <Group grow align="flex-start">
                    <NumberInput
                      label={t('expiresAfter')}
                      description={t('expiresAfterHelp')}
                      min={1}
                      max={1_000_000}
                      allowDecimal={false}
                      thousandSeparator=","
                      value={expiresAfterBlocks}
                      onChange={setExpires}
                    />
                    <NumberInput
                      label={t('effectAt')}
                      description={t('effectAtHelp')}
                      min={1}
                      allowDecimal={false}
                      value={effectHeight}
                      onChange={setEffect}
                    />
                  </Group>
                  <Button
                    type="submit"
                    disabled={action === undefined || !may('governance') || simulation.data?.refusal !== null}
                    leftSection={<Icon name="ballot" size={16} />}
                  >
                    {t('openIt')}
                  </Button>
                </>
              )}
            </Stack>
          </form>
        </Panel>
        <Panel title={t('wouldBe')}>
          <Simulation simulation={simulation} />
        </Panel>
      </div>
      {isConfirming && action !== undefined && (
        <OpenDialog action={action} input={input} simulation={simulation.data} onClose={() => setConfirming(false)} />
      )}
    </>
  );
}

function OpenDialog({
  action,
  input,
  simulation,
  onClose,
}: {
  readonly action: Api.ProposalAction;
  readonly input: Omit<Api.ProposalInput, 'action'>;
  readonly simulation: Api.ProposalSimulation | undefined;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('proposals');
  const organizations = useOrganizations();
  const navigate = useNavigate();
  return (
    <ConfirmAct
      isOpen
      onClose={onClose}
      title={t('openDialog')}
      confirm={t('openConfirm')}
      act={() => api.call('openProposal', { body: { action, ...input } })}
      onDone={({ id }) => void navigate({ to: '/proposals/$proposalId', params: { proposalId: id } })}
      done={t('openDone')}
    >
      {simulation !== undefined && <p className="proposal-sentence">{sentenceOf(t, simulation, organizations)}</p>}
      <Text size="sm">{t('openHelp')}</Text>
    </ConfirmAct>
  );
}
