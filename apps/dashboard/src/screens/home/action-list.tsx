import { Anchor, Badge, Skeleton, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import { useNetwork } from '../../app/use-network.js';
import { useFindingName } from '../../components/finding-name.js';
import { EmptyState } from '../../components/empty-state.js';
import { Icon, type IconName } from '../../components/icons.js';
import { EntryLink, ThingLink } from '../../components/ids.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { useActions, type Action } from './use-actions.js';

const ICONS: Readonly<Record<Action['kind'], IconName>> = {
  ballot: 'people',
  recall: 'recall',
  transfer: 'transfer',
  finding: 'alert',
  waiting: 'clock',
};

export function ActionList() {
  const { t } = useTranslation('home');
  const { data: actions, error, refetch } = useActions();
  const { data: network } = useNetwork();
  const organizations = useOrganizations();
  const mine = actions?.filter(({ kind }) => kind !== 'waiting').length ?? 0;
  return (
    <Panel
      title={t('actions.title')}
      aside={
        <Badge color={mine > 0 ? 'orange' : 'gray'} size="lg" circle={mine < 10}>
          {mine}
        </Badge>
      }
    >
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {actions === undefined && error === null && <Skeleton h={120} />}
      {actions?.length === 0 && (
        <EmptyState icon="check" title={t('actions.none')}>
          {t('actions.noneBody', { name: nameOf(organizations, network?.self ?? '') })}
        </EmptyState>
      )}
      {actions !== undefined && actions.length > 0 && (
        <ul className="action-list">
          {actions.map((action) => (
            <li key={keyOf(action)} data-kind={action.kind}>
              <span className="action-icon">
                <Icon name={ICONS[action.kind]} size={18} />
              </span>
              <div className="action-text">
                <ActionText action={action} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function keyOf(action: Action): string {
  switch (action.kind) {
    case 'ballot':
      return action.proposal.id;
    case 'recall':
      return action.recall.id;
    case 'finding':
      return `${action.finding.entry.entryId} ${action.finding.item} ${action.finding.code}`;
    default:
      return action.transfer.id;
  }
}

function ActionText({ action }: { readonly action: Action }) {
  const { t } = useTranslation('home');
  const findingName = useFindingName();
  const organizations = useOrganizations();
  switch (action.kind) {
    case 'ballot': {
      const { sentence, tally, expiresAt, id } = action.proposal;
      return (
        <Line
          title={t('actions.ballot', { sentence })}
          to={`/proposals/${id}`}
          detail={t('actions.ballotDetail', { yes: tally.yes, needed: tally.needed, height: expiresAt })}
        >
          <EntryLink id={id} />
        </Line>
      );
    }
    case 'recall': {
      const { title, openedBy, itemCount, id } = action.recall;
      return (
        <Line
          title={t('actions.recall', { title, from: nameOf(organizations, openedBy) })}
          to={`/recalls/${id}`}
          detail={t('actions.recallDetail', { count: itemCount })}
        >
          <EntryLink id={id} />
        </Line>
      );
    }
    case 'transfer': {
      const { id, from, transfers, content, items, expiresAfterHeight } = action.transfer;
      const scope = t(`actions.scope.${transfers as 'both'}`);
      return (
        <Line
          title={t('actions.transfer', { from: nameOf(organizations, from), scope, count: content.length })}
          to={`/transfers/${id}`}
          detail={t('actions.transferUntil', { height: expiresAfterHeight })}
        >
          {items[0] !== undefined && <ThingLink id={items[0]} />}
        </Line>
      );
    }
    case 'finding':
      return (
        <Line
          title={t('actions.finding', { what: findingName(action.finding.code) })}
          to={`/chain/entries/${action.finding.entry.entryId}`}
          detail={action.finding.detail}
        >
          <ThingLink id={action.finding.item} />
        </Line>
      );
    case 'waiting': {
      const { id, to, transfers, items } = action.transfer;
      return (
        <Line
          title={t('actions.waiting')}
          to={`/transfers/${id}`}
          detail={t('actions.waitingDetail', {
            to: nameOf(organizations, to),
            scope: t(`actions.scope.${transfers as 'both'}`),
          })}
        >
          {items[0] !== undefined && <ThingLink id={items[0]} />}
        </Line>
      );
    }
  }
}

/** What it is, as a link to where it can be done. */
function Line({
  title,
  to,
  detail,
  children,
}: {
  readonly title: string;
  readonly to: string;
  readonly detail: string;
  readonly children: React.ReactNode;
}) {
  return (
    <>
      <Anchor component={Link} to={to} fw={600} size="sm" c="inherit">
        {title}
      </Anchor>
      <Text size="xs" c="dimmed">
        {detail}
      </Text>
      {children}
    </>
  );
}
