import { Button, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readIds, type IdFault } from './read-ids.js';

const FAULTS_SHOWN = 5;

/** Pasted, typed or scanned identifiers become the selection; what is none stays in the field, with the reason. */
export function AddItems({ onAdd }: { readonly onAdd: (ids: readonly string[]) => void }) {
  const { t } = useTranslation('transfers');
  const [text, setText] = useState('');
  const [faults, setFaults] = useState<readonly IdFault[]>([]);
  const add = (): void => {
    const read = readIds(text);
    onAdd(read.ids);
    setFaults(read.faults);
    setText(read.faults.map((fault) => fault.text).join('\n'));
  };
  return (
    <Stack gap="xs" align="flex-start">
      <Textarea
        w="100%"
        label={t('new.items')}
        description={t('new.itemsHint')}
        autosize
        minRows={3}
        maxRows={10}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          add();
        }}
        error={
          faults.length > 0 &&
          faults.slice(0, FAULTS_SHOWN).map((fault) => (
            <span key={fault.text} className="offer-fault">
              {t(`new.${fault.code}`, { text: fault.text })}
            </span>
          ))
        }
      />
      <Button variant="default" size="xs" onClick={add} disabled={text.trim() === ''}>
        {t('new.add')}
      </Button>
    </Stack>
  );
}
