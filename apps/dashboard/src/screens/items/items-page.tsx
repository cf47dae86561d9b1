import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../components/page-header.js';

export function ItemsPage() {
  const { t } = useTranslation('items');
  return <PageHeader title={t('title')} subtitle={t('subtitle')} />;
}
