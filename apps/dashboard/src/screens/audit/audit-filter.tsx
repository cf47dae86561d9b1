import { Group, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

const TYPING_MS = 350;
const route = getRouteApi('/audit');

/** Which events the node looks for; in the address, so that a finding can be shown to somebody. */
export function AuditFilter() {
  const { t } = useTranslation('audit');
  const { action, actor, since, until } = route.useSearch();
  const navigate = route.useNavigate();
  const change = useDebouncedCallback((name: 'action' | 'actor' | 'since' | 'until', value: string) => {
    void navigate({
      search: (previous) => ({ ...previous, [name]: value.trim() === '' ? undefined : value.trim() }) as never,
      replace: true,
      resetScroll: false,
    });
  }, TYPING_MS);
  return (
    <Group gap="xs" align="flex-end">
      <TextInput
        size="xs"
        w={170}
        label={t('action')}
        placeholder="session.started"
        defaultValue={action ?? ''}
        onChange={(event) => change('action', event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        w={170}
        label={t('actorId')}
        defaultValue={actor ?? ''}
        onChange={(event) => change('actor', event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        type="date"
        label={t('since')}
        defaultValue={since ?? ''}
        onChange={(event) => change('since', event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        type="date"
        label={t('until')}
        defaultValue={until ?? ''}
        onChange={(event) => change('until', event.currentTarget.value)}
      />
    </Group>
  );
}
