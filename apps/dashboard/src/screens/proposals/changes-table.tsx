import { Code, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { LabelledTable } from '../../components/labelled-table.js';
import { OrganizationLink } from '../../components/organization-link.js';
import { RoleBadges, StatusBadge } from '../organizations/badges.js';
import { fieldWord } from './proposal-words.js';

/** What is and what would be, field by field. */
export function ChangesTable({ changes }: { readonly changes: readonly Api.ProposedChange[] }) {
  const { t } = useTranslation('proposals');
  const rows = changes.map(({ field, before, after }) => ({
    key: field,
    cells: [
      fieldWord(t, field),
      <Value key="before" field={field} value={before} />,
      <Value key="after" field={field} value={after} />,
    ],
  }));
  return <LabelledTable label={t('changes')} header={[t('what'), t('before'), t('after')]} rows={rows} />;
}

function Value({ field, value }: { readonly field: string; readonly value: unknown }): ReactNode {
  const { t } = useTranslation('proposals');
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0))
    return <span className="dimmed">{t('nothing')}</span>;
  if (field === 'status') return <StatusBadge status={String(value)} />;
  if (field === 'roles') return <RoleBadges roles={value as readonly string[]} />;
  if (field === 'validators')
    return (
      <Group gap="xs">
        {(value as readonly string[]).map((did) => (
          <OrganizationLink key={did} did={did} withCopy={false} />
        ))}
      </Group>
    );
  if (field === 'key') return value === 'revoked' ? t('keyRevoked') : t('keyTrusted');
  if (field.startsWith('threshold:')) return t('percent', { value: String(value) });
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (Array.isArray(value)) return value.join(t('listSeparator'));
  if (typeof value === 'object') return <Code className="break-long">{JSON.stringify(value)}</Code>;
  return <span className="break-long">{typeof value === 'number' ? value.toLocaleString() : String(value)}</span>;
}
