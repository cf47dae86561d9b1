import { Alert, Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { Icon } from '../../components/icons.js';
import { HashText } from '../../components/ids.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';

/** Has the node compute the chain of hashes anew; with a head noted earlier it also shows whether lines were cut off since. */
export function VerifyPanel() {
  const { t } = useTranslation('audit');
  const [seq, setSeq] = useState<number | string>('');
  const [hash, setHash] = useState('');
  const verify = useMutation({
    mutationFn: () =>
      api.call('verifyAuditLog', {
        query: typeof seq === 'number' && hash.trim() !== '' ? { seq, hash: hash.trim() } : {},
      }),
  });
  return (
    <Panel title={t('verify.title')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('verify.help')}
        </Text>
        <Group align="flex-end" gap="sm">
          <NumberInput
            size="xs"
            w={140}
            label={t('verify.seq')}
            min={1}
            allowDecimal={false}
            value={seq}
            onChange={setSeq}
          />
          <TextInput
            size="xs"
            w={380}
            label={t('verify.hash')}
            value={hash}
            onChange={(event) => setHash(event.currentTarget.value)}
          />
          <Button size="xs" loading={verify.isPending} onClick={() => verify.mutate()}>
            {t('verify.action')}
          </Button>
        </Group>
        {verify.error !== null && <ProblemAlert error={verify.error} />}
        {verify.data !== undefined && <Result result={verify.data} />}
      </Stack>
    </Panel>
  );
}

function Result({ result }: { readonly result: Api.AuditVerification }) {
  const { t } = useTranslation('audit');
  const { isIntact, count, headSeq, headHash, brokenAt } = result;
  return (
    <Alert
      color={isIntact ? 'teal' : 'red'}
      icon={<Icon name={isIntact ? 'check' : 'alert'} />}
      title={isIntact ? t('verify.intact', { count }) : t('verify.broken', { seq: brokenAt ?? headSeq })}
      role="status"
    >
      <Group gap="xs">
        <Text size="sm">{t('verify.head', { seq: headSeq })}</Text>
        <HashText value={headHash} chars={24} />
        <Text size="sm">{isIntact ? t('verify.note') : t('verify.brokenHelp')}</Text>
      </Group>
    </Alert>
  );
}
