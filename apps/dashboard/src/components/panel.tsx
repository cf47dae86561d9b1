import { Group, Paper, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

/** A titled part of a page. */
export function Panel({
  title,
  aside,
  children,
  padded = true,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly padded?: boolean;
}) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} className="panel" radius="lg">
      <Group justify="space-between" px="lg" pt="md" pb="xs" gap="sm">
        <Title order={2} size="h5" id={id}>
          {title}
        </Title>
        {aside}
      </Group>
      <div className={padded ? 'panel-body' : undefined}>{children}</div>
    </Paper>
  );
}
