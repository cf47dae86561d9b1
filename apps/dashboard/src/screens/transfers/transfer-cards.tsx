import { Button, Group, Text, TextInput } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import type { Pages } from '../../app/use-pages.js';
import { downloadCsv } from '../../components/download.js';
import { EmptyState } from '../../components/empty-state.js';
import { timeAgo } from '../../components/format-time.js';
import { Icon } from '../../components/icons.js';
import { ThingLink } from '../../components/ids.js';
import { useTableParams } from '../../components/table-params.js';
import { useNow } from '../../components/use-now.js';
import { TransferLink } from './transfer-link.js';
import type { Tab } from './transfer-lists.js';
import { StateBadge, useStateText } from './transfer-state.js';

const CARD_HEIGHT = 128;
const OVERSCAN = 6;

/** The list for a narrow screen: a card each, of which only those in sight are in the page. Filter and export as in the table. */
export function TransferCards({
  list,
  tab,
  self,
  empty,
}: {
  readonly list: Pages<Api.Transfer>;
  readonly tab: Tab;
  readonly self: string;
  readonly empty: ReactNode;
}) {
  const { t, i18n } = useTranslation(['transfers', 'app']);
  const organizations = useOrganizations();
  const stateText = useStateText();
  const now = useNow();
  const { filter, setFilter } = useTableParams();
  const root = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(root.current?.offsetTop ?? 0), [list.rows.length]);

  const fieldsOf = (transfer: Api.Transfer): string[] => [
    transfer.id,
    nameOf(organizations, transfer.from),
    nameOf(organizations, transfer.to),
    t(`scope.${transfer.transfers as 'both'}`),
    String(transfer.content.length),
    transfer.items[0] ?? '',
    transfer.offered.blockTime,
    stateText(transfer, now),
    transfer.reference ?? '',
  ];
  const rows =
    filter === ''
      ? list.rows
      : list.rows.filter((row) => fieldsOf(row).join('\n').toLowerCase().includes(filter.toLowerCase()));
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => CARD_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin: offset,
  });
  if (list.rows.length === 0) return <>{empty}</>;
  return (
    <>
      <Group px="md" pb="xs" gap="xs" wrap="nowrap">
        <TextInput
          size="xs"
          flex={1}
          aria-label={t('app:table.filter')}
          placeholder={t('app:table.filterPlaceholder')}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          leftSection={<Icon name="search" size={14} />}
        />
        <Button
          size="compact-xs"
          variant="default"
          onClick={() =>
            downloadCsv(
              `${t('title')} ${t(`tabs.${tab}`)}`,
              (['id', 'from', 'to', 'what', 'things', 'first', 'offered', 'state', 'reference'] as const).map(
                (column) => t(`columns.${column}`),
              ),
              rows.map(fieldsOf),
            )
          }
        >
          {t('app:table.export')}
        </Button>
      </Group>
      {rows.length === 0 && (
        <EmptyState icon="search" title={t('app:table.none')}>
          <Button size="xs" variant="light" onClick={() => setFilter('')}>
            {t('app:table.noneAction')}
          </Button>
        </EmptyState>
      )}
      <ul
        ref={root}
        className="transfer-cards"
        style={{ height: virtualizer.getTotalSize() }}
        aria-label={t(`tabs.${tab}`)}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const transfer = rows[index];
          if (transfer === undefined) return null;
          const isIncoming = transfer.to === self;
          return (
            <li
              key={transfer.id}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start - offset}px)`, height: CARD_HEIGHT }}
            >
              <Group justify="space-between" wrap="nowrap" gap="xs">
                <Text size="sm" fw={600} truncate>
                  {t(isIncoming ? 'columns.from' : 'columns.to')}{' '}
                  {nameOf(organizations, isIncoming ? transfer.from : transfer.to)}
                </Text>
                <TransferLink id={transfer.id} />
              </Group>
              {transfer.items[0] !== undefined && <ThingLink id={transfer.items[0]} withCopy={false} />}
              <Text size="xs" c="dimmed">
                {t('things', { count: transfer.content.length })} · {t(`scope.${transfer.transfers as 'both'}`)}
              </Text>
              <Group justify="space-between" wrap="nowrap" gap="xs">
                <StateBadge transfer={transfer} now={now} />
                {transfer.state !== 'offered' && (
                  <Text size="xs" c="dimmed">
                    {timeAgo(transfer.offered.blockTime, now, i18n.language)}
                  </Text>
                )}
              </Group>
            </li>
          );
        })}
      </ul>
      {list.more !== undefined && (
        <Group p="md" justify="center">
          <Button size="xs" variant="light" onClick={list.more} loading={list.isLoadingMore}>
            {t('app:table.more')}
          </Button>
        </Group>
      )}
    </>
  );
}
