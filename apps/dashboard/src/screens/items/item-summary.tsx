import type { ReactNode } from 'react';
import { Paper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { ThingLink } from '../../components/ids.js';
import { OrganizationLink } from '../../components/organization-link.js';

/** Who, where, of what: the state of the ledger now. */
export function ItemSummary({ item }: { readonly item: Api.Item }) {
  const { t } = useTranslation('items');
  const facts: [string, ReactNode][] = [
    [t('item.owner'), <OrganizationLink key="owner" did={item.owner} withCopy={false} />],
    [t('item.custodian'), <OrganizationLink key="custodian" did={item.custodian} withCopy={false} />],
    ...(item.container === null
      ? []
      : [[t('item.container'), <ThingLink key="container" id={item.container} />] as [string, ReactNode]]),
    ...(item.lot === null ? [] : [[t('item.lot'), <ThingLink key="lot" id={item.lot} />] as [string, ReactNode]]),
    ...(item.product === null
      ? []
      : [
          [t('item.product'), <ThingLink key="product" id={`https://id.gs1.org/01/${item.product}`} />] as [
            string,
            ReactNode,
          ],
        ]),
    ...(item.quantity === null
      ? []
      : [[t('item.quantity'), `${item.quantity.value} ${item.quantity.uom ?? ''}`] as [string, ReactNode]]),
    [t('item.entries'), item.history.count],
  ];
  return (
    <Paper className="panel" radius="lg" p="md" mb="md">
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Paper>
  );
}
