import { Button, Group, Text, TextInput, UnstyledButton } from '@mantine/core';
import {
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
  type ColumnDef,
  type FilterFn,
  type RowData,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './empty-state.js';
import { downloadCsv } from './download.js';
import { Icon } from './icons.js';
import { useTableParams } from './table-params.js';

export interface DataColumn<Row extends RowData> {
  readonly id: string;
  readonly header: string;
  /** What sorting, filter and export go by. */
  readonly value: (row: Row) => string | number;
  /** What is shown; the value when omitted. */
  readonly cell?: (row: Row) => ReactNode;
  /** Of the grid: `1fr`, `120px`, `minmax(160px, 2fr)`. */
  readonly width: string;
  readonly isNumber?: boolean;
}

export interface DataTableProps<Row extends RowData> {
  /** Names the table for screen readers and the exported file. */
  readonly label: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** Shown when there are no rows at all: says what to do next. */
  readonly empty: ReactNode;
  /** Gets more rows, when there are more than those loaded. Called when the end comes into sight, unless a filter hides rows. */
  readonly onMore?: (() => void) | undefined;
  readonly isLoadingMore?: boolean;
  /** Rows visible at once; more are scrolled. */
  readonly heightRows?: number;
}

const ROW_HEIGHT = 45;
const OVERSCAN = 8;

/** A row's values as one text, what the filter looks into. */
const containsText: FilterFn<typeof features, never> = (row, columnId, text: string) =>
  String(row.getValue(columnId)).toLowerCase().includes(text.toLowerCase());

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});

/**
 * A table of any length: only the rows in sight are in the page. Filter and order stand in the address (`?filter=`, `?sort=`), so that
 * what one sees can be sent to somebody; the export holds the rows that pass the filter.
 */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, empty, onMore, isLoadingMore = false, heightRows = 12 } = props;
  const { t } = useTranslation('app');
  const { filter, sort, setFilter, setSort } = useTableParams();
  const scroller = useRef<HTMLDivElement>(null);
  const definitions = useMemo(() => columns.map(toDefinition), [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    globalFilterFn: containsText as never,
    getColumnCanGlobalFilter: () => true,
    enableSortingRemoval: false,
    state: { globalFilter: filter, columnFilters: [], sorting: sort === undefined ? [] : [sort] },
  });
  const shown = table.getRowModel().rows;
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  const last = virtualizer.getVirtualItems().at(-1)?.index ?? 0;
  const isEndInSight = shown.length > heightRows && last >= shown.length - 1 && shown.length === rows.length;
  /** How many rows there were when more were asked for: once, so that a page that fails is not asked for again and again. */
  const askedAt = useRef(-1);
  useEffect(() => {
    if (!isEndInSight || isLoadingMore || onMore === undefined || askedAt.current === rows.length) return;
    askedAt.current = rows.length;
    onMore();
  }, [isEndInSight, isLoadingMore, onMore, rows.length]);

  if (rows.length === 0) return <>{empty}</>;
  const template = columns.map(({ width }) => width).join(' ');
  return (
    <div className="data-table">
      <Group px="md" py="xs" gap="sm" justify="space-between">
        <TextInput
          size="xs"
          aria-label={t('table.filter')}
          placeholder={t('table.filterPlaceholder')}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          leftSection={<Icon name="search" size={14} />}
          w={240}
        />
        <Group gap="sm">
          <Text size="xs" c="dimmed" aria-live="polite">
            {shown.length === rows.length
              ? t('table.rows', { count: rows.length })
              : t('table.filtered', { shown: shown.length, count: rows.length })}
          </Text>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<Icon name="download" size={14} />}
            onClick={() =>
              downloadCsv(
                label,
                columns.map(({ header }) => header),
                shown.map(({ original }) => columns.map(({ value }) => value(original))),
              )
            }
          >
            {t('table.export')}
          </Button>
        </Group>
      </Group>
      {shown.length === 0 ? (
        <EmptyState icon="search" title={t('table.none')}>
          <Button size="xs" variant="light" onClick={() => setFilter('')}>
            {t('table.noneAction')}
          </Button>
        </EmptyState>
      ) : (
        <div
          ref={scroller}
          className="data-table-scroller"
          style={{ maxHeight: (heightRows + 1) * ROW_HEIGHT }}
          tabIndex={0}
          role="region"
          aria-label={label}
        >
          <table aria-label={label} aria-rowcount={shown.length + 1} style={{ minWidth: leastWidth(columns) }}>
            <thead>
              <tr style={{ gridTemplateColumns: template }} aria-rowindex={1}>
                {columns.map((column) => {
                  const direction = sort?.id === column.id ? (sort.desc ? 'descending' : 'ascending') : 'none';
                  return (
                    <th key={column.id} scope="col" aria-sort={direction} data-number={column.isNumber || undefined}>
                      <UnstyledButton
                        className="data-table-sort"
                        aria-label={t('table.sortBy', { column: column.header })}
                        onClick={() => setSort({ id: column.id, desc: direction === 'ascending' })}
                      >
                        {column.header}
                        {direction !== 'none' && <Icon name={direction === 'ascending' ? 'up' : 'down'} size={12} />}
                      </UnstyledButton>
                    </th>
                  );
                })}
              </tr>
            </thead>
            <tbody style={{ height: virtualizer.getTotalSize() }}>
              {virtualizer.getVirtualItems().map((item) => {
                const row = shown[item.index];
                if (row === undefined) return null;
                return (
                  <tr
                    key={row.id}
                    aria-rowindex={item.index + 2}
                    style={{
                      gridTemplateColumns: template,
                      transform: `translateY(${item.start}px)`,
                      height: ROW_HEIGHT,
                    }}
                  >
                    {columns.map((column) => (
                      <td key={column.id} data-number={column.isNumber || undefined}>
                        {column.cell === undefined ? column.value(row.original) : column.cell(row.original)}
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {onMore !== undefined && (
        <Group px="md" py="xs" gap="sm" justify="center">
          <Button size="xs" variant="light" onClick={onMore} loading={isLoadingMore}>
            {t('table.more')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('table.loadedOnly')}
          </Text>
        </Group>
      )}
    </div>
  );
}

/** Below this the columns would run over each other: the table scrolls sideways instead. */
function leastWidth(columns: readonly { readonly width: string }[]): number {
  return columns.reduce((sum, { width }) => sum + Number(/(\d+)px/.exec(width)?.[1] ?? 0), 0);
}

function toDefinition<Row extends RowData>({
  id,
  value,
  isNumber = false,
}: DataColumn<Row>): ColumnDef<typeof features, Row> {
  return { id, accessorFn: value, sortFn: isNumber ? 'basic' : 'alphanumeric' } as ColumnDef<typeof features, Row>;
}
