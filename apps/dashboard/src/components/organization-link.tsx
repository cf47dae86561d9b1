import { Anchor, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { nameOf, useOrganizations } from '../app/use-organizations.js';
import { CopyValue } from './copy-value.js';

/** An organisation by its name: a link to its page, and its DID to copy. */
export function OrganizationLink({
  did,
  withCopy = true,
}: {
  readonly did: string | null;
  readonly withCopy?: boolean;
}) {
  const { t } = useTranslation('app');
  const organizations = useOrganizations();
  if (did === null || did === '') return <>{t('nobody')}</>;
  return (
    <Group gap={2} wrap="nowrap" display="inline-flex" maw="100%">
      <Anchor
        component={Link}
        to="/organizations/$did"
        params={{ did } as never}
        size="sm"
        title={did}
        className="thing-link"
      >
        {nameOf(organizations, did)}
      </Anchor>
      {withCopy && <CopyValue value={did} />}
    </Group>
  );
}
