import { Alert, Button, FileInput, Group, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download, csvText } from '../../../components/download.js';
import { EmptyState } from '../../../components/empty-state.js';
import { Icon } from '../../../components/icons.js';
import { PageHeader } from '../../../components/page-header.js';
import { Panel } from '../../../components/panel.js';
import { planImport, type ImportPlan } from './import-rows.js';
import { ImportTable } from './import-table.js';
import { FILE_BYTES_MAX, readSheetFile } from './read-sheet.js';
import { useImport } from './use-import.js';

type Opened = ImportPlan | { readonly kind: 'unreadable' } | { readonly kind: 'tooBig' };

const TEMPLATE = csvText(
  ['gtin', 'name', 'description', 'name_zh', 'origin'],
  [['09521001000017', 'Olive oil, 500 ml', 'Glass bottle', '橄榄油 500 毫升', 'Crete']],
);

/** Many products at once, from a spreadsheet. */
export function ImportPage() {
  const { t } = useTranslation('products');
  const [file, setFile] = useState<File | null>(null);
  const [opened, setOpened] = useState<Opened>();
  const choose = async (chosen: File | null): Promise<void> => {
    setFile(chosen);
    setOpened(chosen === null ? undefined : await open(chosen));
  };
  return (
    <>
      <PageHeader title={t('importing.title')} subtitle={t('importing.subtitle')} />
      <Stack>
        <Panel
          title={t('importing.file')}
          aside={
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<Icon name="download" size={14} />}
              onClick={() => download('products.csv', TEMPLATE, 'text/csv;charset=utf-8')}
            >
              {t('importing.template')}
            </Button>
          }
        >
          <FileInput
            label={t('importing.file')}
            description={t('importing.fileHint')}
            placeholder={t('importing.filePlaceholder')}
            accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            value={file}
            onChange={(chosen) => void choose(chosen)}
            maw={720}
          />
        </Panel>
        {opened?.kind === 'rows' && <Rows key={file?.name} plan={opened} />}
        {opened !== undefined && opened.kind !== 'rows' && (
          <Panel title={t('importing.rows')}>
            <NoRows opened={opened} />
          </Panel>
        )}
      </Stack>
    </>
  );
}

async function open(file: File): Promise<Opened> {
  if (file.size > FILE_BYTES_MAX) return { kind: 'tooBig' };
  try {
    return planImport(await readSheetFile(file));
  } catch {
    return { kind: 'unreadable' };
  }
}

function NoRows({ opened }: { readonly opened: Exclude<Opened, { kind: 'rows' }> }) {
  const { t } = useTranslation('products');
  switch (opened.kind) {
    case 'tooBig':
      return (
        <EmptyState icon="alert" title={t('importing.unreadable')}>
          {t('importing.tooBig')}
        </EmptyState>
      );
    case 'noColumn':
      return (
        <EmptyState icon="alert" title={t('importing.noColumn', { column: opened.column })}>
          {t('importing.noColumnBody', { found: opened.found.join(', ') })}
        </EmptyState>
      );
    case 'tooMany':
      return (
        <EmptyState icon="alert" title={t('importing.tooMany', { count: opened.count })}>
          {t('importing.tooManyBody')}
        </EmptyState>
      );
    default:
      return (
        <EmptyState icon="alert" title={t(`importing.${opened.kind}`)}>
          {t(`importing.${opened.kind}Body`)}
        </EmptyState>
      );
  }
}

function Rows({ plan }: { readonly plan: Extract<ImportPlan, { kind: 'rows' }> }) {
  const { t } = useTranslation('products');
  const { rows, start, stop, isRunning, counts, hasRun } = useImport(plan.rows);
  const sent = counts.done + counts.refused;
  const downloadRest = (): void => {
    const rest = rows.filter(({ outcome }) => outcome.kind !== 'done');
    const csv = csvText(
      ['row', 'gtin', 'name', 'code', 'detail'],
      rest.map(({ planned, outcome }) => [
        planned.row,
        planned.gtin,
        planned.name,
        outcome.kind === 'refused' ? outcome.code : outcome.kind,
        outcome.kind === 'refused' ? outcome.detail : planned.faults.map(({ code }) => code).join(' '),
      ]),
    );
    download('products-not-imported.csv', csv, 'text/csv;charset=utf-8');
  };
  return (
    <Panel
      title={t('importing.rows')}
      padded={false}
      aside={
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            {t('importing.summary', { ready: rows.length - counts.faulty, count: rows.length })}
          </Text>
          {isRunning ? (
            <Button size="xs" variant="default" onClick={stop}>
              {t('importing.stop')}
            </Button>
          ) : (
            counts.ready > 0 && (
              <Button size="xs" onClick={() => void start()}>
                {t('importing.start', { count: counts.ready })}
              </Button>
            )
          )}
        </Group>
      }
    >
      {hasRun && (
        <Alert
          color={counts.refused > 0 ? 'yellow' : 'teal'}
          mx="lg"
          mb="md"
          icon={<Icon name="check" />}
          role="status"
        >
          <Text size="sm">
            {isRunning
              ? t('importing.progress', { done: sent, count: sent + counts.ready })
              : t('importing.finished', counts)}{' '}
            {!isRunning && counts.ready > 0 && t('importing.stopped')}
          </Text>
          {isRunning && <Progress value={(100 * sent) / Math.max(1, sent + counts.ready)} mt="xs" aria-hidden />}
          {!isRunning && counts.done < rows.length && (
            <Button size="compact-sm" variant="default" mt="xs" onClick={downloadRest}>
              {t('importing.downloadRest')}
            </Button>
          )}
        </Alert>
      )}
      <ImportTable rows={rows} />
    </Panel>
  );
}
