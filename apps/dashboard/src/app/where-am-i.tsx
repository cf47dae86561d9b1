import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nameOf, useOrganizations } from './use-organizations.js';
import { useNetwork } from './use-network.js';

/** Whose node and which network this is: the first thing to know before doing anything. */
export function WhereAmI() {
  const { t } = useTranslation('app');
  const { data } = useNetwork();
  const organizations = useOrganizations();
  if (data === undefined) return null;
  const name = nameOf(organizations, data.self);
  return (
    <Group gap="sm" wrap="nowrap" className="where-am-i">
      <span className="monogram" aria-hidden="true">
        {[...name][0]}
      </span>
      <div className="where-am-i-text">
        <Text size="xs" c="dimmed">
          {t('node')}
        </Text>
        <Text fw={600} size="sm" truncate>
          {name}
        </Text>
        <Text size="xs" c="dimmed" className="mono" truncate title={data.id}>
          {t('network')} {data.id.slice(0, 8)}
        </Text>
      </div>
    </Group>
  );
}
