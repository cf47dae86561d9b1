import { Alert, Button, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../../app/api.js';
import { useAct } from '../../../app/use-act.js';
import { Icon } from '../../../components/icons.js';
import { Panel } from '../../../components/panel.js';
import { ProblemAlert } from '../../../components/problem-alert.js';

const CLASSES = ['I', 'II', 'III'];

/** What the recall says, and the signature that opens it. */
export function Notice({
  scope,
  organizations,
}: {
  readonly scope: Api.RecallSimulationInput;
  /** How many are concerned, as far as the ledger knows. */
  readonly organizations: number;
}) {
  const { t } = useTranslation('recalls');
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const [reason, setReason] = useState('');
  const [grade, setGrade] = useState<string | null>(null);
  const [instructions, setInstructions] = useState('');
  const [isMarked, setMarked] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const open = useAct(
    (input: Api.RecallOpeningInput, options) => api.call('openRecall', { body: input, ...options }),
    ({ id, height }) => {
      notifications.show({ message: height === undefined ? t('notice.pending') : t('notice.done', { height }) });
      void navigate({ to: '/recalls/$recallId', params: { recallId: id } });
    },
  );
  const isReady = title.trim() !== '' && reason.trim() !== '';
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    setMarked(true);
    setAsking(isReady);
  };
  const sign = (): void =>
    open.mutate({
      ...scope,
      title: title.trim(),
      reason: reason.trim(),
      ...(grade !== null && { class: grade }),
      ...(instructions.trim() !== '' && { instructions: instructions.trim() }),
    });
  return (
    <Panel title={t('notice.title')}>
      <form onSubmit={ask} noValidate>
        <Stack maw={820}>
          <Text size="sm" c="dimmed">
            {t('notice.intro')}
          </Text>
          <Group align="flex-start" grow preventGrowOverflow={false}>
            <TextInput
              label={t('notice.name')}
              required
              maxLength={200}
              value={title}
              onChange={(event) => setTitle(event.currentTarget.value)}
              error={isMarked && title.trim() === '' && t('notice.nameNeeded')}
            />
            <Select
              label={t('notice.class')}
              description={t('notice.classHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              clearable
              value={grade}
              onChange={setGrade}
              data={CLASSES}
              maw={280}
            />
          </Group>
          <Textarea
            label={t('notice.reason')}
            required
            autosize
            minRows={2}
            maxLength={2_000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={isMarked && reason.trim() === '' && t('notice.reasonNeeded')}
          />
          <div>
            <Textarea
              label={t('notice.instructions')}
              autosize
              minRows={2}
              maxLength={4_000}
              value={instructions}
              onChange={(event) => setInstructions(event.currentTarget.value)}
            />
            <Button size="compact-sm" variant="light" mt={6} onClick={() => setInstructions(t('notice.templateText'))}>
              {t('notice.template')}
            </Button>
          </div>
          {open.error !== null && <ProblemAlert error={open.error} />}
          {isAsking ? (
            <Alert color="red" icon={<Icon name="recall" />} role="alertdialog" aria-label={t('notice.submit')}>
              <Text size="sm" mb="sm">
                {t('notice.sure', { count: organizations })}
              </Text>
              <Group gap="xs">
                <Button color="red.9" autoFocus loading={open.isPending} onClick={sign}>
                  {t('notice.confirm')}
                </Button>
                <Button variant="default" onClick={() => setAsking(false)}>
                  {t('notice.back')}
                </Button>
              </Group>
            </Alert>
          ) : (
            <Group>
              <Button type="submit" color="red.9">
                {t('notice.submit')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Panel>
  );
}
