import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { EmptyState } from '../../../components/empty-state.js';
import { OrganizationLink } from '../../../components/organization-link.js';

/** Who has to look for what. A network has tens of organisations. */
export function OrganizationsTable({ impact: { organizations } }: { readonly impact: Api.RecallImpact }) {
  const { t } = useTranslation('recalls');
  if (organizations.length === 0) {
    return (
      <EmptyState icon="organization" title={t('impact.nobody')}>
        {t('impact.nobodyBody')}
      </EmptyState>
    );
  }
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table verticalSpacing="xs" aria-label={t('impact.who')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('impact.organization')}</Table.Th>
            <Table.Th ta="end">{t('impact.items')}</Table.Th>
            <Table.Th ta="end">{t('impact.lots')}</Table.Th>
            <Table.Th ta="end">{t('impact.onHand')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {organizations.map(({ organization, items, lots, quantities }) => (
            <Table.Tr key={organization}>
              <Table.Td fw={600}>
                <OrganizationLink did={organization} />
              </Table.Td>
              <Table.Td ta="end" className="tabular">
                {items}
              </Table.Td>
              <Table.Td ta="end" className="tabular">
                {lots}
              </Table.Td>
              <Table.Td ta="end" className="tabular">
                {quantities.length === 0 ? (
                  <Text span c="dimmed" size="sm">
                    –
                  </Text>
                ) : (
                  quantities.map(({ unit, onHand }) => `${onHand} ${unit}`).join(', ')
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
