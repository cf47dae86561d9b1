import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import './proposals.css';

/** Ballots so far against those that are needed, in words and as one box for each validator. */
export function TallyBar({ tally }: { readonly tally: Api.Tally }) {
  const { t } = useTranslation('proposals');
  const { yes, no, needed, validators } = tally;
  const boxes = Array.from({ length: validators }, (_unused, index) =>
    index < yes ? 'yes' : index >= validators - no ? 'no' : 'open',
  );
  return (
    <div>
      <Group gap="xs" mb={6}>
        <Text fw={650}>{t('tally', { yes, needed })}</Text>
        <Text size="sm" c="dimmed">
          {t('tallyNo', { no, validators })}
        </Text>
      </Group>
      <div className="tally" aria-hidden="true">
        {boxes.map((choice, index) => (
          <span key={index} data-choice={choice} data-needed={index === needed - 1 || undefined} />
        ))}
      </div>
    </div>
  );
}
