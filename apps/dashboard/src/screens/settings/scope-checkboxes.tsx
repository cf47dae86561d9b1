import { Checkbox, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAccess, type Scope } from '../../app/use-access.js';

const SCOPES: readonly Scope[] = [
  'read',
  'capture',
  'products',
  'transfer',
  'recall',
  'subscriptions',
  'metrics',
  'audit',
  'admin',
  'governance',
];

/** What a system may do. Nobody gives away what they do not have: those cannot be chosen. */
export function ScopeCheckboxes({
  value,
  onChange,
}: {
  readonly value: readonly Scope[];
  readonly onChange: (scopes: readonly Scope[]) => void;
}) {
  const { t } = useTranslation('settings');
  const { may } = useAccess();
  return (
    <Checkbox.Group
      label={t('services.scopes')}
      description={t('services.scopesHelp')}
      value={[...value]}
      onChange={(scopes) => onChange(SCOPES.filter((scope) => scopes.includes(scope)))}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs" spacing="xs">
        {SCOPES.map((scope) => (
          <Checkbox
            key={scope}
            value={scope}
            disabled={!may(scope)}
            label={scope}
            description={t(`scopes.${scope}`)}
            styles={{ label: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  );
}
