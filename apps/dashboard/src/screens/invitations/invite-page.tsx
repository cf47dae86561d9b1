import { Button, Checkbox, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api, queryClient } from '../../app/api.js';
import { useAccess } from '../../app/use-access.js';
import { Icon } from '../../components/icons.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { ScopeNote } from '../../components/scope-note.js';
import { TicketPanel } from './ticket-panel.js';

const HOURS_PER_DAY = 24;
const DAYS_DEFAULT = 7;
const DAYS_MAX = 365;

/** One form; then the ticket, as text, as a QR code and as a file. */
export function InvitePage() {
  const { t } = useTranslation('invitations');
  const { may } = useAccess();
  const form = useForm({
    initialValues: { name: '', roles: ['member'], days: DAYS_DEFAULT as number | string, apiUrl: '' },
    validate: {
      name: (name) => (name.trim() === '' ? t('nameNeeded') : null),
      roles: (roles) => (roles.length === 0 ? t('roleNeeded') : null),
    },
  });
  const invite = useMutation({
    mutationFn: ({ name, roles, days, apiUrl }: typeof form.values) =>
      api.call('createInvitation', {
        body: {
          name: name.trim(),
          roles: roles as Api.InvitationInput['roles'] & {},
          expiresAfterHours: (typeof days === 'number' ? days : DAYS_DEFAULT) * HOURS_PER_DAY,
          ...(apiUrl.trim() !== '' && { apiUrl: apiUrl.trim() }),
        },
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['invitations'] }),
  });
  if (invite.data !== undefined) return <TicketPanel invitation={invite.data} onAnother={invite.reset} />;
  return (
    <>
      <PageHeader title={t('invite.title')} subtitle={t('invite.lead')} />
      <ScopeNote scope="governance" />
      <Panel title={t('invite.form')}>
        <form onSubmit={form.onSubmit((values) => invite.mutate(values))}>
          <Stack gap="md" maw={560}>
            <TextInput
              label={t('name')}
              description={t('nameHelp')}
              required
              maxLength={200}
              data-autofocus
              {...form.getInputProps('name')}
            />
            <Checkbox.Group label={t('roles')} description={t('rolesHelp')} {...form.getInputProps('roles')}>
              <Group mt="xs">
                <Checkbox value="member" label={t('role.member')} />
                <Checkbox value="validator" label={t('role.validator')} />
                <Checkbox value="auditor" label={t('role.auditor')} />
              </Group>
            </Checkbox.Group>
            <NumberInput
              label={t('days')}
              min={1}
              max={DAYS_MAX}
              allowDecimal={false}
              {...form.getInputProps('days')}
            />
            <TextInput
              label={t('apiUrl')}
              description={t('apiUrlHelp')}
              type="url"
              maxLength={1_024}
              {...form.getInputProps('apiUrl')}
            />
            {invite.error !== null && <ProblemAlert error={invite.error} />}
            <div>
              <Button
                type="submit"
                loading={invite.isPending}
                disabled={!may('governance')}
                leftSection={<Icon name="link" size={16} />}
              >
                {t('invite.submit')}
              </Button>
            </div>
          </Stack>
        </form>
      </Panel>
    </>
  );
}
