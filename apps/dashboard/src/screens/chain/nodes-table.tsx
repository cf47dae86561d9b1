import { Badge, Group, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNetwork } from '../../app/use-network.js';
import { CopyValue } from '../../components/copy-value.js';
import { BlockLink } from '../../components/ids.js';
import { Panel } from '../../components/panel.js';
import { OrganizationLink } from '../../components/organization-link.js';

/** The validators' nodes as this node sees them. */
export function NodesTable() {
  const { t } = useTranslation('chain');
  const { data: network } = useNetwork();
  if (network === undefined) return null;
  return (
    <Panel title={t('nodes.title')}>
      <Table.ScrollContainer minWidth={620}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('nodes.organization')}</Table.Th>
              <Table.Th>{t('nodes.state')}</Table.Th>
              <Table.Th>{t('nodes.reported')}</Table.Th>
              <Table.Th>{t('nodes.lastSeal')}</Table.Th>
              <Table.Th>{t('nodes.did')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {network.validators.map(({ did, isSelf, connected, reportedHeight, lastSealHeight }) => (
              <Table.Tr key={did}>
                <Table.Td fw={600}>
                  <OrganizationLink did={did} withCopy={false} />
                </Table.Td>
                <Table.Td>
                  <Badge color={isSelf ? 'harbour' : connected ? 'teal' : 'red'}>
                    {isSelf ? t('nodes.self') : connected ? t('nodes.connected') : t('nodes.away')}
                  </Badge>
                </Table.Td>
                <Table.Td className="tabular">
                  {reportedHeight ?? '–'}{' '}
                  <span className="dimmed">
                    {reportedHeight !== null &&
                      !isSelf &&
                      (network.height > reportedHeight
                        ? t('nodes.behind', { count: network.height - reportedHeight })
                        : t('nodes.level'))}
                  </span>
                </Table.Td>
                <Table.Td>{lastSealHeight === null ? '–' : <BlockLink height={lastSealHeight} />}</Table.Td>
                <Table.Td>
                  <Group gap={2} wrap="nowrap">
                    <span className="mono">{did}</span>
                    <CopyValue value={did} />
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}
