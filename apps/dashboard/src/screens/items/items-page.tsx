import { Code, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '#sdk';
import { api } from '../../app/api.js';
import { useNetwork } from '../../app/use-network.js';
import { useProductNames } from '../../app/use-product-names.js';
import { EmptyState } from '../../components/empty-state.js';
import { BlockLink, EntryLink, ThingLink } from '../../components/ids.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { candidates, parseSearch } from './parse-search.js';

const route = getRouteApi('/items');

export function ItemsPage() {
  const { t } = useTranslation('items');
  const { q = '' } = route.useSearch();
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <Stack>
        {q !== '' && <Results text={q} />}
        <Products />
        <HowToFind />
      </Stack>
    </>
  );
}

function Results({ text }: { readonly text: string }) {
  const { t } = useTranslation('items');
  const found = parseSearch(text);
  switch (found.kind) {
    case 'badCheckDigit':
      return (
        <Panel title={t('find.results', { text })}>
          <EmptyState icon="alert" title={t('find.badCheckDigit', { text })}>
            {t('find.badCheckDigitBody')}
          </EmptyState>
        </Panel>
      );
    case 'serialOrLot':
      return <SerialOrLot text={found.text} height={found.height} />;
    case 'thing':
      return (
        <Panel title={t('find.results', { text })}>
          <ThingLink id={found.id} />
        </Panel>
      );
    case 'block':
      return <Block text={text} height={found.height} />;
    case 'entry':
      return (
        <Panel title={t('find.results', { text })}>
          <EntryLink id={found.id} chars={64} />
        </Panel>
      );
    default:
      return (
        <Panel title={t('find.results', { text })}>
          <EmptyState icon="search" title={t('find.notUnderstood', { text })}>
            {t('find.notUnderstoodBody')}
          </EmptyState>
        </Panel>
      );
  }
}

/** A block, if the chain is that long. */
function Block({ text, height }: { readonly text: string; readonly height: number }) {
  const { t } = useTranslation('items');
  const { data: network } = useNetwork();
  if (network === undefined) return null;
  return (
    <Panel title={t('find.results', { text })}>
      {height <= network.height ? (
        <BlockLine height={height} />
      ) : (
        <EmptyState icon="chain" title={t('find.noBlock', { height })}>
          {t('find.noBlockBody', { height: network.height })}
        </EmptyState>
      )}
    </Panel>
  );
}

function BlockLine({ height }: { readonly height: number }) {
  const { t } = useTranslation('items');
  return (
    <Text size="sm">
      <span className="thing-kind">{t('find.kinds.block')}</span> <BlockLink height={height} />
    </Text>
  );
}

/** Products whose serial numbers and lots are tried, and requests at once. */
const PRODUCTS_TRIED = 50;
const AT_ONCE = 8;

/** A serial number or lot alone: asked for under each product. */
function SerialOrLot({ text, height }: { readonly text: string; readonly height: number | undefined }) {
  const { t } = useTranslation('items');
  const products = useProductNames();
  const { data: network } = useNetwork();
  const gtins = [...products.keys()].slice(0, PRODUCTS_TRIED);
  const { data, error } = useQuery({
    queryKey: ['find', text, gtins],
    enabled: gtins.length > 0,
    queryFn: async ({ signal }) => {
      const hits: string[] = [];
      const tried = candidates(text, gtins);
      for (let start = 0; start < tried.length; start += AT_ONCE) {
        const answers = await Promise.all(tried.slice(start, start + AT_ONCE).map((id) => isKnown(id, signal)));
        hits.push(...tried.slice(start, start + AT_ONCE).filter((_id, index) => answers[index]));
      }
      return hits;
    },
  });
  const isBlock = height !== undefined && height <= (network?.height ?? -1);
  const isNothing = !isBlock && (data?.length === 0 || gtins.length === 0);
  return (
    <Panel title={t('find.results', { text })}>
      {error !== null && <ProblemAlert error={error} />}
      {data === undefined && error === null && gtins.length > 0 && (
        <>
          <Text size="sm">{t('find.searching', { text })}</Text>
          <Skeleton h={40} mt="xs" />
        </>
      )}
      {isNothing && (
        <EmptyState icon="search" title={t('find.nothing', { text })}>
          {t('find.nothingBody', { count: gtins.length })}
        </EmptyState>
      )}
      <Stack gap="xs">
        {isBlock && <BlockLine height={height} />}
        {data?.map((id) => (
          <ThingLink key={id} id={id} />
        ))}
      </Stack>
    </Panel>
  );
}

async function isKnown(id: string, signal: AbortSignal): Promise<boolean> {
  try {
    await api.call('getItem', { path: { id }, signal });
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return false;
    throw error;
  }
}

function Products() {
  const { t } = useTranslation('items');
  const products = useProductNames();
  return (
    <Panel title={t('find.recent')}>
      {products.size === 0 ? (
        <EmptyState icon="product" title={t('find.noProducts')}>
          {t('find.noProductsBody')}
        </EmptyState>
      ) : (
        <ul className="plain-columns">
          {[...products.keys()].slice(0, 30).map((gtin) => (
            <li key={gtin}>
              <ThingLink id={`https://id.gs1.org/01/${gtin}`} withCopy={false} />{' '}
              <span className="mono dimmed">{gtin}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Of the range that GS1 keeps for demonstrations. */
const EXAMPLES = {
  gtin: '09521001000017',
  serial: 'A1-0001',
  sscc: '095210010000000017',
  link: 'https://id.gs1.org/01/09521001000017/21/A1-0001',
  urn: 'urn:epc:id:sgtin:9521001.000001.A1-0001',
  elements: '(01)09521001000017(10)LOT1',
  entry: '64 × 0–9 a–f',
  block: '#42',
} as const;

function HowToFind() {
  const { t } = useTranslation('items');
  return (
    <Panel title={t('find.howTitle')}>
      <Text size="sm" mb="sm">
        {t('find.how')}
      </Text>
      <dl className="facts">
        {Object.entries(EXAMPLES).map(([kind, example]) => (
          <div key={kind}>
            <dt>{t(`find.kinds.${kind as keyof typeof EXAMPLES}`)}</dt>
            <dd>
              <Code className="break-long">{example}</Code>
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
