import { Anchor, Button, Code, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.js';
import { CopyValue } from '../../components/copy-value.js';
import { download } from '../../components/download.js';
import { Icon } from '../../components/icons.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';

/** The organisation as a W3C DID document, made from the ledger: asked for when somebody wants to see it. */
export function DidDocument({ did }: { readonly did: string }) {
  const { t } = useTranslation('organizations');
  const [isOpen, setIsOpen] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['did-document', did],
    enabled: isOpen,
    queryFn: ({ signal }) => api.call('getDidDocument', { path: { did }, signal }),
  });
  const address = `/api/v1/organizations/${encodeURIComponent(did)}/did.json`;
  const text = data === undefined ? '' : JSON.stringify(data, undefined, 2);
  return (
    <Panel
      title={t('didDocument')}
      aside={
        data !== undefined && (
          <Group gap={4}>
            <CopyValue value={text} />
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<Icon name="download" size={14} />}
              onClick={() => download('did.json', text, 'application/did+json')}
            >
              {t('download')}
            </Button>
          </Group>
        )
      }
    >
      <Text size="sm" c="dimmed" mb="sm">
        {t('didDocumentHelp')}{' '}
        <Anchor href={address} underline="always" inherit className="mono break-long">
          {address}
        </Anchor>
      </Text>
      {!isOpen && (
        <Button size="xs" variant="light" onClick={() => setIsOpen(true)}>
          {t('showDidDocument')}
        </Button>
      )}
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {isOpen && data === undefined && error === null && <Skeleton h={160} />}
      {data !== undefined && (
        <Code block className="wrap" tabIndex={0}>
          {text}
        </Code>
      )}
    </Panel>
  );
}
