import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { ColorSchemeButton, LanguageMenu } from '../../app/shell-controls.js';
import mark from '../../assets/mark.svg';

/** The card on which people come in. */
export function LoginFrame({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}) {
  return (
    <main className="login">
      <Group className="login-controls" gap={4}>
        <LanguageMenu />
        <ColorSchemeButton />
      </Group>
      <Paper className="panel login-card" radius="lg" p="xl">
        <Stack gap="md">
          <Group gap="sm" wrap="nowrap">
            <img src={mark} alt="" width={44} height={44} />
            <Title order={1} size="h2">
              {title}
            </Title>
          </Group>
          <Text c="dimmed">{lead}</Text>
          {children}
        </Stack>
      </Paper>
    </main>
  );
}
