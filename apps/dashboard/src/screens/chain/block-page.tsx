import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../components/page-header.js';

export function BlockPage() {
  const { t } = useTranslation('chain');
  return <PageHeader title={t('title')} />;
}
