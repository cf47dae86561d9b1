import { Alert, Button, NumberInput, Select, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useAccess } from '../../app/use-access.js';
import { ConfirmAct } from '../../components/confirm-act.js';
import { Icon } from '../../components/icons.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { ScopeNote } from '../../components/scope-note.js';
import { KeyReceipt } from './key-receipt.js';
import { purposeKey } from './purpose.js';
import { RevocationPreview } from './revocation-preview.js';

const route = getRouteApi('/organizations/keys/revoke');

/**
 * Says that a key of this organisation was in other hands from a height on. What would become disputed is on the screen before
 * anything is signed; key and height stand in the address, so that colleagues can look at the same list.
 */
export function RevokePage() {
  const { t } = useTranslation('organizations');
  const { key: keyId = '', from = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const { may } = useAccess();
  const [reason, setReason] = useState('');
  const [isConfirming, setConfirming] = useState(false);
  const [receipt, setReceipt] = useState<Api.KeyReceipt>();
  const self = useQuery({
    queryKey: ['organization', 'self'],
    meta: { live: true },
    queryFn: ({ signal }) => api.call('getOrganization', { path: { did: 'self' }, signal }),
  });
  const height = self.data?.asOf.height;
  const notTrustedFrom = /^\d{1,15}$/.test(from) ? Number(from) : undefined;
  const keys = self.data?.keys.filter(({ revoked, purpose }) => !revoked && purpose !== 'root') ?? [];
  const key = self.data?.keys.find((one) => one.keyId === keyId);
  const choose = (next: { readonly key?: string | undefined; readonly from?: string | undefined }): void => {
    setReceipt(undefined);
    void navigate({ search: (previous) => ({ ...previous, ...next }) as never, replace: true, resetScroll: false });
  };
  const isReady = key !== undefined && !key.revoked && notTrustedFrom !== undefined;
  return (
    <>
      <PageHeader title={t('revoke.title')} subtitle={t('revoke.lead')} />
      <ScopeNote scope="governance" />
      {self.error !== null && <ProblemAlert error={self.error} onRetry={() => void self.refetch()} />}
      {receipt !== undefined && <KeyReceipt title={t('revoke.done')} receipt={receipt} />}
      <Stack>
        <Panel title={t('revoke.step1')}>
          <Stack gap="md">
            <Select
              label={t('revoke.key')}
              placeholder={t('revoke.choose')}
              required
              maw={560}
              value={keyId === '' ? null : keyId}
              onChange={(value) => choose({ key: value ?? undefined })}
              data={keys.map((one) => ({
                value: one.keyId,
                label: t('revoke.keyChoice', {
                  purpose: t(`purposes.${purposeKey(one.purpose)}`),
                  key: one.keyId.slice(0, 8),
                  entries: one.used.entries,
                }),
              }))}
            />
            <NumberInput
              label={t('revoke.from')}
              description={t('revoke.fromHelp', { height: height ?? 0 })}
              required
              min={0}
              allowDecimal={false}
              maw={560}
              value={notTrustedFrom ?? ''}
              onChange={(value) => choose({ from: typeof value === 'number' ? String(value) : undefined })}
            />
          </Stack>
        </Panel>
        <Panel title={t('revoke.step2')} padded={false}>
          {isReady ? (
            <RevocationPreview keyId={keyId} notTrustedFrom={notTrustedFrom} />
          ) : (
            <Text size="sm" c="dimmed" px="lg" pb="lg">
              {key?.revoked === true ? t('revoke.isRevoked') : t('revoke.step2Empty')}
            </Text>
          )}
        </Panel>
        <Panel title={t('revoke.step3')}>
          <Stack gap="md">
            <Textarea
              label={t('revoke.reason')}
              description={t('revoke.reasonHelp')}
              required
              maxLength={2_000}
              autosize
              minRows={2}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Alert color="yellow" icon={<Icon name="alert" />}>
              {t('revoke.forEver')}
            </Alert>
            <div>
              <Button
                color="red"
                leftSection={<Icon name="key" size={16} />}
                disabled={!isReady || reason.trim() === '' || !may('governance')}
                onClick={() => setConfirming(true)}
              >
                {t('revoke.submit')}
              </Button>
            </div>
          </Stack>
        </Panel>
      </Stack>
      {isConfirming && key !== undefined && notTrustedFrom !== undefined && (
        <ConfirmAct
          isOpen
          onClose={() => setConfirming(false)}
          title={t('revoke.title')}
          confirm={t('revoke.confirm')}
          isDangerous
          act={() => api.call('revokeOrganizationKey', { body: { keyId, notTrustedFrom, reason: reason.trim() } })}
          onDone={setReceipt}
          done={t('revoke.done')}
        >
          <Text>
            {t('revoke.sentence', {
              purpose: t(`purposes.${purposeKey(key.purpose)}`),
              key: keyId.slice(0, 8),
              height: notTrustedFrom,
            })}
          </Text>
        </ConfirmAct>
      )}
    </>
  );
}
