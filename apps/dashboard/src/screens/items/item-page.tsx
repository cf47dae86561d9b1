import { getRouteApi } from '@tanstack/react-router';
import { PageHeader } from '../../components/page-header.js';

const route = getRouteApi('/items/item');

export function ItemPage() {
  const { id } = route.useSearch();
  return <PageHeader title={id} />;
}
