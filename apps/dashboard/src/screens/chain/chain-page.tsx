import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../components/page-header.js';
import { BlocksTable } from './blocks-table.js';

export function ChainPage() {
  const { t } = useTranslation('chain');
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <BlocksTable />
    </>
  );
}
