import { Button, Group, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseSearch } from '../../items/parse-search.js';
import { describeThing } from '../../../components/describe-thing.js';

/** For a scanner that types: each identifier followed by Enter ticks its line. A serial number alone is enough where it is the only such one. */
export function ScanField({
  items,
  onFound,
  onCount,
  onTickAll,
  isAllTicked,
}: {
  readonly items: readonly string[];
  readonly onFound: (line: number) => void;
  /** Everything counts as missing until it is scanned. */
  readonly onCount: () => void;
  readonly onTickAll: () => void;
  readonly isAllTicked: boolean;
}) {
  const { t } = useTranslation('transfers');
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');
  const scan = (): void => {
    const line = lineOf(items, text);
    setSaid(
      line === undefined
        ? t('answer.scannedUnknown', { id: text.trim() })
        : t('answer.scanned', { id: text.trim(), line }),
    );
    if (line !== undefined) onFound(line);
    setText('');
  };
  return (
    <div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') scan();
        }}
      >
        <TextInput
          ref={input}
          label={t('answer.scan')}
          description={t('answer.scanHint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autoComplete="off"
          maw={480}
        />
      </form>
      <Text size="sm" mt={4} mih={20} role="status" className="break-long">
        {said}
      </Text>
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            onCount();
            input.current?.focus();
          }}
        >
          {t('answer.countByScanning')}
        </Button>
        {!isAllTicked && (
          <Button size="compact-sm" variant="default" onClick={onTickAll}>
            {t('answer.tickAll')}
          </Button>
        )}
      </Group>
    </div>
  );
}

/** @returns the line, from 1; undefined when the offer has no such item, or more than one */
function lineOf(items: readonly string[], text: string): number | undefined {
  const found = parseSearch(text);
  const isIt =
    found.kind === 'thing'
      ? (item: string) => item === found.id
      : (item: string) => describeThing(item).label === text.trim();
  const first = items.findIndex(isIt);
  return first < 0 || items.findLastIndex(isIt) !== first ? undefined : first + 1;
}
