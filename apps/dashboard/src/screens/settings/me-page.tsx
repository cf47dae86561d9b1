import { Alert, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAccess } from '../../app/use-access.js';
import { Icon } from '../../components/icons.js';
import { PageHeader } from '../../components/page-header.js';
import { PeopleTabs } from '../people/people-tabs.js';
import { PasskeysPanel } from './passkeys-panel.js';
import { SessionsPanel } from './sessions-panel.js';

/** One's own passkeys and sessions; for an admin the sessions of all. */
export function MePage() {
  const { t } = useTranslation('settings');
  const { session } = useAccess();
  const isPerson = session?.caller.kind === 'person';
  return (
    <>
      <PageHeader title={t('title')} subtitle={isPerson ? t('lead', { name: session.caller.name ?? '' }) : undefined} />
      <PeopleTabs />
      {isPerson ? (
        <Stack>
          <PasskeysPanel />
          <SessionsPanel />
        </Stack>
      ) : (
        <Alert color="gray" icon={<Icon name="key" />}>
          {t('notAPerson')}
        </Alert>
      )}
    </>
  );
}
