import { Badge, Button, Group, Menu, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useAccess } from '../../app/use-access.js';
import { DataTable, type DataColumn } from '../../components/data-table.js';
import { EmptyState } from '../../components/empty-state.js';
import { EventTime } from '../../components/event-time.js';
import { Icon } from '../../components/icons.js';
import { HashText } from '../../components/ids.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { ScopeNote } from '../../components/scope-note.js';
import { ChangeDialog, type PersonAct } from './change-dialog.js';
import { InviteDialog } from './invite-dialog.js';
import { OpenLinks } from './open-links.js';
import { PeopleTabs } from './people-tabs.js';
import { SecretOnce } from './secret-once.js';

interface Link {
  readonly name: string;
  readonly url: string;
}

/** Who of this organisation acts on this node, and as what. */
export function PeoplePage() {
  const { t } = useTranslation('people');
  const { may } = useAccess();
  const [isInviting, setInviting] = useState(false);
  const [link, setLink] = useState<Link>();
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('lead')}
        actions={
          <Button
            leftSection={<Icon name="plus" size={16} />}
            disabled={!may('admin')}
            onClick={() => setInviting(true)}
          >
            {t('invite.action')}
          </Button>
        }
      />
      <PeopleTabs />
      <ScopeNote scope="admin" />
      {may('admin') && (
        <Stack>
          <People onLink={setLink} />
          <OpenLinks />
        </Stack>
      )}
      {isInviting && <InviteDialog onClose={() => setInviting(false)} onLink={setLink} />}
      {link !== undefined && (
        <SecretOnce
          title={t('link.title', { name: link.name })}
          help={t('link.help')}
          secret={link.url}
          onClose={() => setLink(undefined)}
        />
      )}
    </>
  );
}

function People({ onLink }: { readonly onLink: (link: Link) => void }) {
  const { t } = useTranslation('people');
  const [act, setAct] = useState<{ readonly person: Api.Person; readonly act: PersonAct }>();
  const columns = useColumns((person, what) => setAct({ person, act: what }));
  const people = useQuery({
    queryKey: ['people'],
    queryFn: async ({ signal }) => {
      const all: Api.Person[] = [];
      for await (const person of api.each('listPeople', { signal })) all.push(person);
      return all;
    },
  });
  return (
    <Panel title={t('all')} padded={false}>
      {people.error !== null && <ProblemAlert error={people.error} onRetry={() => void people.refetch()} />}
      {people.isPending && <Skeleton h={160} m="md" />}
      {people.data !== undefined && (
        <DataTable
          label={t('all')}
          columns={columns}
          rows={people.data}
          rowId={({ id }) => id}
          empty={
            <EmptyState icon="people" title={t('none')}>
              {t('noneHelp')}
            </EmptyState>
          }
        />
      )}
      {act !== undefined && (
        <ChangeDialog
          person={act.person}
          act={act.act}
          onClose={() => setAct(undefined)}
          onLink={(url) => onLink({ name: act.person.name, url })}
        />
      )}
    </Panel>
  );
}

function useColumns(onAct: (person: Api.Person, act: PersonAct) => void): readonly DataColumn<Api.Person>[] {
  const { t } = useTranslation('people');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('name'),
        width: 'minmax(160px, 1.4fr)',
        value: ({ name }) => name,
        cell: ({ name }) => (
          <Text span fw={600} size="sm">
            {name}
          </Text>
        ),
      },
      { id: 'role', header: t('role'), width: 'minmax(110px, 1fr)', value: ({ role }) => t(`roles.${role}`) },
      {
        id: 'status',
        header: t('statusOf'),
        width: '110px',
        value: ({ status }) => t(`status.${status}`),
        cell: ({ status }) => <Badge color={status === 'active' ? 'teal' : 'gray'}>{t(`status.${status}`)}</Badge>,
      },
      { id: 'passkeys', header: t('passkeys'), width: '110px', isNumber: true, value: ({ passkeys }) => passkeys },
      {
        id: 'seen',
        header: t('lastSeen'),
        width: '225px',
        value: ({ lastSeenAt }) => lastSeenAt ?? '',
        cell: ({ lastSeenAt }) => (lastSeenAt === null ? t('never') : <EventTime time={lastSeenAt} />),
      },
      {
        id: 'id',
        header: t('id'),
        width: '150px',
        value: ({ id }) => id,
        cell: ({ id }) => <HashText value={id} chars={10} />,
      },
      {
        id: 'act',
        header: t('acts'),
        width: '130px',
        value: () => '',
        cell: (person) => <PersonMenu person={person} onAct={(act) => onAct(person, act)} />,
      },
    ],
    [t, onAct],
  );
}

function PersonMenu({ person, onAct }: { readonly person: Api.Person; readonly onAct: (act: PersonAct) => void }) {
  const { t } = useTranslation('people');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-xs" variant="default" aria-label={t('change', { name: person.name })}>
          <Group gap={4}>
            {t('changeShort')}
            <Icon name="down" size={10} />
          </Group>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onAct('role')}>{t('changeRole')}</Menu.Item>
        <Menu.Item onClick={() => onAct('recover')}>{t('recover')}</Menu.Item>
        {person.status === 'active' ? (
          <Menu.Item color="red" onClick={() => onAct('disable')}>
            {t('disable')}
          </Menu.Item>
        ) : (
          <Menu.Item onClick={() => onAct('enable')}>{t('enable')}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
