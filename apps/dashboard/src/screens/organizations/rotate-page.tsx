import { Alert, Button, List, NumberInput, Radio, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useAccess } from '../../app/use-access.js';
import { ConfirmAct } from '../../components/confirm-act.js';
import { Icon } from '../../components/icons.js';
import { HashText } from '../../components/ids.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { ScopeNote } from '../../components/scope-note.js';
import { KeyReceipt } from './key-receipt.js';
import { keyStatus } from './key-status.js';

const PURPOSES = ['sign', 'node', 'admin'] as const;
const OVERLAP_BLOCKS = 1_000;
const OVERLAP_BLOCKS_MAX = 100_000;
const route = getRouteApi('/organizations/keys/rotate');

/** A new key in place of one of this node's own; both are valid side by side for a while, so nothing stops. */
export function RotatePage() {
  const { t } = useTranslation('organizations');
  const { purpose = 'sign' } = route.useSearch();
  const navigate = route.useNavigate();
  const { may } = useAccess();
  const [overlapBlocks, setOverlap] = useState<number | string>(OVERLAP_BLOCKS);
  const [isConfirming, setConfirming] = useState(false);
  const [receipt, setReceipt] = useState<Api.KeyReceipt>();
  const self = useQuery({
    queryKey: ['organization', 'self'],
    meta: { live: true },
    queryFn: ({ signal }) => api.call('getOrganization', { path: { did: 'self' }, signal }),
  });
  const height = self.data?.asOf.height ?? 0;
  const current =
    self.data?.keys.filter((key) => key.purpose === purpose && keyStatus(key, height + 1) === 'valid') ?? [];
  const overlap = typeof overlapBlocks === 'number' ? overlapBlocks : OVERLAP_BLOCKS;
  return (
    <>
      <PageHeader title={t('rotate.title')} subtitle={t('rotate.lead')} />
      <ScopeNote scope="governance" />
      {self.error !== null && <ProblemAlert error={self.error} onRetry={() => void self.refetch()} />}
      {receipt !== undefined && <KeyReceipt title={t('rotate.done')} receipt={receipt} />}
      <Stack>
        <Panel title={t('rotate.which')}>
          <Stack gap="md">
            <Radio.Group
              aria-label={t('rotate.which')}
              value={purpose}
              onChange={(value) => {
                setReceipt(undefined);
                void navigate({ search: { purpose: PURPOSES.find((one) => one === value) ?? 'sign' }, replace: true });
              }}
            >
              <Stack gap="xs">
                {PURPOSES.map((one) => (
                  <Radio key={one} value={one} label={t(`purposes.${one}`)} description={t(`purposeHelp.${one}`)} />
                ))}
              </Stack>
            </Radio.Group>
            <Text size="sm" component="div">
              {t('rotate.current')}{' '}
              {current.length === 0
                ? t('rotate.noCurrent')
                : current.map(({ keyId }) => <HashText key={keyId} value={keyId} chars={24} />)}
            </Text>
            <NumberInput
              label={t('rotate.overlap')}
              description={t('rotate.overlapHelp')}
              min={0}
              max={OVERLAP_BLOCKS_MAX}
              allowDecimal={false}
              thousandSeparator=","
              maw={360}
              value={overlapBlocks}
              onChange={setOverlap}
            />
          </Stack>
        </Panel>
        <Panel title={t('rotate.whatHappens')}>
          <List type="ordered" size="sm" spacing={6} mb="md">
            <List.Item>{t('rotate.step1')}</List.Item>
            <List.Item>{t('rotate.step2')}</List.Item>
            <List.Item>{t('rotate.step3', { count: overlap })}</List.Item>
          </List>
          <Alert color="gray" icon={<Icon name="alert" />} mb="md">
            {t('rotate.notStolen')} <Link to="/organizations/keys/revoke">{t('acts.revokeOwn')}</Link>
          </Alert>
          <Button
            leftSection={<Icon name="key" size={16} />}
            disabled={!may('governance')}
            onClick={() => setConfirming(true)}
          >
            {t('rotate.submit')}
          </Button>
        </Panel>
      </Stack>
      {isConfirming && (
        <ConfirmAct
          isOpen
          onClose={() => setConfirming(false)}
          title={t('rotate.title')}
          confirm={t('rotate.confirm')}
          act={() => api.call('rotateOrganizationKey', { body: { purpose, overlapBlocks: overlap } })}
          onDone={setReceipt}
          done={t('rotate.done')}
        >
          <Text>{t('rotate.sentence', { purpose: t(`purposes.${purpose}`), count: overlap })}</Text>
        </ConfirmAct>
      )}
    </>
  );
}
