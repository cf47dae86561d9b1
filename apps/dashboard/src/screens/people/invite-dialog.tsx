import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.js';
import { ConfirmAct } from '../../components/confirm-act.js';
import { RoleSelect, type Role } from './role-select.js';

/** A name and a role make a link that works once. */
export function InviteDialog({
  onClose,
  onLink,
}: {
  readonly onClose: () => void;
  readonly onLink: (link: { readonly name: string; readonly url: string }) => void;
}) {
  const { t } = useTranslation('people');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('operator');
  return (
    <ConfirmAct
      isOpen
      onClose={onClose}
      title={t('invite.title')}
      confirm={t('invite.confirm')}
      isDisabled={name.trim() === ''}
      act={() => api.call('invitePerson', { body: { name: name.trim(), role } })}
      onDone={({ url }) => onLink({ name: name.trim(), url })}
      done={t('invite.done')}
    >
      <TextInput
        label={t('name')}
        required
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <RoleSelect value={role} onChange={setRole} />
    </ConfirmAct>
  );
}
