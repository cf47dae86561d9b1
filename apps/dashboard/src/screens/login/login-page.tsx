import { Button, Group, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { bearer, LadingClient, ProblemError } from '#sdk';
import { queryClient } from '../../app/api.js';
import { signInWithKey } from '../../app/session.js';
import { ColorSchemeButton, LanguageMenu } from '../../app/shell-controls.js';
import mark from '../../assets/mark.svg';
import { ProblemAlert } from '../../components/problem-alert.js';

export function LoginPage() {
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
    <main className="login">
      <Group className="login-controls" gap={4}>
        <LanguageMenu />
        <ColorSchemeButton />
      </Group>
      <Paper className="panel login-card" radius="lg" p="xl">
        <form onSubmit={form.onSubmit(({ apiKey }) => signIn.mutate(apiKey.trim()))}>
          <Stack gap="md">
            <Group gap="sm">
              <img src={mark} alt="" width={44} height={44} />
              <Title order={1} size="h2">
                Lading
              </Title>
            </Group>
            <Text c="dimmed">{t('lead')}</Text>
            <PasswordInput
              label={t('apiKey')}
              description={t('apiKeyHelp')}
              autoComplete="off"
              required
              data-autofocus
              key={form.key('apiKey')}
              {...form.getInputProps('apiKey')}
              error={isRefused ? t('refused') : undefined}
            />
            {signIn.error !== null && !isRefused && <ProblemAlert error={signIn.error} />}
            <Button type="submit" size="md" loading={signIn.isPending}>
              {t('submit')}
            </Button>
            <Text size="xs" c="dimmed">
              {t('where')}
            </Text>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
