import { Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyValue } from '../../components/copy-value.js';
import { EntryLink } from '../../components/ids.js';
import { Panel } from '../../components/panel.js';
import { useHistory } from './use-item.js';

/** The contents of the item's entries, and the command that asks for them. */
export function RawTab({ id }: { readonly id: string }) {
  const { t } = useTranslation('items');
  const history = useHistory(id);
  const command = `curl -H "Authorization: Bearer $KEY" '${location.origin}/api/v1/items/${encodeURIComponent(id)}/history'`;
  const own = history.data?.pages.flatMap(({ events }) => events).filter(({ inheritedFrom }) => inheritedFrom === null);
  return (
    <Panel title={t('raw.title')}>
      <Stack gap="md">
        <div>
          <Text size="xs" c="dimmed">
            {t('raw.curl')}
          </Text>
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <Code block className="wrap">
              {command}
            </Code>
            <CopyValue value={command} />
          </Group>
        </div>
        {own === undefined && <Skeleton h={200} />}
        {own?.map((event) => (
          <div key={`${event.entryId} ${event.eventIndex}`}>
            <EntryLink id={event.entryId} chars={64} />
            <Code block>{JSON.stringify(event.event, undefined, 2)}</Code>
          </div>
        ))}
      </Stack>
    </Panel>
  );
}
