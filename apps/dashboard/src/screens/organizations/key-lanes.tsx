import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { keyStatus } from './key-status.js';
import { purposeKey } from './purpose.js';
import './organizations.css';

/** Each key as a bar from the height at which it began to the one at which it ended; hatched from where it is not trusted. */
export function KeyLanes({ keys, height }: { readonly keys: readonly Api.OrganizationKey[]; readonly height: number }) {
  const { t } = useTranslation('organizations');
  const end = Math.max(height + 1, ...keys.map(({ validFrom }) => validFrom + 1));
  const percent = (at: number): string => `${((Math.min(at, end) / end) * 100).toFixed(2)}%`;
  return (
    <ul className="key-lanes" aria-label={t('keyLanes')}>
      {keys.map((key) => {
        const { keyId, purpose, validFrom, validUntil, notTrustedFrom } = key;
        const until = validUntil ?? end;
        const status = keyStatus(key, height + 1);
        const words = t('keyLane', {
          from: validFrom,
          until: validUntil ?? t('keyLaneNow'),
          status: t(`keyStatus.${status}`),
        });
        return (
          <li key={keyId}>
            <span>
              {t(`purposes.${purposeKey(purpose)}`)} <span className="mono dimmed">{keyId.slice(0, 8)}</span>
            </span>
            <span className="key-lane">
              <span
                className="key-bar"
                data-status={status}
                style={{ left: percent(validFrom), width: `max(4px, calc(${percent(until)} - ${percent(validFrom)}))` }}
              />
              {notTrustedFrom !== null && (
                <span
                  className="key-bar key-bar-disputed"
                  style={{
                    left: percent(notTrustedFrom),
                    width: `max(4px, calc(${percent(until)} - ${percent(notTrustedFrom)}))`,
                  }}
                />
              )}
            </span>
            <Text span size="xs" c="dimmed">
              {words}
              {notTrustedFrom !== null && ` · ${t('notTrustedFrom', { height: notTrustedFrom })}`}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}
