import { Button, Divider, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { startAuthentication } from '@simplewebauthn/browser';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { bearer, LadingClient, ProblemError } from '#sdk';
import { api, queryClient } from '../../app/api.js';
import { signInWithKey } from '../../app/session.js';
import { enter } from '../../app/use-access.js';
import { Icon } from '../../components/icons.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { LoginFrame } from './login-frame.js';
import { isPasskeyPromptClosed, PasskeyHint, type OptionsOf } from './passkeys.js';

/** People come with a passkey; an API key does for those who set a node up. */
export function LoginPage() {
  const { t } = useTranslation('login');
  return (
    <LoginFrame title={t('title')} lead={t('lead')}>
      <PasskeyLogin />
      <Divider label={t('or')} />
      <KeyLogin />
    </LoginFrame>
  );
}

function PasskeyLogin() {
  const { t } = useTranslation('login');
  const signIn = useMutation({
    mutationFn: async () => {
      const options = await api.call('beginSignIn', { body: {} });
      const response = await startAuthentication({ optionsJSON: options as OptionsOf<typeof startAuthentication> });
      return api.call('signIn', { body: { response: response as never } });
    },
    onSuccess: enter,
  });
  return (
    <Stack gap="sm">
      <Button size="md" leftSection={<Icon name="key" />} onClick={() => signIn.mutate()} loading={signIn.isPending}>
        {t('passkey')}
      </Button>
      <PasskeyHint />
      {isPasskeyPromptClosed(signIn.error) ? (
        <Text size="sm" role="alert">
          {t('closed')}
        </Text>
      ) : (
        signIn.error !== null && <ProblemAlert error={signIn.error} />
      )}
      <Text size="xs" c="dimmed">
        {t('noPasskey')}
      </Text>
    </Stack>
  );
}

function KeyLogin() {
  const { t } = useTranslation('login');
  const form = useForm({ mode: 'uncontrolled', initialValues: { apiKey: '' } });
  const signIn = useMutation({
    mutationFn: async (apiKey: string) => {
      await new LadingClient({ baseUrl: '', credentials: bearer(apiKey) }).call('getNetwork', {});
      return apiKey;
    },
    onSuccess: async (apiKey) => {
      signInWithKey(apiKey);
      await queryClient.resetQueries();
    },
  });
  const isRefused = signIn.error instanceof ProblemError && signIn.error.status === 401;
  return (
    <form onSubmit={form.onSubmit(({ apiKey }) => signIn.mutate(apiKey.trim()))}>
      <Stack gap="sm">
        <PasswordInput
          label={t('apiKey')}
          description={t('apiKeyHelp')}
          autoComplete="off"
          required
          key={form.key('apiKey')}
          {...form.getInputProps('apiKey')}
          error={isRefused ? t('refused') : undefined}
        />
        {signIn.error !== null && !isRefused && <ProblemAlert error={signIn.error} />}
        <Button type="submit" variant="default" loading={signIn.isPending}>
          {t('submit')}
        </Button>
        <Text size="xs" c="dimmed">
          {t('where')}
        </Text>
      </Stack>
    </form>
  );
}
