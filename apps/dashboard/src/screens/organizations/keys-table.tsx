import { Badge } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { BlockLink, HashText } from '../../components/ids.js';
import { keyStatus, type KeyStatus } from './key-status.js';
import { purposeKey } from './purpose.js';

const COLORS: Readonly<Record<KeyStatus, string>> = {
  valid: 'teal',
  coming: 'harbour',
  overlap: 'harbour',
  retired: 'gray',
  revoked: 'red',
};

/** The keys of an organisation, past and present, with what each has signed. */
export function KeysTable({
  keys,
  height,
  label,
}: {
  readonly keys: readonly Api.OrganizationKey[];
  readonly height: number;
  readonly label: string;
}) {
  const { t } = useTranslation('organizations');
  const columns = useMemo((): readonly DataColumn<Api.OrganizationKey>[] => {
    const word = (key: Api.OrganizationKey): string => t(`keyStatus.${keyStatus(key, height + 1)}`);
    return [
      {
        id: 'purpose',
        header: t('purpose'),
        width: 'minmax(130px, 1fr)',
        value: ({ purpose }) => t(`purposes.${purposeKey(purpose)}`),
      },
      {
        id: 'status',
        header: t('statusOf'),
        width: '150px',
        value: word,
        cell: (key) => <Badge color={COLORS[keyStatus(key, height + 1)]}>{word(key)}</Badge>,
      },
      {
        id: 'key',
        header: t('keyId'),
        width: 'minmax(190px, 1.2fr)',
        value: ({ keyId }) => keyId,
        cell: ({ keyId }) => <HashText value={keyId} />,
      },
      {
        id: 'from',
        header: t('validFrom'),
        width: '110px',
        isNumber: true,
        value: ({ validFrom }) => validFrom,
        cell: ({ validFrom }) => (validFrom > height ? validFrom : <BlockLink height={validFrom} />),
      },
      {
        id: 'until',
        header: t('validUntil'),
        width: '110px',
        isNumber: true,
        value: ({ validUntil }) => validUntil ?? '',
        cell: ({ validUntil }) =>
          validUntil === null || validUntil > height ? (validUntil ?? '–') : <BlockLink height={validUntil} />,
      },
      {
        id: 'disputed',
        header: t('disputedFrom'),
        width: '130px',
        isNumber: true,
        value: ({ notTrustedFrom }) => notTrustedFrom ?? '',
        cell: ({ notTrustedFrom }) => (notTrustedFrom === null ? '–' : <BlockLink height={notTrustedFrom} />),
      },
      { id: 'used', header: t('signed'), width: '130px', isNumber: true, value: ({ used }) => used.entries },
    ];
  }, [t, height]);
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={keys}
      rowId={({ keyId }) => keyId}
      heightRows={8}
      empty={
        <EmptyState icon="key" title={t('noKeys')}>
          {t('noKeysHelp')}
        </EmptyState>
      }
    />
  );
}
