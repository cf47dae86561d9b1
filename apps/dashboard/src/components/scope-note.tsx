import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAccess, type Scope } from '../app/use-access.js';
import { Icon } from './icons.js';

/** Says why the acts of a page are not for the one who looks; nothing for whom they are. */
export function ScopeNote({ scope }: { readonly scope: Scope }) {
  const { t } = useTranslation('app');
  const { session, may } = useAccess();
  if (session === undefined || may(scope)) return null;
  return (
    <Alert color="gray" icon={<Icon name="alert" />} mb="md">
      {t('act.notAllowed', { scope })}
    </Alert>
  );
}
