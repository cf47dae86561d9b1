import { Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.js';

export type Tone = 'good' | 'warn' | 'bad' | 'plain';

/** A figure with its name and what it means. The tone is said in `detail`, too: colour is never the only sign. */
export function StatCard({
  label,
  value,
  detail,
  tone = 'plain',
  icon,
}: {
  readonly label: string;
  readonly value: ReactNode;
  readonly detail?: ReactNode;
  readonly tone?: Tone;
  readonly icon: IconName;
}) {
  return (
    <Paper className="panel stat-card" radius="lg" p="md" data-tone={tone}>
      <Group gap={8} wrap="nowrap" c="dimmed">
        <Icon name={icon} size={16} />
        <Text size="xs" fw={600}>
          {label}
        </Text>
      </Group>
      <Text className="stat-value tabular">{value}</Text>
      {detail !== undefined && (
        <Text component="div" size="xs" c="dimmed">
          {detail}
        </Text>
      )}
    </Paper>
  );
}
