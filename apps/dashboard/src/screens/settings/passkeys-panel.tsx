import { Badge, Button, Group, Skeleton, TextInput } from '@mantine/core';
import { startRegistration } from '@simplewebauthn/browser';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { ConfirmAct } from '../../components/confirm-act.js';
import { EventTime } from '../../components/event-time.js';
import { Icon } from '../../components/icons.js';
import { LabelledTable } from '../../components/labelled-table.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';

type Passkey = Api.PasskeyList['items'][number];

/** One's own passkeys: one more for another device, one less for a lost one; the last one stays. */
export function PasskeysPanel() {
  const { t } = useTranslation('settings');
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<Passkey>();
  const { data, error, refetch } = useQuery({
    queryKey: ['passkeys'],
    queryFn: ({ signal }) => api.call('listPasskeys', { signal }),
  });
  return (
    <Panel
      title={t('passkeys.title')}
      aside={
        <Button size="xs" leftSection={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>
          {t('passkeys.add')}
        </Button>
      }
    >
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton h={80} />}
      {data !== undefined && (
        <LabelledTable
          label={t('passkeys.title')}
          header={[t('name'), t('passkeys.kind'), t('created'), t('lastUsed'), t('act')]}
          rows={data.items.map((passkey) => ({
            key: passkey.id,
            cells: [
              passkey.name,
              <Badge key="kind" color="gray">
                {passkey.isDeviceBound ? t('passkeys.bound') : t('passkeys.synced')}
              </Badge>,
              <EventTime key="created" time={passkey.createdAt} />,
              passkey.lastUsedAt === null ? t('never') : <EventTime key="used" time={passkey.lastUsedAt} />,
              <Button
                key="act"
                size="compact-xs"
                variant="default"
                disabled={data.items.length === 1}
                onClick={() => setRemoved(passkey)}
              >
                {t('passkeys.remove')}
              </Button>,
            ],
          }))}
        />
      )}
      {isAdding && <AddDialog onClose={() => setAdding(false)} />}
      {removed !== undefined && (
        <ConfirmAct
          isOpen
          onClose={() => setRemoved(undefined)}
          title={t('passkeys.removeTitle')}
          confirm={t('passkeys.remove')}
          isDangerous
          act={() => api.call('removePasskey', { path: { id: removed.id } })}
          done={t('passkeys.removed')}
        >
          {t('passkeys.removeHelp', { name: removed.name })}
        </ConfirmAct>
      )}
    </Panel>
  );
}

function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState('');
  const add = async (): Promise<Api.PasskeyAdded> => {
    const options = await api.call('beginPasskey', { body: {} });
    const optionsJSON = options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'];
    const response = await startRegistration({ optionsJSON });
    return api.call('addPasskey', { body: { name: name.trim(), response: response as never } });
  };
  return (
    <ConfirmAct
      isOpen
      onClose={onClose}
      title={t('passkeys.addTitle')}
      confirm={t('passkeys.addConfirm')}
      isDisabled={name.trim() === ''}
      act={add}
      done={t('passkeys.added')}
    >
      <TextInput
        label={t('name')}
        description={t('passkeys.nameHelp')}
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Group gap="xs">{t('passkeys.addHelp')}</Group>
    </ConfirmAct>
  );
}
