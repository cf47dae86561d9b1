import { useTranslation } from 'react-i18next';
import { SectionTabs } from '../../components/section-tabs.js';

/** The pages about who acts on this node. */
export function PeopleTabs() {
  const { t } = useTranslation('people');
  return (
    <SectionTabs
      label={t('tabs.label')}
      tabs={[
        { to: '/people', label: t('tabs.people') },
        { to: '/people/services', label: t('tabs.services') },
        { to: '/people/me', label: t('tabs.me') },
      ]}
    />
  );
}
