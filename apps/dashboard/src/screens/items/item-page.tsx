import { Alert, Anchor, Badge, Group, Skeleton, Tabs } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError, type Api } from '#sdk';
import { useProductNames } from '../../app/use-product-names.js';
import { CopyValue } from '../../components/copy-value.js';
import { describeThing } from '../../components/describe-thing.js';
import { EmptyState } from '../../components/empty-state.js';
import { Icon } from '../../components/icons.js';
import { PageHeader } from '../../components/page-header.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { ItemSummary } from './item-summary.js';
import { Journey } from './journey.js';
import { useItem } from './use-item.js';

const TraceTab = lazy(async () => ({ default: (await import('./trace/trace-tab.js')).TraceTab }));
const CustodyTab = lazy(async () => ({ default: (await import('./custody-tab.js')).CustodyTab }));
const ProofTab = lazy(async () => ({ default: (await import('./proof-tab.js')).ProofTab }));
const RawTab = lazy(async () => ({ default: (await import('./raw-tab.js')).RawTab }));

const route = getRouteApi('/items/item');
const TABS = ['journey', 'trace', 'custody', 'proof', 'raw'] as const;
type TabName = (typeof TABS)[number];

/** One thing: opens on what happened to it. */
export function ItemPage() {
  const { t } = useTranslation('items');
  const { id, tab = 'journey' } = route.useSearch();
  const navigate = useNavigate();
  const { data: item, error, refetch } = useItem(id);
  const active = TABS.find((name) => name === tab) ?? 'journey';

  if (error instanceof ProblemError && error.status === 404) {
    return (
      <>
        <ItemHeader id={id} />
        <EmptyState icon="search" title={t('item.notFound')}>
          {t('item.notFoundBody')}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <ItemHeader id={id} item={item} />
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {item !== undefined && item.openRecalls.length > 0 && (
        <Alert color="red" icon={<Icon name="recall" />} title={t('item.recalled')} mb="md">
          {t('item.recalledBody')}{' '}
          {item.openRecalls.map((recall) => (
            <Anchor key={recall} component={Link} to={`/recalls/${recall}`} className="mono" mr="xs">
              {recall.slice(0, 12)}
            </Anchor>
          ))}
        </Alert>
      )}
      {item === undefined ? <Skeleton h={90} mb="md" /> : <ItemSummary item={item} />}
      <Tabs
        value={active}
        onChange={(value) => void navigate({ to: '.', search: { id, tab: value } as never, replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`item.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Suspense fallback={<Skeleton h={300} />}>
          {TABS.map((name) => (
            <Tabs.Panel key={name} value={name}>
              <TabContent name={name} id={id} item={item} />
            </Tabs.Panel>
          ))}
        </Suspense>
      </Tabs>
    </>
  );
}

function TabContent({
  name,
  id,
  item,
}: {
  readonly name: TabName;
  readonly id: string;
  readonly item: Api.Item | undefined;
}) {
  switch (name) {
    case 'journey':
      return <Journey id={id} />;
    case 'trace':
      return <TraceTab id={id} />;
    case 'custody':
      return item === undefined ? null : <CustodyTab item={item} />;
    case 'proof':
      return <ProofTab id={id} />;
    case 'raw':
      return <RawTab id={id} />;
  }
}

const STATUS_COLORS: Readonly<Record<string, string>> = {
  active: 'teal',
  inactive: 'gray',
  destroyed: 'red',
  unknown: 'yellow',
};

function ItemHeader({ id, item }: { readonly id: string; readonly item?: Api.Item | undefined }) {
  const { t } = useTranslation(['items', 'app']);
  const products = useProductNames();
  const { kind, label, gtin } = describeThing(id);
  const product = gtin === undefined ? undefined : products.get(gtin);
  const status = (item?.status ?? '') as 'active';
  return (
    <PageHeader
      title={kind === 'product' ? (product ?? label) : `${product ?? t(`app:thing.${kind}`)} ${label}`}
      subtitle={
        <Group gap={4} wrap="nowrap">
          <span className="mono break-long">{id}</span>
          <CopyValue value={id} />
        </Group>
      }
      actions={
        item !== undefined && (
          <Group gap="xs">
            <Badge size="lg" color={STATUS_COLORS[status] ?? 'gray'}>
              {t(`item.status.${status}`)}
            </Badge>
            {item.openTransfer !== null && (
              <Badge size="lg" color="blue">
                {t('item.offered')}
              </Badge>
            )}
            {item.findings.length > 0 && (
              <Badge size="lg" color="orange">
                {t('item.findings', { count: item.findings.length })}
              </Badge>
            )}
          </Group>
        )
      }
    />
  );
}
