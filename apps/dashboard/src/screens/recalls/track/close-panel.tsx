import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../../app/api.js';
import { useAct } from '../../../app/use-act.js';
import { Panel } from '../../../components/panel.js';
import { ProblemAlert } from '../../../components/problem-alert.js';
import { answerRows, silentOrganizations } from './answer-rows.js';

/** The opener ends the recall. */
export function ClosePanel({
  recall,
  impact,
}: {
  readonly recall: Api.Recall;
  readonly impact: Api.RecallImpact | undefined;
}) {
  const { t } = useTranslation('recalls');
  const [note, setNote] = useState('');
  const [isAsking, setAsking] = useState(false);
  const silent = silentOrganizations(answerRows(recall, impact)).size;
  const close = useAct(
    (body: Api.RecallClosingInput, options) => api.call('closeRecall', { path: { id: recall.id }, body, ...options }),
    ({ height }) =>
      notifications.show({ message: height === undefined ? t('notice.pending') : t('close.done', { height }) }),
  );
  return (
    <Panel title={t('close.title')}>
      <Stack maw={720}>
        <Text size="sm" c="dimmed">
          {t('close.body')} {silent > 0 && <strong>{t('close.silent', { count: silent })}</strong>}
        </Text>
        <Textarea
          label={t('close.note')}
          autosize
          minRows={1}
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {close.error !== null && <ProblemAlert error={close.error} />}
        <Group gap="xs">
          {isAsking ? (
            <>
              <Button
                color="red.9"
                autoFocus
                loading={close.isPending}
                onClick={() => close.mutate(note.trim() === '' ? {} : { note: note.trim() })}
              >
                {t('close.confirm')}
              </Button>
              <Button variant="default" onClick={() => setAsking(false)}>
                {t('close.back')}
              </Button>
            </>
          ) : (
            <Button color="red" variant="light" onClick={() => setAsking(true)}>
              {t('close.submit')}
            </Button>
          )}
        </Group>
      </Stack>
    </Panel>
  );
}
