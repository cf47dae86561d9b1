import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { download } from '../download.js';
import { Icon } from '../icons.js';
import { Panel } from '../panel.js';
import { ProblemAlert } from '../problem-alert.js';
import { checkItem } from './verifier.js';
import { VerificationResult } from './verification-result.js';

/** That the history shown is the whole history. */
export function ItemVerifyPanel({ id }: { readonly id: string }) {
  const { t } = useTranslation('verify');
  const check = useMutation({ mutationFn: () => checkItem(id) });
  const { data: checked } = check;
  return (
    <Panel title={t('title')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('intro')}
        </Text>
        <Group gap="sm">
          <Button leftSection={<Icon name="seal" size={16} />} onClick={() => check.mutate()} loading={check.isPending}>
            {checked === undefined ? t('run') : t('again')}
          </Button>
          {checked !== undefined && (
            <Button
              variant="default"
              leftSection={<Icon name="download" size={16} />}
              onClick={() =>
                download(
                  'item-proof.json',
                  JSON.stringify({ ...checked.proof, entryIds: checked.entryIds }, undefined, 2),
                  'application/json',
                )
              }
            >
              {t('save')}
            </Button>
          )}
        </Group>
        {check.error !== null && <ProblemAlert error={check.error} />}
        {checked !== undefined && <VerificationResult verification={checked.verification} anchor={checked.anchor} />}
      </Stack>
    </Panel>
  );
}
