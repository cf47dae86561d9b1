import { Center, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '#sdk';
import { LoginPage } from '../screens/login/login-page.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useAccess } from './use-access.js';
import { useNetwork } from './use-network.js';

/** The pages for those whom the node answers, the login for others: the address stays, so that signing in leads where one wanted to go. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('app');
  const { session } = useAccess();
  const { data, error, refetch } = useNetwork();
  if (error instanceof ProblemError && error.status === 401) return <LoginPage />;
  if (data !== undefined && session !== undefined) return children;
  return (
    <Center mih="100vh" p="lg" component="main">
      {error === null ? (
        <Loader aria-label={t('loading')} />
      ) : (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      )}
    </Center>
  );
}
