import { Anchor, Button, Group, NumberInput, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { isSerialOrLot } from '#trace';
import { api } from '../../../app/api.js';
import { CopyValue } from '../../../components/copy-value.js';
import { download } from '../../../components/download.js';
import { EmptyState } from '../../../components/empty-state.js';
import { Icon } from '../../../components/icons.js';
import { PageHeader } from '../../../components/page-header.js';
import { Panel } from '../../../components/panel.js';
import { ProblemAlert } from '../../../components/problem-alert.js';
import { readSerials } from '../serial-list.js';
import { LabelCard } from './label-card.js';
import { labelLink, LABELS_MAX, labelSubjects, readResolver, type LabelSubject } from './label-links.js';
import { qrSvg } from './qr-code.js';
import './labels.css';

const route = getRouteApi('/products/$gtin/labels');
const PER_SHEET = 24;
const COPIES_MAX = 100;

type Layout = 'single' | 'sheet';

/** Labels of a product, a lot or serial numbers, to be printed. */
export function LabelsPage() {
  const { t } = useTranslation('products');
  const { gtin } = route.useParams();
  const { lot = '', serials: serialsText = '' } = route.useSearch();
  const navigate = useNavigate();
  const { data: product, error } = useQuery({
    queryKey: ['products', 'one', gtin],
    queryFn: ({ signal }) => api.call('getProduct', { path: { gtin }, signal }),
  });
  const [resolverText, setResolverText] = useState(location.origin);
  const [layout, setLayout] = useState<Layout>('sheet');
  const [copies, setCopies] = useState<string | number>(1);
  const search = (changed: { lot?: string; serials?: string }) =>
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, ...changed })) as never,
      replace: true,
      resetScroll: false,
    });

  const resolver = readResolver(resolverText);
  const { serials, wrong } = readSerials(serialsText);
  const isLotRight = lot === '' || isSerialOrLot(lot);
  const subjects = useMemo(
    () => labelSubjects(gtin, lot === '' ? undefined : lot, serials, typeof copies === 'number' ? copies : 1),
    [gtin, lot, serials.join(' '), copies],
  );
  const isTooMany = subjects.length > LABELS_MAX;
  const isReady = resolver !== undefined && wrong === undefined && isLotRight && !isTooMany && product !== undefined;
  const first = subjects[0];

  return (
    <>
      <PageHeader
        title={t('labels.title')}
        subtitle={
          <>
            <Anchor component={Link} to="/products/$gtin" params={{ gtin } as never} size="sm" underline="always">
              {product?.name ?? gtin}
            </Anchor>{' '}
            · {t('labels.subtitle')}
          </>
        }
      />
      {error !== null && <ProblemAlert error={error} />}
      <div className="labels-columns">
        <Panel title={t('labels.link')}>
          <Stack>
            <TextInput
              label={t('labels.lot')}
              value={lot}
              maxLength={20}
              onChange={(event) => search({ lot: event.currentTarget.value })}
              error={!isLotRight && t('commission.lotWrong')}
            />
            <Textarea
              label={t('labels.serials')}
              description={t('labels.serialsHint')}
              autosize
              minRows={2}
              maxRows={8}
              value={serialsText}
              onChange={(event) => search({ serials: event.currentTarget.value })}
              error={
                wrong !== undefined ? t('commission.serialsWrong', { serial: wrong }) : isTooMany && t('labels.tooMany')
              }
            />
            <TextInput
              label={t('labels.resolver')}
              description={t('labels.resolverHint')}
              type="url"
              value={resolverText}
              onChange={(event) => setResolverText(event.currentTarget.value)}
              error={resolver === undefined && t('labels.resolverWrong')}
            />
            <NumberInput
              label={t('labels.copies')}
              min={1}
              max={COPIES_MAX}
              allowDecimal={false}
              hideControls
              value={copies}
              onChange={setCopies}
            />
            <div>
              <Text size="sm" fw={500} mb={4} id="label-layout">
                {t('labels.layout')}
              </Text>
              <SegmentedControl
                fullWidth
                aria-labelledby="label-layout"
                value={layout}
                onChange={(value) => setLayout(value as Layout)}
                data={(['sheet', 'single'] as const).map((value) => ({ value, label: t(`labels.layouts.${value}`) }))}
              />
            </div>
          </Stack>
        </Panel>
        <Panel
          title={t('labels.preview')}
          aside={
            <Text size="sm" c="dimmed" aria-live="polite">
              {t('labels.count', { count: subjects.length })}{' '}
              {layout === 'sheet' && t('labels.pages', { count: Math.ceil(subjects.length / PER_SHEET) })}
            </Text>
          }
        >
          {isReady && first !== undefined ? (
            <Sheets subjects={subjects} resolver={resolver} name={product.name} layout={layout} />
          ) : (
            <EmptyState icon="product" title={t('labels.none')}>
              {t('labels.noneBody')}
            </EmptyState>
          )}
        </Panel>
      </div>
    </>
  );
}

interface SheetsProps {
  readonly subjects: readonly LabelSubject[];
  readonly resolver: string;
  readonly name: string;
  readonly layout: Layout;
}

/** The first page in sight; all of them are made when they are printed, so that a thousand labels do not slow down typing. */
function Sheets(props: SheetsProps) {
  const { t } = useTranslation('products');
  const [isPrinting, setPrinting] = useState(false);
  const link = labelLink(props.resolver, props.subjects[0] as LabelSubject);
  const firstPage = props.subjects.slice(0, props.layout === 'sheet' ? PER_SHEET : 1);
  return (
    <Stack>
      <Group gap="xs">
        <Button onClick={() => setPrinting(true)} loading={isPrinting}>
          {t('labels.print')}
        </Button>
        <Button
          variant="default"
          leftSection={<Icon name="download" size={14} />}
          onClick={() => download('label.svg', qrSvg(link), 'image/svg+xml')}
        >
          {t('labels.svg')}
        </Button>
        <Anchor href={new URL(link).pathname} target="_blank" rel="noreferrer" size="sm">
          {t('labels.open')}
        </Anchor>
      </Group>
      <Group gap={4} wrap="nowrap">
        <Text size="sm" className="mono break-long">
          {link}
        </Text>
        <CopyValue value={link} />
      </Group>
      <div className="label-preview" tabIndex={0} role="region" aria-label={t('labels.preview')}>
        <Pages {...props} subjects={firstPage} />
      </div>
      {isPrinting && createPortal(<PrintedPages {...props} onPrinted={() => setPrinting(false)} />, document.body)}
    </Stack>
  );
}

/** Beside the application in the document: what is printed is this alone. */
function PrintedPages({ onPrinted, ...props }: SheetsProps & { readonly onPrinted: () => void }) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const images = [...(root.current?.querySelectorAll('img') ?? [])];
    void Promise.allSettled(images.map((image) => image.decode())).then(() => {
      window.print();
      onPrinted();
    });
  }, []);
  return (
    <div ref={root} className="label-print">
      <Pages {...props} />
    </div>
  );
}

function Pages({ subjects, resolver, name, layout }: SheetsProps) {
  const perPage = layout === 'sheet' ? PER_SHEET : 1;
  return Array.from({ length: Math.ceil(subjects.length / perPage) }, (_unused, page) => (
    <div key={page} className="label-page" data-layout={layout}>
      {subjects.slice(page * perPage, (page + 1) * perPage).map((subject, index) => (
        <LabelCard key={index} resolver={resolver} subject={subject} name={name} />
      ))}
    </div>
  ));
}
