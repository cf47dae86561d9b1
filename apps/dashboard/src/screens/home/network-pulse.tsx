import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import { useNetwork } from '../../app/use-network.js';
import { useNow } from '../../components/use-now.js';
import { timeAgo } from '../../components/format-time.js';
import { StatCard } from '../../components/stat-card.js';

/** Height, quorum margin, index, pool: is the network well, and how much may still go wrong. */
export function NetworkPulse() {
  const { t, i18n } = useTranslation('home');
  const { data: network } = useNetwork();
  const now = useNow();
  if (network === undefined) return null;
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <section aria-label={t('pulse.title')} className="stat-row">
      <StatCard
        icon="chain"
        label={t('pulse.height')}
        value={number.format(network.height)}
        detail={t('pulse.lastSeal', { ago: timeAgo(network.headTime, now, i18n.language) })}
      />
      <QuorumCard network={network} />
      <IndexCard network={network} />
      <StatCard
        icon="clock"
        label={t('pulse.pool')}
        value={number.format(network.pool.entries)}
        detail={t('pulse.poolDetail')}
      />
      <StatCard icon="audit" label={t('pulse.log')} value={number.format(network.logSize)} />
    </section>
  );
}

function QuorumCard({ network }: { readonly network: Api.Network }) {
  const { t } = useTranslation('home');
  const organizations = useOrganizations();
  const up = network.validators.filter(({ connected, isSelf }) => connected || isSelf).length;
  const margin = up - network.quorum;
  const down = network.validators
    .filter(({ connected, isSelf }) => !connected && !isSelf)
    .map(({ did }) => nameOf(organizations, did));
  const text =
    margin < 0
      ? t('pulse.broken', { needed: network.quorum })
      : margin === 0
        ? t('pulse.margin_zero')
        : t('pulse.margin', { count: margin });
  return (
    <StatCard
      icon="seal"
      label={t('pulse.quorum')}
      value={t('pulse.quorumValue', { up, all: network.validators.length })}
      tone={margin < 0 ? 'bad' : margin === 0 ? 'warn' : 'good'}
      detail={
        <>
          {text}
          {down.length > 0 && <div>{t('pulse.down', { names: down.join(', ') })}</div>}
        </>
      }
    />
  );
}

function IndexCard({ network }: { readonly network: Api.Network }) {
  const { t } = useTranslation('home');
  const lag = network.height - network.indexHeight;
  if (network.indexState === 'database-down') {
    return (
      <StatCard
        icon="book"
        label={t('pulse.index')}
        value={t('pulse.indexDown')}
        detail={t('pulse.indexDownDetail')}
        tone="bad"
      />
    );
  }
  // One or two blocks under way are no lag that anybody notices.
  const isCurrent = lag <= 2;
  return (
    <StatCard
      icon="book"
      label={t('pulse.index')}
      value={isCurrent ? t('pulse.indexFollowing') : t('pulse.indexBehind', { count: lag })}
      tone={isCurrent ? 'good' : 'warn'}
      detail={`${t('pulse.height')} ${network.indexHeight}`}
    />
  );
}
