import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { ThingLink } from '../../../components/ids.js';
import { Panel } from '../../../components/panel.js';
import { en } from '../recalls.locale.js';

const SHOWN_MAX = 10;
type EndReason = keyof typeof en.unknown.reasons;

export function unknownCount(unknown: Api.RecallUnknownImpact): number {
  return Object.values(unknown).reduce((sum: number, list: readonly unknown[]) => sum + list.length, 0);
}

/** What a recall would not reach, by the reason. */
export function UnknownView({ unknown }: { readonly unknown: Api.RecallUnknownImpact }) {
  const { t } = useTranslation('recalls');
  const lists: [keyof Api.RecallUnknownImpact, readonly [id: string, detail: string][]][] = [
    ['targets', unknown.targets.map((id) => [id, ''])],
    ['away', unknown.away.map(({ item, quantity, unit }) => [item, `${quantity} ${unit}`])],
    ['withoutQuantity', unknown.withoutQuantity.map((id) => [id, ''])],
    ['withoutShare', unknown.withoutShare.map((id) => [id, ''])],
    ['withoutHolder', unknown.withoutHolder.map((id) => [id, ''])],
    ['tombstones', unknown.tombstones.map(({ item, reason }) => [item, endText(reason)])],
  ];
  return (
    <Panel title={t('unknown.title')}>
      <div className="unknown-lists">
        {lists.flatMap(([kind, list]) =>
          list.length === 0
            ? []
            : [
                <UnknownList key={kind} title={t(`unknown.${kind}`)} count={list.length}>
                  {list.slice(0, SHOWN_MAX).map(([id, detail], index) => (
                    <li key={index}>
                      <ThingLink id={id} />{' '}
                      <Text span size="sm" fw={600}>
                        {detail}
                      </Text>
                    </li>
                  ))}
                </UnknownList>,
              ],
        )}
      </div>
    </Panel>
  );

  function endText(reason: string): string {
    return reason in en.unknown.reasons ? t(`unknown.reasons.${reason as EndReason}`) : reason;
  }
}

function UnknownList({
  title,
  count,
  children,
}: {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('recalls');
  return (
    <section>
      <Text size="sm" fw={600} component="h3">
        {title}
      </Text>
      <ul>{children}</ul>
      {count > SHOWN_MAX && (
        <Text size="sm" c="dimmed">
          {t('unknown.more', { count: count - SHOWN_MAX })}
        </Text>
      )}
    </section>
  );
}
