import { Alert, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { Icon } from '../../components/icons.js';
import { BlockLink, EntryLink, HashText } from '../../components/ids.js';

/** What an act with a key came to: its entry, its block, the new key. */
export function KeyReceipt({ title, receipt }: { readonly title: string; readonly receipt: Api.KeyReceipt }) {
  const { t } = useTranslation('organizations');
  const { entryId, height, keyId, status } = receipt;
  return (
    <Alert color="teal" icon={<Icon name="check" />} title={title} mb="md" role="status">
      <Group gap="lg">
        <Text size="sm" component="div">
          {t('receipt.entry')} <EntryLink id={entryId} />
        </Text>
        {height !== undefined && (
          <Text size="sm" component="div">
            {t('receipt.block')} <BlockLink height={height} />
          </Text>
        )}
        {keyId !== null && (
          <Text size="sm" component="div">
            {t('receipt.newKey')} <HashText value={keyId} />
          </Text>
        )}
        {status === 'pending' && <Text size="sm">{t('receipt.pending')}</Text>}
        <Text size="sm">
          <Link to="/organizations/$did" params={{ did: 'self' }}>
            {t('receipt.keys')}
          </Link>
        </Text>
      </Group>
    </Alert>
  );
}
