import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LiveBadge } from '../../components/live-badge.js';
import { PageHeader } from '../../components/page-header.js';
import { BlocksTable } from './blocks-table.js';
import { NodesTable } from './nodes-table.js';
import { SealsStrip } from './seals-strip.js';

export function ChainPage() {
  const { t } = useTranslation('chain');
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={<LiveBadge />} />
      <Stack>
        <SealsStrip />
        <NodesTable />
        <BlocksTable />
      </Stack>
    </>
  );
}
