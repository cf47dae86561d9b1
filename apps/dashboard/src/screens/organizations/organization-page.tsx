import { Badge, Button, Group, Menu, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { useNetwork } from '../../app/use-network.js';
import { CopyValue } from '../../components/copy-value.js';
import { Facts } from '../../components/facts.js';
import { Icon } from '../../components/icons.js';
import { BlockLink } from '../../components/ids.js';
import { PageHeader } from '../../components/page-header.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { ProposalList } from '../proposals/proposal-list.js';
import { RoleBadges, StatusBadge } from './badges.js';
import { DidDocument } from './did-document.js';
import { KeyLanes } from './key-lanes.js';
import { KeysTable } from './keys-table.js';
import './organizations.css';

const route = getRouteApi('/organizations/$did');

/** One organisation: who it says it is, what it may do, its keys by heights, and how that came about. */
export function OrganizationPage() {
  const { t } = useTranslation('organizations');
  const { did } = route.useParams();
  const { data: network } = useNetwork();
  const { data, error, refetch } = useQuery({
    queryKey: ['organization', did],
    meta: { live: true },
    queryFn: ({ signal }) => api.call('getOrganization', { path: { did }, signal }),
  });
  const isSelf = network?.self === (data?.did ?? did);
  return (
    <>
      <PageHeader
        title={data?.name ?? did}
        subtitle={
          <Group gap={4}>
            <span className="mono break-long">{data?.did ?? did}</span>
            <CopyValue value={data?.did ?? did} />
            {isSelf && <Badge>{t('self')}</Badge>}
          </Group>
        }
        actions={data !== undefined && <Acts organization={data} isSelf={isSelf} />}
      />
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton h={400} />}
      {data !== undefined && (
        <Stack>
          <Profile organization={data} />
          <Panel title={t('keys')}>
            <KeyLanes keys={data.keys} height={data.asOf.height} />
          </Panel>
          <Panel title={t('keyTable')} padded={false}>
            <KeysTable keys={data.keys} height={data.asOf.height} label={t('keysOf', { name: data.name })} />
          </Panel>
          <History history={data.history} />
          <Panel title={t('proposalsAbout')}>
            <ProposalList about={data.did} empty={t('noProposalsAbout')} />
          </Panel>
          <DidDocument did={data.did} />
        </Stack>
      )}
    </>
  );
}

function Profile({ organization }: { readonly organization: Api.OrganizationDetail }) {
  const { t, i18n } = useTranslation('organizations');
  const { names, roles, gs1CompanyPrefixes, gln, furtherGlns, contact, nodeAddress, apiUrl, status, since, entries } =
    organization;
  const languages = new Intl.DisplayNames([i18n.language], { type: 'language', fallback: 'code' });
  const nothing = <span className="dimmed">{t('notStated')}</span>;
  return (
    <Panel title={t('profile')}>
      <Facts
        facts={[
          [t('statusOf'), <StatusBadge key="status" status={status} />],
          [t('rolesOf'), roles.length === 0 ? nothing : <RoleBadges key="roles" roles={roles} />],
          ...Object.entries(names).map(
            ([tag, name]) => [t('nameIn', { language: languages.of(tag) ?? tag }), name] as const,
          ),
          [
            t('prefixes'),
            gs1CompanyPrefixes.length === 0 ? nothing : <Copyable key="prefixes" values={gs1CompanyPrefixes} />,
          ],
          [t('glns'), gln === null ? nothing : <Copyable key="glns" values={[gln, ...furtherGlns]} />],
          [t('contact'), contact ?? nothing],
          [t('nodeAddress'), nodeAddress === null ? nothing : <Copyable key="node" values={[nodeAddress]} />],
          [t('apiUrl'), apiUrl === null ? nothing : <Copyable key="api" values={[apiUrl]} />],
          [t('since'), <BlockLink key="since" height={since} />],
          [t('entries'), entries],
        ]}
      />
    </Panel>
  );
}

function Copyable({ values }: { readonly values: readonly string[] }) {
  return (
    <>
      {values.map((value) => (
        <Group key={value} gap={2} wrap="nowrap">
          <span className="mono break-long">{value}</span>
          <CopyValue value={value} />
        </Group>
      ))}
    </>
  );
}

function History({ history }: { readonly history: Api.OrganizationDetail['history'] }) {
  const { t } = useTranslation('organizations');
  return (
    <Panel title={t('history')}>
      <ol className="history-list">
        {history.map(({ height, status, roles, name }) => (
          <li key={height}>
            <Group gap={4}>
              <span>{t('fromBlock')}</span>
              <BlockLink height={height} />
            </Group>
            <StatusBadge status={status} />
            <RoleBadges roles={roles} />
            <Text span size="sm">
              {name}
            </Text>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** What one can set in motion from here: with one's own keys at once, about others by a proposal. */
function Acts({ organization, isSelf }: { readonly organization: Api.OrganizationDetail; readonly isSelf: boolean }) {
  const { t } = useTranslation('organizations');
  const { did, status, roles } = organization;
  const isValidator = roles.includes('validator');
  const proposals = [
    isValidator
      ? ({ label: t('acts.removeValidator'), search: { kind: 'validators.change', change: 'remove', did } } as const)
      : ({ label: t('acts.addValidator'), search: { kind: 'validators.change', change: 'add', did } } as const),
    { label: t('acts.roles'), search: { kind: 'organization.roles', did } } as const,
    status === 'suspended'
      ? ({ label: t('acts.readmit'), search: { kind: 'organization.readmit', did } } as const)
      : ({ label: t('acts.suspend'), search: { kind: 'organization.suspend', did } } as const),
    { label: t('acts.revokeKey'), search: { kind: 'key.revoke', did } } as const,
    { label: t('acts.remove'), search: { kind: 'organization.remove', did } } as const,
  ];
  return (
    <Group gap="sm">
      {isSelf && (
        <>
          <Button
            variant="default"
            leftSection={<Icon name="key" size={16} />}
            renderRoot={(props) => <Link {...props} to="/organizations/keys/rotate" />}
          >
            {t('acts.rotateOwn')}
          </Button>
          <Button
            variant="default"
            color="red"
            leftSection={<Icon name="alert" size={16} />}
            renderRoot={(props) => <Link {...props} to="/organizations/keys/revoke" />}
          >
            {t('acts.revokeOwn')}
          </Button>
        </>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button leftSection={<Icon name="ballot" size={16} />}>{t('propose')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {proposals.map(({ label, search }) => (
            <Menu.Item key={label} renderRoot={(props) => <Link {...props} to="/proposals/new" search={search} />}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
