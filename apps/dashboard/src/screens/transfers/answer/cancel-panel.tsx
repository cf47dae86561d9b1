import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../../app/api.js';
import { useAct } from '../../../app/use-act.js';
import { nameOf, useOrganizations } from '../../../app/use-organizations.js';
import { Panel } from '../../../components/panel.js';
import { ProblemAlert } from '../../../components/problem-alert.js';

/** The offerer takes an unanswered offer back. */
export function CancelPanel({ transfer: { id, to } }: { readonly transfer: Api.TransferAsOf }) {
  const { t } = useTranslation('transfers');
  const organizations = useOrganizations();
  const [isAsking, setAsking] = useState(false);
  const cancel = useAct(
    (given: { readonly id: string }, options) => api.call('cancelTransfer', { path: given, body: {}, ...options }),
    ({ height }) =>
      notifications.show({
        message: height === undefined ? t('answer.pending') : t('answer.cancelled', { height }),
      }),
  );
  return (
    <Panel title={t('answer.cancelTitle')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('answer.cancelBody', { name: nameOf(organizations, to) })}
        </Text>
        {cancel.error !== null && <ProblemAlert error={cancel.error} />}
        <Group gap="xs">
          {isAsking ? (
            <>
              <Button color="red.9" data-autofocus loading={cancel.isPending} onClick={() => cancel.mutate({ id })}>
                {t('answer.cancelSure')}
              </Button>
              <Button variant="default" onClick={() => setAsking(false)}>
                {t('answer.cancelKeep')}
              </Button>
            </>
          ) : (
            <Button color="red" variant="light" onClick={() => setAsking(true)}>
              {t('answer.cancel')}
            </Button>
          )}
        </Group>
      </Stack>
    </Panel>
  );
}
