import { Badge, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const STATUS_COLORS: Readonly<Record<string, string>> = { active: 'teal', suspended: 'orange', removed: 'red' };
const STATUSES = ['active', 'suspended', 'removed'] as const;
const ROLES = ['validator', 'member', 'auditor'] as const;

export function StatusBadge({ status }: { readonly status: string }) {
  const { t } = useTranslation('organizations');
  const known = STATUSES.find((one) => one === status);
  return <Badge color={STATUS_COLORS[status] ?? 'gray'}>{known === undefined ? status : t(`status.${known}`)}</Badge>;
}

export function RoleBadges({ roles }: { readonly roles: readonly string[] }) {
  const { t } = useTranslation('organizations');
  return (
    <Group gap={4} wrap="nowrap" display="inline-flex">
      {roles.map((role) => {
        const known = ROLES.find((one) => one === role);
        return (
          <Badge key={role} miw="max-content" color={role === 'validator' ? 'harbour' : 'gray'}>
            {known === undefined ? role : t(`roles.${known}`)}
          </Badge>
        );
      })}
    </Group>
  );
}
