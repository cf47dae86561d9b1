import { useTranslation } from 'react-i18next';
import { LiveBadge } from '../../components/live-badge.js';
import { PageHeader } from '../../components/page-header.js';
import { ActionList } from './action-list.js';
import { NetworkPulse } from './network-pulse.js';
import { TodaysFlow } from './todays-flow.js';

export function HomePage() {
  const { t } = useTranslation('home');
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={<LiveBadge />} />
      <NetworkPulse />
      <div className="home-columns">
        <ActionList />
        <TodaysFlow />
      </div>
    </>
  );
}
