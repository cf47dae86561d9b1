import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { CopyValue } from '../../components/copy-value.js';
import { download } from '../../components/download.js';
import { viewerTime } from '../../components/format-time.js';
import { Icon } from '../../components/icons.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { qrCodeUrl } from './qr-code.js';

/** The ticket, shown this once, in every way of handing it over. */
export function TicketPanel({
  invitation,
  onAnother,
}: {
  readonly invitation: Api.NewInvitation;
  readonly onAnother: () => void;
}) {
  const { t, i18n } = useTranslation('invitations');
  const { name, ticket, expiresAt, apiUrl } = invitation;
  const image = useMemo(() => qrCodeUrl(ticket), [ticket]);
  const command = `npx lading join ${ticket} --did did:web:… --data-dir lading`;
  return (
    <>
      <PageHeader title={t('ticket.title', { name })} subtitle={t('ticket.lead')} />
      <Alert color="yellow" icon={<Icon name="alert" />} mb="md">
        {t('ticket.once', { time: viewerTime(expiresAt, i18n.language) })}
      </Alert>
      <Stack>
        <Panel title={t('ticket.handOver')}>
          <div className="ticket">
            <figure className="ticket-code">
              <img src={image} alt={t('ticket.qr', { name })} width={300} height={300} />
              <figcaption>{t('ticket.qrHelp')}</figcaption>
            </figure>
            <Stack gap="md" miw={0}>
              <div>
                <Group justify="space-between" mb={4}>
                  <Text fw={600} size="sm">
                    {t('ticket.text')}
                  </Text>
                  <CopyValue value={ticket} />
                </Group>
                <Code block className="wrap ticket-text" tabIndex={0}>
                  {ticket}
                </Code>
              </div>
              <div>
                <Group justify="space-between" mb={4}>
                  <Text fw={600} size="sm">
                    {t('ticket.command')}
                  </Text>
                  <CopyValue value={command} />
                </Group>
                <Code block className="wrap" tabIndex={0}>
                  {'npx lading join <…> --did did:web:… --data-dir lading'}
                </Code>
              </div>
              <Text size="sm" c="dimmed">
                {t('ticket.reachedAt')} <span className="mono break-long">{apiUrl}</span>
              </Text>
              <Group>
                <Button
                  leftSection={<Icon name="download" size={16} />}
                  onClick={() => download('lading-invitation.txt', `${ticket}\n`, 'text/plain;charset=utf-8')}
                >
                  {t('ticket.file')}
                </Button>
                <Button variant="default" renderRoot={(props) => <Link {...props} to="/organizations/invitations" />}>
                  {t('ticket.toList')}
                </Button>
                <Button variant="subtle" onClick={onAnother}>
                  {t('ticket.another')}
                </Button>
              </Group>
            </Stack>
          </div>
        </Panel>
        <Panel title={t('next.title')}>
          <ol className="next-steps">
            <li>{t('next.join')}</li>
            <li>{t('next.words')}</li>
            <li>{t('next.vote')}</li>
          </ol>
        </Panel>
      </Stack>
    </>
  );
}
