import { Badge, Button, Group, NumberInput, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import type { Scope } from '../../app/use-access.js';
import { ConfirmAct } from '../../components/confirm-act.js';
import { CopyValue } from '../../components/copy-value.js';
import { Icon } from '../../components/icons.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { PeopleTabs } from '../people/people-tabs.js';
import { SecretOnce } from '../people/secret-once.js';
import { ScopeCheckboxes } from './scope-checkboxes.js';
import { ServiceKeys, type KeyAct } from './service-keys.js';

const DAYS_DEFAULT = 90;
const DAYS_MAX = 3_650;
const OVERLAP_HOURS = 24;
const OVERLAP_HOURS_MAX = 720;
const route = getRouteApi('/people/services/$serviceId');

type Act = 'key' | 'change' | 'toggle' | KeyAct;

/** One service account: its rights, and its keys, each shown once when it is made. */
export function ServicePage() {
  const { t } = useTranslation('settings');
  const { serviceId } = route.useParams();
  const [act, setAct] = useState<Act>();
  const [secret, setSecret] = useState<string>();
  const { data, error, refetch } = useQuery({
    queryKey: ['service-account', serviceId],
    queryFn: ({ signal }) => api.call('getServiceAccount', { path: { id: serviceId }, signal }),
  });
  return (
    <>
      <PageHeader
        title={data?.name ?? t('services.one')}
        subtitle={
          <Group gap={4} wrap="nowrap">
            <span className="mono">{serviceId}</span>
            <CopyValue value={serviceId} />
          </Group>
        }
        actions={
          data !== undefined && (
            <Group gap="sm">
              <Badge size="lg" color={data.status === 'active' ? 'teal' : 'gray'}>
                {t(`status.${data.status}`)}
              </Badge>
              <Button variant="default" onClick={() => setAct('toggle')}>
                {data.status === 'active' ? t('services.disable') : t('services.enable')}
              </Button>
            </Group>
          )
        }
      />
      <PeopleTabs />
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton h={240} />}
      {data !== undefined && (
        <Stack>
          <Panel
            title={t('services.scopes')}
            aside={
              <Button size="xs" variant="default" onClick={() => setAct('change')}>
                {t('services.changeScopes')}
              </Button>
            }
          >
            <Group gap="xs">
              {data.scopes.map((scope) => (
                <Badge key={scope} color="gray" className="mono">
                  {scope}
                </Badge>
              ))}
            </Group>
          </Panel>
          <Panel
            title={t('services.keys')}
            padded={false}
            aside={
              <Button size="xs" leftSection={<Icon name="plus" size={14} />} onClick={() => setAct('key')}>
                {t('services.newKey')}
              </Button>
            }
          >
            <ServiceKeys keys={data.keys} onAct={setAct} />
          </Panel>
          <Text size="sm" c="dimmed">
            {t('services.howToUse')} <code>Authorization: Bearer lading_…</code>
          </Text>
          {act !== undefined && (
            <ServiceDialog account={data} act={act} onClose={() => setAct(undefined)} onSecret={setSecret} />
          )}
        </Stack>
      )}
      {secret !== undefined && (
        <SecretOnce
          title={t('services.secretTitle')}
          help={t('services.secretHelp')}
          secret={secret}
          onClose={() => setSecret(undefined)}
        />
      )}
    </>
  );
}

interface DialogProps {
  readonly account: Api.ServiceAccount;
  readonly onClose: () => void;
  readonly onSecret: (secret: string) => void;
}

function ServiceDialog({ act, ...props }: DialogProps & { readonly act: Act }) {
  if (act === 'change') return <ChangeDialog {...props} />;
  if (act === 'toggle') return <ToggleDialog {...props} />;
  if (act === 'key') return <NewKeyDialog {...props} />;
  return act.kind === 'rotate' ? (
    <RotateDialog {...props} keyId={act.keyId} />
  ) : (
    <RevokeDialog {...props} keyId={act.keyId} />
  );
}

function ChangeDialog({ account, onClose }: DialogProps) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState(account.name);
  const [scopes, setScopes] = useState<readonly Scope[]>(account.scopes);
  return (
    <ConfirmAct
      isOpen
      onClose={onClose}
      title={t('services.changeTitle')}
      confirm={t('services.changeConfirm')}
      isDisabled={name.trim() === '' || scopes.length === 0}
      act={() => api.call('changeServiceAccount', { path: { id: account.id }, body: { name: name.trim(), scopes } })}
      done={t('services.changed')}
    >
      <TextInput
        label={t('name')}
        required
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <ScopeCheckboxes value={scopes} onChange={setScopes} />
    </ConfirmAct>
  );
}

function ToggleDialog({ account, onClose }: DialogProps) {
  const { t } = useTranslation('settings');
  const isActive = account.status === 'active';
  return (
    <ConfirmAct
      isOpen
      onClose={onClose}
      title={isActive ? t('services.disable') : t('services.enable')}
      confirm={isActive ? t('services.disable') : t('services.enable')}
      isDangerous={isActive}
      act={() =>
        api.call('changeServiceAccount', {
          path: { id: account.id },
          body: { status: isActive ? 'disabled' : 'active' },
        })
      }
      done={t('services.changed')}
    >
      {isActive ? t('services.disableHelp', { name: account.name }) : t('services.enableHelp', { name: account.name })}
    </ConfirmAct>
  );
}

function NewKeyDialog({ account, onClose, onSecret }: DialogProps) {
  const { t } = useTranslation('settings');
  const [days, setDays] = useState<number | string>(DAYS_DEFAULT);
  return (
    <ConfirmAct
      isOpen
      onClose={onClose}
      title={t('services.newKeyTitle', { name: account.name })}
      confirm={t('services.newKeyConfirm')}
      act={() =>
        api.call('createServiceKey', {
          path: { id: account.id },
          body: { kind: 'secret', ...(typeof days === 'number' && { expiresInDays: days }) },
        })
      }
      onDone={({ secret }) => onSecret(secret ?? '')}
      done={t('services.keyMade')}
    >
      <NumberInput
        label={t('services.expiresIn')}
        min={1}
        max={DAYS_MAX}
        allowDecimal={false}
        value={days}
        onChange={setDays}
      />
      <Text size="sm" c="dimmed">
        {t('services.newKeyHelp')}
      </Text>
    </ConfirmAct>
  );
}

function RotateDialog({ account, keyId, onClose, onSecret }: DialogProps & { readonly keyId: string }) {
  const { t } = useTranslation('settings');
  const [hours, setHours] = useState<number | string>(OVERLAP_HOURS);
  return (
    <ConfirmAct
      isOpen
      onClose={onClose}
      title={t('services.rotateTitle')}
      confirm={t('services.rotate')}
      act={() =>
        api.call('rotateServiceKey', {
          path: { id: account.id, keyId },
          body: typeof hours === 'number' ? { overlapHours: hours } : {},
        })
      }
      onDone={({ secret }) => {
        if (secret !== undefined) onSecret(secret);
      }}
      done={t('services.rotated')}
    >
      <Text size="sm">{t('services.rotateHelp', { key: keyId })}</Text>
      <NumberInput
        label={t('services.overlap')}
        min={0}
        max={OVERLAP_HOURS_MAX}
        allowDecimal={false}
        value={hours}
        onChange={setHours}
      />
    </ConfirmAct>
  );
}

function RevokeDialog({ account, keyId, onClose }: DialogProps & { readonly keyId: string }) {
  const { t } = useTranslation('settings');
  return (
    <ConfirmAct
      isOpen
      onClose={onClose}
      title={t('services.endKeyTitle')}
      confirm={t('services.endKey')}
      isDangerous
      act={() => api.call('revokeServiceKey', { path: { id: account.id, keyId } })}
      done={t('services.keyEnded')}
    >
      {t('services.endKeyHelp', { key: keyId })}
    </ConfirmAct>
  );
}
