import { Button, NumberInput, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { EXPIRES_AFTER_BLOCKS_MAX, ITEMS_PER_ACT_MAX } from '#trace';
import type { Api } from '#sdk';
import { api } from '../../../app/api.js';
import { useAct } from '../../../app/use-act.js';
import { useNetwork } from '../../../app/use-network.js';
import { useOrganizations } from '../../../app/use-organizations.js';
import { ProblemAlert } from '../../../components/problem-alert.js';
import type { Scope } from './check-item.js';

const SCOPES: readonly Scope[] = ['both', 'ownership', 'custody'];

/** To whom and on what terms, and the signature. */
export function OfferTerms({
  items,
  scope,
  onScope,
}: {
  readonly items: readonly string[];
  readonly scope: Scope;
  readonly onScope: (scope: Scope) => void;
}) {
  const { t } = useTranslation('transfers');
  const navigate = useNavigate();
  const { data: network } = useNetwork();
  const organizations = useOrganizations();
  const [to, setTo] = useState<string | null>(null);
  const [reference, setReference] = useState('');
  const [blocks, setBlocks] = useState<string | number>('');
  const [isMarked, setMarked] = useState(false);
  const offer = useAct(
    (input: Api.TransferOfferInput, options) => api.call('offerTransfer', { body: input, ...options }),
    ({ entryId, height }) => {
      notifications.show({ message: height === undefined ? t('answer.pending') : t('new.done', { height }) });
      void navigate({ to: '/transfers/$transferId', params: { transferId: entryId } });
    },
  );
  const receivers = [...organizations.values()].filter(
    ({ did, status, roles }) =>
      did !== network?.self && status === 'active' && roles.some((role) => role === 'member' || role === 'validator'),
  );
  const isTooMany = items.length > ITEMS_PER_ACT_MAX;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setMarked(true);
    if (to === null || items.length === 0 || isTooMany) return;
    offer.mutate({
      items,
      to,
      transfers: scope,
      ...(reference.trim() !== '' && { reference: reference.trim() }),
      ...(typeof blocks === 'number' && { expiresAfterBlocks: blocks }),
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack mt="lg">
        <Select
          label={t('new.to')}
          placeholder={t('new.toPlaceholder')}
          required
          searchable
          value={to}
          onChange={setTo}
          data={receivers.map(({ did, name }) => ({ value: did, label: name }))}
          error={isMarked && to === null && t('new.toNeeded')}
        />
        <div>
          <Text size="sm" fw={500} mb={4} id="offer-scope">
            {t('new.what')}
          </Text>
          <SegmentedControl
            fullWidth
            orientation="vertical"
            aria-labelledby="offer-scope"
            value={scope}
            onChange={(value) => onScope(value as Scope)}
            data={SCOPES.map((value) => ({ value, label: t(`scope.${value}`) }))}
          />
        </div>
        <TextInput
          label={t('new.reference')}
          description={t('new.referenceHint')}
          maxLength={200}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <NumberInput
          label={t('new.expires')}
          description={t('new.expiresHint')}
          min={1}
          max={EXPIRES_AFTER_BLOCKS_MAX}
          allowDecimal={false}
          hideControls
          value={blocks}
          onChange={setBlocks}
        />
        {isTooMany && <Text size="sm">{t('new.tooMany')}</Text>}
        {offer.error !== null && <ProblemAlert error={offer.error} />}
        <Button type="submit" loading={offer.isPending} disabled={items.length === 0 || isTooMany}>
          {t('new.submit')}
        </Button>
      </Stack>
    </form>
  );
}
