import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { ConfirmAct } from '../../components/confirm-act.js';
import { RoleSelect } from './role-select.js';

export type PersonAct = 'role' | 'disable' | 'enable' | 'recover';

/** What an admin does with one person; each is confirmed with the admin's own passkey. */
export function ChangeDialog({
  person,
  act,
  onClose,
  onLink,
}: {
  readonly person: Api.Person;
  readonly act: PersonAct;
  readonly onClose: () => void;
  readonly onLink: (url: string) => void;
}) {
  const { t } = useTranslation('people');
  const { id, name } = person;
  const [role, setRole] = useState(person.role);
  const send = async (): Promise<string | undefined> => {
    if (act === 'recover') return (await api.call('recoverPerson', { path: { id }, body: {} })).url;
    const change: Api.PersonChange = act === 'role' ? { role } : { status: act === 'disable' ? 'disabled' : 'active' };
    await api.call('changePerson', { path: { id }, body: change });
    return undefined;
  };
  return (
    <ConfirmAct
      isOpen
      onClose={onClose}
      title={t(`dialog.${act}`, { name })}
      confirm={t(`dialog.${act}Confirm`)}
      isDangerous={act === 'disable'}
      isDisabled={act === 'role' && role === person.role}
      act={send}
      onDone={(url) => {
        if (url !== undefined) onLink(url);
      }}
      done={t(`dialog.${act}Done`, { name })}
    >
      <Text size="sm">{t(`dialog.${act}Help`, { name })}</Text>
      {act === 'role' && <RoleSelect value={role} onChange={setRole} />}
    </ConfirmAct>
  );
}
