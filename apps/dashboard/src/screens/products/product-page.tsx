import { Badge, Button, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { productKey } from '#trace';
import { ProblemError, type Api } from '#sdk';
import { api } from '../../app/api.js';
import { CopyValue } from '../../components/copy-value.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { BlockLink, EntryLink } from '../../components/ids.js';
import { OrganizationLink } from '../../components/organization-link.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { CommissionPanel } from './commission-panel.js';
import { CHINESE_NAME, SHELF_LIFE } from './product-fields.js';
import './products.css';

const route = getRouteApi('/products/$gtin');

export function ProductPage() {
  const { t } = useTranslation('products');
  const { gtin } = route.useParams();
  const {
    data: product,
    error,
    refetch,
  } = useQuery({
    queryKey: ['products', 'one', gtin],
    queryFn: ({ signal }) => api.call('getProduct', { path: { gtin }, signal }),
  });
  if (error instanceof ProblemError && error.status === 404) {
    return (
      <>
        <PageHeader title={gtin} />
        <EmptyState icon="product" title={t('detail.notFound')}>
          {t('detail.notFoundBody')}
          <Group justify="center" mt="sm">
            <Button renderRoot={(props) => <Link {...props} to="/products/new" search={{ gtin } as never} />}>
              {t('detail.registerIt')}
            </Button>
          </Group>
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={product?.name ?? gtin}
        subtitle={
          <Group gap={4}>
            <span className="mono">{gtin}</span>
            <CopyValue value={gtin} />
          </Group>
        }
        actions={
          <Group gap="xs">
            <Button
              variant="default"
              renderRoot={(props) => <Link {...props} to="/items/item" search={{ id: productKey(gtin) } as never} />}
            >
              {t('detail.trace')}
            </Button>
            <Button renderRoot={(props) => <Link {...props} to="/products/$gtin/labels" params={{ gtin } as never} />}>
              {t('detail.labels')}
            </Button>
          </Group>
        }
      />
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {product === undefined && error === null && <Skeleton h={220} />}
      {product !== undefined && (
        <Stack>
          <Facts product={product} />
          <CommissionPanel product={product} />
        </Stack>
      )}
    </>
  );
}

function Facts({ product }: { readonly product: Api.ProductAsOf }) {
  const { t } = useTranslation('products');
  const { registered } = product;
  const { [CHINESE_NAME]: chineseName, [SHELF_LIFE]: days, ...attributes } = product.attributes ?? {};
  const facts: [string, ReactNode][] = [
    [t('detail.owner'), <OrganizationLink key="owner" did={product.owner} />],
    ...(typeof chineseName === 'string' ? [[t('detail.chineseName'), chineseName] as [string, ReactNode]] : []),
    ...(typeof days === 'number'
      ? [[t('detail.shelfLife'), t('detail.shelfLifeDays', { count: days })] as [string, ReactNode]]
      : []),
    [t('detail.registered'), <EventTime key="time" time={registered.blockTime} />],
    [t('detail.block'), <BlockLink key="block" height={registered.height} />],
    [t('detail.entry'), <EntryLink key="entry" id={registered.entryId} />],
  ];
  return (
    <Panel title={t('detail.facts')} aside={registered.disputed && <Badge color="red">{t('detail.disputed')}</Badge>}>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Text size="xs" c="dimmed" mt="md">
        {t('detail.description')}
      </Text>
      <Text size="sm" className="break-long">
        {product.description ?? t('detail.noDescription')}
      </Text>
      {Object.keys(attributes).length > 0 && (
        <Table mt="md" maw={640} aria-label={t('detail.attributes')}>
          <Table.Tbody>
            {Object.entries(attributes).map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row">{name}</Table.Th>
                <Table.Td className="break-long">{String(value)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}
