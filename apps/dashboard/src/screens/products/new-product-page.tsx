import { ActionIcon, Button, Group, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useAct } from '../../app/use-act.js';
import { useProductNames } from '../../app/use-product-names.js';
import { Icon } from '../../components/icons.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { checkGtin } from './check-gtin.js';
import { GtinInput } from './gtin-input.js';
import { productOf, type ProductFields } from './product-fields.js';
import './products.css';

const route = getRouteApi('/products/new');

export function NewProductPage() {
  const { t } = useTranslation('products');
  const { gtin = '' } = route.useSearch();
  const navigate = useNavigate();
  const names = useProductNames();
  const [fields, setFields] = useState<ProductFields>({
    gtin,
    name: '',
    chineseName: '',
    description: '',
    category: '',
    shelfLifeDays: '',
    attributes: [],
  });
  const [isMarked, setMarked] = useState(false);
  const change = (changed: Partial<ProductFields>) => setFields((before) => ({ ...before, ...changed }));
  const register = useAct(
    (input: Api.ProductInput, options) => api.call('registerProduct', { body: input, ...options }),
    ({ gtin: registered, height }) => {
      notifications.show({ message: height === undefined ? t('form.pending') : t('form.done', { height }) });
      void navigate({ to: '/products/$gtin', params: { gtin: registered } });
    },
  );
  const check = checkGtin(fields.gtin);
  const isRegistered = check.kind === 'right' && names.has(check.gtin);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setMarked(true);
    const product = productOf(fields);
    if (product !== undefined && !isRegistered) register.mutate(product);
  };
  const needsName = isMarked && fields.name.trim() === '';

  return (
    <>
      <PageHeader title={t('form.title')} subtitle={t('form.subtitle')} />
      <Panel title={t('form.title')}>
        <form onSubmit={submit} noValidate>
          <Stack maw={720}>
            <GtinInput value={fields.gtin} onChange={(text) => change({ gtin: text })} isMarked={isMarked} />
            <TextInput
              label={t('form.name')}
              required
              maxLength={200}
              value={fields.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
              error={needsName ? t('form.nameNeeded') : undefined}
            />
            <TextInput
              label={t('form.chineseName')}
              lang="zh-Hans"
              maxLength={200}
              value={fields.chineseName}
              onChange={(event) => change({ chineseName: event.currentTarget.value })}
            />
            <Textarea
              label={t('form.description')}
              autosize
              minRows={2}
              maxLength={2_000}
              value={fields.description}
              onChange={(event) => change({ description: event.currentTarget.value })}
            />
            <Group grow align="flex-start">
              <TextInput
                label={t('form.category')}
                maxLength={512}
                value={fields.category}
                onChange={(event) => change({ category: event.currentTarget.value })}
              />
              <NumberInput
                label={t('form.shelfLife')}
                min={1}
                max={36_500}
                allowDecimal={false}
                hideControls
                value={fields.shelfLifeDays}
                onChange={(days) => change({ shelfLifeDays: days })}
              />
            </Group>
            <Attributes attributes={fields.attributes} onChange={(attributes) => change({ attributes })} />
            {register.error !== null && <ProblemAlert error={register.error} />}
            <Group>
              <Button type="submit" loading={register.isPending}>
                {t('form.submit')}
              </Button>
              <Button variant="subtle" renderRoot={(props) => <Link {...props} to="/products" />}>
                {t('form.cancel')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Panel>
    </>
  );
}

/** The ledger takes 64 attributes; three are fields of their own. */
const ATTRIBUTES_MAX = 60;

function Attributes({
  attributes,
  onChange,
}: {
  readonly attributes: ProductFields['attributes'];
  readonly onChange: (attributes: ProductFields['attributes']) => void;
}) {
  const { t } = useTranslation('products');
  const change = (at: number, changed: Partial<ProductFields['attributes'][number]>) =>
    onChange(attributes.map((attribute, index) => (index === at ? { ...attribute, ...changed } : attribute)));
  return (
    <fieldset className="plain-fieldset">
      <legend>{t('form.attributes')}</legend>
      <Text size="xs" c="dimmed" mb="xs">
        {t('form.attributesHint')}
      </Text>
      <Stack gap="xs">
        {attributes.map(({ name, value }, index) => (
          <Group key={index} gap="xs" wrap="nowrap">
            <TextInput
              aria-label={t('form.attributeName', { number: index + 1 })}
              placeholder={t('form.attributeName', { number: index + 1 })}
              value={name}
              maxLength={64}
              flex={1}
              onChange={(event) => change(index, { name: event.currentTarget.value })}
            />
            <TextInput
              aria-label={t('form.attributeValue', { number: index + 1 })}
              placeholder={t('form.attributeValue', { number: index + 1 })}
              value={value}
              maxLength={512}
              flex={2}
              onChange={(event) => change(index, { value: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('form.removeAttribute', { number: index + 1 })}
              onClick={() => onChange(attributes.filter((_attribute, at) => at !== index))}
            >
              <Icon name="cross" size={16} />
            </ActionIcon>
          </Group>
        ))}
        {attributes.length < ATTRIBUTES_MAX && (
          <Group>
            <Button variant="light" size="xs" onClick={() => onChange([...attributes, { name: '', value: '' }])}>
              {t('form.addAttribute')}
            </Button>
          </Group>
        )}
      </Stack>
    </fieldset>
  );
}
