import { Checkbox, NativeSelect } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ThingLink } from '../../../components/ids.js';
import { DISCREPANCIES, type Discrepancy } from '../discrepancy.js';

const LINE_HEIGHT = 46;
const OVERSCAN = 10;

/** The lines of an offer to tick, with a reason for each that is not ticked. Of a long list only those in sight are in the page. */
export function AnswerLines({
  items,
  refused,
  onLine,
}: {
  readonly items: readonly string[];
  readonly refused: ReadonlyMap<number, Discrepancy>;
  /** @param code - undefined: received */
  readonly onLine: (line: number, code: Discrepancy | undefined) => void;
}) {
  const { t } = useTranslation('transfers');
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: OVERSCAN,
  });
  return (
    <div ref={scroller} className="answer-lines" tabIndex={0} role="region" aria-label={t('detail.lines')}>
      <ol style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const line = index + 1;
          const item = items[index] ?? '';
          const code = refused.get(line);
          return (
            <li
              key={line}
              ref={virtualizer.measureElement}
              data-index={index}
              data-refused={code === undefined ? undefined : ''}
              aria-setsize={items.length}
              aria-posinset={line}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Checkbox
                aria-label={t('answer.received', { line })}
                checked={code === undefined}
                onChange={(event) => onLine(line, event.currentTarget.checked ? undefined : 'missing')}
                mt={2}
              />
              <div>
                <ThingLink id={item} />
                {code !== undefined && (
                  <NativeSelect
                    size="xs"
                    mt={6}
                    maw={260}
                    aria-label={t('answer.reason', { line })}
                    value={code}
                    onChange={(event) => onLine(line, event.currentTarget.value as Discrepancy)}
                    data={DISCREPANCIES.map((value) => ({ value, label: t(`answer.reasons.${value}`) }))}
                  />
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
