import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';

export type Role = Api.Person['role'];
const ROLES: readonly Role[] = ['admin', 'operator', 'quality', 'viewer'];

/** A role with what it may do. */
export function RoleSelect({ value, onChange }: { readonly value: Role; readonly onChange: (role: Role) => void }) {
  const { t } = useTranslation('people');
  return (
    <Radio.Group
      label={t('role')}
      value={value}
      onChange={(text) => onChange(ROLES.find((role) => role === text) ?? 'viewer')}
    >
      <Stack gap="xs" mt="xs">
        {ROLES.map((role) => (
          <Radio key={role} value={role} label={t(`roles.${role}`)} description={t(`roleHelp.${role}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
