import { Button, List, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { startRegistration } from '@simplewebauthn/browser';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '#sdk';
import { api } from '../../app/api.js';
import { enter } from '../../app/use-access.js';
import { EmptyState } from '../../components/empty-state.js';
import { Icon } from '../../components/icons.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { LoginFrame } from './login-frame.js';
import { isPasskeyPromptClosed, PasskeyHint, type OptionsOf } from './passkeys.js';

/** The page behind a one-time link: the first admin, an invited person, or one who lost their passkeys makes a passkey and is in. */
export function EnrolPage() {
  const { t } = useTranslation('login');
  const navigate = useNavigate();
  const [token] = useState(() => window.location.hash.slice(1));
  const form = useForm({ mode: 'uncontrolled', initialValues: { name: '', passkeyName: '' } });
  const enrol = useMutation({
    mutationFn: async (values: { readonly name: string; readonly passkeyName: string }) => {
      const name = values.name.trim();
      const passkeyName = values.passkeyName.trim();
      const who = { token, ...(name !== '' && { name }) };
      const { options } = await api.call('beginEnrolment', { body: who });
      const response = await startRegistration({ optionsJSON: options as OptionsOf<typeof startRegistration> });
      return api.call('enrol', {
        body: { ...who, ...(passkeyName !== '' && { passkeyName }), response: response as never },
      });
    },
    onSuccess: async (session) => {
      await enter(session);
      await navigate({ to: '/', replace: true });
    },
  });
  // Only the first admin is asked for a name: the node knows that of everybody else, and says so when it is missing.
  const needsName =
    enrol.error instanceof ProblemError && enrol.error.errors.some(({ pointer }) => pointer === '/name');

  if (token === '')
    return (
      <LoginFrame title={t('enrol.title')} lead={t('enrol.lead')}>
        <EmptyState icon="link" title={t('enrol.noToken')}>
          {t('enrol.noTokenHelp')}
        </EmptyState>
      </LoginFrame>
    );
  return (
    <LoginFrame title={t('enrol.title')} lead={t('enrol.lead')}>
      <form onSubmit={form.onSubmit((values) => enrol.mutate(values))}>
        <Stack gap="md">
          <PasskeyHint />
          <TextInput
            label={t('enrol.name')}
            description={t('enrol.nameHelp')}
            autoComplete="name"
            maxLength={200}
            data-autofocus
            error={needsName ? t('enrol.nameNeeded') : undefined}
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('enrol.passkeyName')}
            description={t('enrol.passkeyNameHelp')}
            maxLength={100}
            key={form.key('passkeyName')}
            {...form.getInputProps('passkeyName')}
          />
          <List size="sm" c="dimmed" spacing={4}>
            <List.Item>{t('enrol.once')}</List.Item>
            <List.Item>{t('enrol.device')}</List.Item>
          </List>
          {isPasskeyPromptClosed(enrol.error) ? (
            <Text size="sm" role="alert">
              {t('closed')}
            </Text>
          ) : (
            enrol.error !== null && !needsName && <ProblemAlert error={enrol.error} />
          )}
          <Button type="submit" size="md" leftSection={<Icon name="key" />} loading={enrol.isPending}>
            {t('enrol.submit')}
          </Button>
        </Stack>
      </form>
    </LoginFrame>
  );
}
