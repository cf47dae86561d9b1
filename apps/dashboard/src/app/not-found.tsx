import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../components/empty-state.js';
import { PageHeader } from '../components/page-header.js';

export function NotFound() {
  const { t } = useTranslation('app');
  return (
    <>
      <PageHeader title={t('notFound.title')} />
      <EmptyState icon="search" title={t('notFound.title')}>
        {t('notFound.body')}{' '}
        <Anchor component={Link} to="/" underline="always">
          {t('notFound.action')}
        </Anchor>
      </EmptyState>
    </>
  );
}
