import { Alert, Button, Group, SegmentedControl, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isSerialOrLot } from '#trace';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useAct } from '../../app/use-act.js';
import { useNetwork } from '../../app/use-network.js';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import { Icon } from '../../components/icons.js';
import { EntryLink, ThingLink } from '../../components/ids.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { en } from './products.locale.js';
import { readSerials, SERIALS_MAX } from './serial-list.js';

const UNITS = Object.keys(en.units) as (keyof typeof en.units)[];
const DECIMAL = /^(?:0|[1-9]\d{0,17})(?:\.\d{1,9})?$/;
const SHOWN_MAX = 12;

/** Commissions serial numbers or a lot of a product. */
export function CommissionPanel({ product: { gtin, owner } }: { readonly product: Api.ProductAsOf }) {
  const { t } = useTranslation('products');
  const { data: network } = useNetwork();
  const organizations = useOrganizations();
  const [what, setWhat] = useState<'serials' | 'lot'>('serials');
  const [text, setText] = useState('');
  const [lot, setLot] = useState('');
  const [quantity, setQuantity] = useState('');
  const [uom, setUom] = useState<string>('KGM');
  const [isMarked, setMarked] = useState(false);
  const [done, setDone] = useState<Api.ItemReceipt>();
  const commission = useAct(
    (input: Api.ItemInput, options) => api.call('commissionItems', { body: input, ...options }),
    (receipt) => {
      setDone(receipt);
      setMarked(false);
      setText('');
      setQuantity('');
    },
  );

  const { serials, wrong } = readSerials(text);
  const isLotRight = lot === '' ? what === 'serials' : isSerialOrLot(lot);
  const isQuantityRight = DECIMAL.test(quantity) && !/^[0.]+$/.test(quantity);
  const input: Api.ItemInput | undefined = !isLotRight
    ? undefined
    : what === 'serials'
      ? serials.length > 0 && serials.length <= SERIALS_MAX && wrong === undefined
        ? { gtin, serials, ...(lot !== '' && { lot }) }
        : undefined
      : isQuantityRight
        ? { gtin, lot, quantity: { value: quantity, uom } }
        : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setMarked(true);
    setDone(undefined);
    if (input !== undefined) commission.mutate(input);
  };
  const serialsFault =
    wrong !== undefined
      ? t('commission.serialsWrong', { serial: wrong })
      : serials.length > SERIALS_MAX
        ? t('commission.serialsTooMany', { count: serials.length })
        : isMarked && serials.length === 0;

  return (
    <Panel title={t('commission.title')}>
      <form onSubmit={submit} noValidate>
        <Stack maw={720}>
          <Text size="sm" c="dimmed">
            {network !== undefined && owner !== network.self
              ? t('commission.foreign', { name: nameOf(organizations, owner) })
              : t('commission.intro')}
          </Text>
          <SegmentedControl
            aria-label={t('commission.what')}
            value={what}
            onChange={(value) => setWhat(value as typeof what)}
            data={[
              { value: 'serials', label: t('commission.serials') },
              { value: 'lot', label: t('commission.lot') },
            ]}
          />
          {what === 'serials' && (
            <Textarea
              label={t('commission.serialsLabel')}
              description={t('commission.serialsHint')}
              autosize
              minRows={2}
              maxRows={10}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              error={serialsFault}
            />
          )}
          <Group grow align="flex-start">
            <TextInput
              label={what === 'serials' ? t('commission.lotOptional') : t('commission.lotLabel')}
              required={what === 'lot'}
              maxLength={20}
              value={lot}
              onChange={(event) => setLot(event.currentTarget.value)}
              error={(isMarked || lot !== '') && !isLotRight && t('commission.lotWrong')}
            />
            {what === 'lot' && (
              <TextInput
                label={t('commission.quantity')}
                required
                inputMode="decimal"
                value={quantity}
                onChange={(event) => setQuantity(event.currentTarget.value)}
                error={(isMarked || quantity !== '') && !isQuantityRight && t('commission.quantityWrong')}
              />
            )}
            {what === 'lot' && (
              <Select
                label={t('commission.unit')}
                value={uom}
                onChange={(value) => setUom(value ?? 'KGM')}
                allowDeselect={false}
                data={UNITS.map((unit) => ({ value: unit, label: t(`units.${unit}`) }))}
              />
            )}
          </Group>
          {commission.error !== null && <ProblemAlert error={commission.error} />}
          <Group>
            <Button type="submit" loading={commission.isPending}>
              {t('commission.submit')}
            </Button>
            {what === 'serials' && serials.length > 0 && (
              <Text size="sm" c="dimmed" aria-live="polite">
                {t('commission.serialsCount', { count: serials.length })}
              </Text>
            )}
          </Group>
        </Stack>
      </form>
      {done !== undefined && <Commissioned gtin={gtin} receipt={done} />}
    </Panel>
  );
}

/** Of what came into being, and where to go from here. */
function Commissioned({ gtin, receipt }: { readonly gtin: string; readonly receipt: Api.ItemReceipt }) {
  const { t } = useTranslation('products');
  const { items, height, entryId } = receipt;
  const serials = items.flatMap((id) => /\/21\/(.+)$/.exec(id)?.[1] ?? []).map((text) => decodeURIComponent(text));
  return (
    <Alert color="teal" mt="md" icon={<Icon name="check" />} role="status">
      <Stack gap="sm">
        <Text size="sm" fw={600}>
          {height === undefined ? t('form.pending') : t('commission.done', { count: items.length, height })}{' '}
          <EntryLink id={entryId} />
        </Text>
        <Group gap="md">
          {items.slice(0, SHOWN_MAX).map((id) => (
            <ThingLink key={id} id={id} />
          ))}
          {items.length > SHOWN_MAX && (
            <Text size="sm">{t('commission.more', { count: items.length - SHOWN_MAX })}</Text>
          )}
        </Group>
        <Group gap="xs">
          <Button
            size="xs"
            renderRoot={(props) => <Link {...props} to="/transfers/new" search={{ items: items.join(' ') } as never} />}
          >
            {t('commission.offer')}
          </Button>
          <Button
            size="xs"
            variant="default"
            renderRoot={(props) => (
              <Link
                {...props}
                to="/products/$gtin/labels"
                params={{ gtin } as never}
                search={(serials.length > 0 ? { serials: serials.join(' ') } : {}) as never}
              />
            )}
          >
            {t('commission.makeLabels')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
