import { ActionIcon, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../../app/api.js';
import { useAct } from '../../../app/use-act.js';
import { describeThing } from '../../../components/describe-thing.js';
import { Icon } from '../../../components/icons.js';
import { ThingLink } from '../../../components/ids.js';
import { Panel } from '../../../components/panel.js';
import { ProblemAlert } from '../../../components/problem-alert.js';
import { readIds } from '../../transfers/offer/read-ids.js';
import { QUANTITY } from '../decimal.js';
import { expectedHoldings, OUTCOMES, type Outcome } from './answer-rows.js';

interface Line {
  readonly item: string;
  /** Empty: pieces. */
  readonly uom: string;
  readonly expected: string | undefined;
  readonly quantities: Readonly<Partial<Record<Outcome, string>>>;
}

/** Lines offered at first; who holds more answers in the API, or item by item. */
const LINES_MAX = 50;
const UOM = /^([A-Z0-9]{2,3})?$/;

/** This organisation says that it has read the recall, and what it found. */
export function AcknowledgePanel({
  recall,
  impact,
  self,
}: {
  readonly recall: Api.Recall;
  readonly impact: Api.RecallImpact;
  readonly self: string;
}) {
  const { t } = useTranslation('recalls');
  const [lines, setLines] = useState<readonly Line[]>(() =>
    expectedHoldings(impact)
      .filter(({ organization }) => organization === self)
      .slice(0, LINES_MAX)
      .map(({ item, uom, quantity }) => ({ item, uom: uom ?? '', expected: quantity, quantities: {} })),
  );
  const [note, setNote] = useState('');
  const acknowledge = useAct(
    (body: Api.RecallAcknowledgementInput, options) =>
      api.call('acknowledgeRecall', { path: { id: recall.id }, body, ...options }),
    ({ height }) => {
      setNote('');
      notifications.show({
        message: height === undefined ? t('notice.pending') : t('acknowledge.done', { height }),
      });
    },
  );
  const quantities = lines.flatMap(({ item, uom, quantities: given }) => {
    const filled = OUTCOMES.flatMap((outcome) => {
      const text = given[outcome]?.trim() ?? '';
      return text === '' ? [] : [[outcome, text] as const];
    });
    return filled.length === 0 ? [] : [{ item, ...(uom !== '' && { uom }), ...Object.fromEntries(filled) }];
  });
  const isWrong = lines.some(
    ({ uom, quantities: given }) => !UOM.test(uom) || Object.values(given).some((text) => !isQuantity(text)),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isWrong) return;
    acknowledge.mutate({
      ...(quantities.length > 0 && { quantities }),
      ...(note.trim() !== '' && { note: note.trim() }),
    });
  };
  const change = (at: number, changed: Partial<Line>) =>
    setLines((before) => before.map((line, index) => (index === at ? { ...line, ...changed } : line)));
  const add = (items: readonly string[]) =>
    setLines((before) => [
      ...before,
      ...items
        .filter((item) => !before.some((line) => line.item === item))
        .map((item) => ({ item, uom: '', expected: undefined, quantities: {} })),
    ]);

  return (
    <Panel title={recall.acknowledgedBy.includes(self) ? t('acknowledge.again') : t('acknowledge.title')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm" c="dimmed">
            {t('acknowledge.intro')} {lines.length > 0 ? t('acknowledge.linesHint') : t('acknowledge.nothingHeld')}
          </Text>
          {lines.map((line, index) => (
            <LineFields
              key={line.item}
              line={line}
              onChange={(changed) => change(index, changed)}
              onRemove={() => setLines((before) => before.filter((one) => one.item !== line.item))}
            />
          ))}
          <AddLine onAdd={add} />
          <Textarea
            label={t('acknowledge.note')}
            autosize
            minRows={1}
            maxLength={2_000}
            maw={720}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {acknowledge.error !== null && <ProblemAlert error={acknowledge.error} />}
          <Group>
            <Button type="submit" loading={acknowledge.isPending} disabled={isWrong}>
              {t('acknowledge.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

function isQuantity(text: string | undefined): boolean {
  return text === undefined || text.trim() === '' || QUANTITY.test(text.trim());
}

function LineFields({
  line,
  onChange,
  onRemove,
}: {
  readonly line: Line;
  readonly onChange: (changed: Partial<Line>) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation('recalls');
  const { item, uom, expected, quantities } = line;
  const { label } = describeThing(item);
  return (
    <fieldset className="acknowledge-line" aria-label={label}>
      <Group justify="space-between" mb={6} wrap="nowrap">
        <Group gap="sm">
          <ThingLink id={item} />
          {expected !== undefined && (
            <Text size="sm" c="dimmed">
              {t('track.expected')}: {expected} {uom === '' ? t('impact.pieces') : uom}
            </Text>
          )}
        </Group>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('acknowledge.remove', { id: label })}
          onClick={onRemove}
        >
          <Icon name="cross" size={16} />
        </ActionIcon>
      </Group>
      <div className="acknowledge-fields">
        {OUTCOMES.map((outcome) => (
          <TextInput
            key={outcome}
            size="xs"
            label={t(`track.outcomes.${outcome}`)}
            aria-label={t('acknowledge.field', { outcome: t(`track.outcomes.${outcome}`), item: label })}
            inputMode="decimal"
            value={quantities[outcome] ?? ''}
            onChange={(event) => onChange({ quantities: { ...quantities, [outcome]: event.currentTarget.value } })}
            error={!isQuantity(quantities[outcome]) && t('acknowledge.wrong')}
          />
        ))}
        <TextInput
          size="xs"
          label={t('acknowledge.unit')}
          placeholder={t('impact.pieces')}
          maxLength={3}
          value={uom}
          onChange={(event) => onChange({ uom: event.currentTarget.value.toUpperCase() })}
          error={!UOM.test(uom)}
        />
      </div>
    </fieldset>
  );
}

function AddLine({ onAdd }: { readonly onAdd: (items: readonly string[]) => void }) {
  const { t } = useTranslation(['recalls', 'transfers']);
  const [text, setText] = useState('');
  const { ids, faults } = readIds(text);
  const fault = faults[0];
  return (
    <Group align="flex-end" gap="xs" maw={720}>
      <TextInput
        flex={1}
        size="xs"
        label={t('acknowledge.addLine')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={fault !== undefined && t(`transfers:new.${fault.code}`, { text: fault.text })}
      />
      <Button
        size="xs"
        variant="default"
        disabled={ids.length === 0}
        onClick={() => {
          onAdd(ids);
          setText('');
        }}
      >
        {t('acknowledge.add')}
      </Button>
    </Group>
  );
}
