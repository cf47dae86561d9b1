import { ActionIcon, Badge, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useNetwork } from '../../../app/use-network.js';
import { nameOf, useOrganizations } from '../../../app/use-organizations.js';
import { describeThing } from '../../../components/describe-thing.js';
import { EmptyState } from '../../../components/empty-state.js';
import { Icon } from '../../../components/icons.js';
import { ThingLink } from '../../../components/ids.js';
import { Panel } from '../../../components/panel.js';
import { ContentView } from '../content-view.js';
import { countContent } from '../content-tree.js';
import { useContentTree } from '../use-content-tree.js';
import { checkItem, type ItemCheck, type Scope } from './check-item.js';
import { useItems } from './use-item-checks.js';

/** Rows in the page; the others are offered too. */
const SHOWN_MAX = 200;

/** What is going to be offered, with all that is inside, and whether each of it can be. */
export function Selection({
  items,
  scope,
  onRemove,
}: {
  readonly items: readonly string[];
  readonly scope: Scope;
  /** @param id - undefined: all of them */
  readonly onRemove: (id: string | undefined) => void;
}) {
  const { t } = useTranslation('transfers');
  const { data: network } = useNetwork();
  const known = useItems(items);
  const tree = useContentTree(items);
  const total = countContent(tree);
  return (
    <Panel
      title={t('new.selection')}
      aside={
        items.length > 0 && (
          <Group gap="sm">
            <Text size="sm" c="dimmed" aria-live="polite">
              {t('new.selected', { count: items.length })}
              {total > items.length && ` · ${t('new.selectedTree', { count: total })}`}
            </Text>
            <Button size="compact-xs" variant="default" onClick={() => onRemove(undefined)}>
              {t('new.clear')}
            </Button>
          </Group>
        )
      }
    >
      {items.length === 0 ? (
        <EmptyState icon="transfer" title={t('new.selectionEmpty')}>
          {t('new.selectionEmptyBody')}
          <Group justify="center" mt="sm">
            <Button size="xs" variant="light" renderRoot={(props) => <Link {...props} to="/products" />}>
              {t('new.toProducts')}
            </Button>
          </Group>
        </EmptyState>
      ) : (
        <ul className="offer-list" aria-label={t('new.selection')}>
          {tree.slice(0, SHOWN_MAX).map((node) => (
            <li key={node.id}>
              <div>
                {node.inside.length === 0 ? (
                  <ThingLink id={node.id} />
                ) : (
                  <ContentView nodes={[node]} label={describeThing(node.id).label} />
                )}
                <div>
                  <CheckBadge check={checkItem(known.get(node.id), scope, network?.self ?? '')} />
                </div>
              </div>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('new.remove', { id: describeThing(node.id).label })}
                onClick={() => onRemove(node.id)}
              >
                <Icon name="cross" size={16} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function CheckBadge({ check }: { readonly check: ItemCheck }) {
  const { t } = useTranslation('transfers');
  const organizations = useOrganizations();
  const color = check.kind === 'ready' ? 'teal' : check.kind === 'unchecked' ? 'gray' : 'orange';
  return (
    <Badge color={color} mt={4}>
      {check.kind === 'notOwner' || check.kind === 'notCustodian'
        ? t(`new.checks.${check.kind}`, { name: nameOf(organizations, check.organization) })
        : t(`new.checks.${check.kind}`)}
    </Badge>
  );
}
