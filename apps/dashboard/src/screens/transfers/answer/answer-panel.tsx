import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../../app/api.js';
import { useAct } from '../../../app/use-act.js';
import { Panel } from '../../../components/panel.js';
import { ProblemAlert } from '../../../components/problem-alert.js';
import { REASON_CHARS_MAX, writeReason, type Discrepancy } from '../discrepancy.js';
import { AnswerLines } from './answer-lines.js';
import { ScanField } from './scan-field.js';

type Answer =
  | { readonly kind: 'accept'; readonly accepted: readonly string[] | undefined; readonly reason: string | undefined }
  | { readonly kind: 'reject'; readonly reason: string | undefined };

/** The receiver compares what arrived with the offer, and accepts all, a part, or nothing. */
export function AnswerPanel({ transfer }: { readonly transfer: Api.TransferAsOf }) {
  const { t } = useTranslation('transfers');
  const { id, items } = transfer;
  /** Lines that are not accepted, from 1, with the reason. */
  const [refused, setRefused] = useState<ReadonlyMap<number, Discrepancy>>(new Map());
  const [note, setNote] = useState('');
  const answer = useAct(
    (given: Answer, options) => {
      const reason = given.reason === undefined ? {} : { reason: given.reason };
      if (given.kind === 'reject') return api.call('rejectTransfer', { path: { id }, body: reason, ...options });
      const accepted = given.accepted === undefined ? {} : { accepted: given.accepted };
      return api.call('acceptTransfer', { path: { id }, body: { ...accepted, ...reason }, ...options });
    },
    ({ height }, { kind }) =>
      notifications.show({
        message:
          height === undefined
            ? t('answer.pending')
            : t(kind === 'reject' ? 'answer.rejected' : 'answer.accepted', { height }),
      }),
  );
  const acceptedCount = items.length - refused.size;
  const reason = writeReason({ lines: refused, note });
  const excess = (reason ?? '').length - REASON_CHARS_MAX;
  const setLine = (line: number, code: Discrepancy | undefined): void =>
    setRefused((before) => {
      const after = new Map(before);
      if (code === undefined) after.delete(line);
      else after.set(line, code);
      return after;
    });
  const refuseAll = (code: Discrepancy) => new Map(items.map((_item, index) => [index + 1, code] as const));

  return (
    <Panel title={t('answer.title')}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('answer.intro')}
        </Text>
        <ScanField
          items={items}
          onFound={(line) => setLine(line, undefined)}
          onCount={() => setRefused(refuseAll('missing'))}
          onTickAll={() => setRefused(new Map())}
          isAllTicked={refused.size === 0}
        />
        <AnswerLines items={items} refused={refused} onLine={setLine} />
        <Textarea
          label={t('answer.note')}
          description={t('answer.noteHint')}
          autosize
          minRows={1}
          maxLength={REASON_CHARS_MAX}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={excess > 0 && t('answer.tooLong', { count: excess })}
        />
        {acceptedCount === 0 && <Text size="sm">{t('answer.nothingTicked')}</Text>}
        {answer.error !== null && <ProblemAlert error={answer.error} />}
        <Group gap="xs">
          {acceptedCount > 0 && (
            <Button
              loading={answer.isPending}
              disabled={excess > 0}
              onClick={() =>
                answer.mutate({
                  kind: 'accept',
                  accepted: refused.size === 0 ? undefined : items.filter((_item, index) => !refused.has(index + 1)),
                  reason,
                })
              }
            >
              {refused.size === 0
                ? t('answer.acceptAll', { count: items.length })
                : t('answer.acceptPart', { count: acceptedCount, all: items.length })}
            </Button>
          )}
          <Button
            color={acceptedCount === 0 ? 'red.9' : 'red'}
            variant={acceptedCount === 0 ? 'filled' : 'light'}
            loading={answer.isPending}
            disabled={excess > 0}
            onClick={() => answer.mutate({ kind: 'reject', reason })}
          >
            {t('answer.rejectAll')}
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}
