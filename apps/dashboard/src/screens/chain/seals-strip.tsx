import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.js';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import { EmptyState } from '../../components/empty-state.js';
import { Panel } from '../../components/panel.js';
import { ProblemAlert } from '../../components/problem-alert.js';

const BLOCKS = 200;
/** Fewer blocks do not fill the strip. */
const COLUMNS_MIN = 60;
const CELL = { width: 5, gap: 1, height: 18, rowGap: 6 };

/** Who sealed each of the latest blocks: a gap in a row is an organisation that was away. */
export function SealsStrip() {
  const { t } = useTranslation('chain');
  const organizations = useOrganizations();
  const { data, error, refetch } = useQuery({
    queryKey: ['seals'],
    meta: { live: true },
    queryFn: ({ signal }) => api.call('listSeals', { query: { limit: BLOCKS }, signal }),
  });
  const columns = Math.max(COLUMNS_MIN, data?.blocks.length ?? 0);
  return (
    <Panel
      title={t('seals.title', { count: data?.blocks.length ?? BLOCKS })}
      aside={
        <Text size="xs" c="dimmed">
          {t('seals.legend')}
        </Text>
      }
    >
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton h={110} />}
      {data?.blocks.length === 0 && (
        <EmptyState icon="seal" title={t('seals.none')}>
          {t('seals.noneBody')}
        </EmptyState>
      )}
      {data !== undefined && data.blocks.length > 0 && (
        <>
          <ul className="seals">
            {data.validators.map((did) => {
              const sealed = data.blocks.map(({ sealedBy }) => sealedBy.includes(did));
              const share = t('seals.share', { sealed: sealed.filter(Boolean).length, all: sealed.length });
              return (
                <li key={did}>
                  <Text size="sm" fw={600} truncate>
                    {nameOf(organizations, did)}
                  </Text>
                  <svg
                    viewBox={`0 0 ${columns * (CELL.width + CELL.gap)} ${CELL.height}`}
                    preserveAspectRatio="none"
                    height={CELL.height}
                    role="img"
                    aria-label={`${nameOf(organizations, did)}: ${share}`}
                  >
                    {data.blocks.map(({ height }, index) => (
                      <rect
                        key={height}
                        x={(columns - 1 - index) * (CELL.width + CELL.gap)}
                        y={sealed[index] === true ? 0 : CELL.height - 5}
                        width={CELL.width}
                        height={sealed[index] === true ? CELL.height : 5}
                        data-sealed={sealed[index]}
                      >
                        <title>
                          {t('seals.cell', {
                            height,
                            what: sealed[index] === true ? t('seals.sealed') : t('seals.missed'),
                          })}
                        </title>
                      </rect>
                    ))}
                  </svg>
                  <Text size="xs" c="dimmed" className="tabular">
                    {share}
                  </Text>
                </li>
              );
            })}
          </ul>
          <Text size="xs" c="dimmed" mt="xs">
            {t('seals.note')}
          </Text>
        </>
      )}
    </Panel>
  );
}
