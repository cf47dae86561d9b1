import { useTranslation } from 'react-i18next';
import { SectionTabs } from '../../components/section-tabs.js';

/** The pages about who is in the network. */
export function OrganizationTabs() {
  const { t } = useTranslation('organizations');
  return (
    <SectionTabs
      label={t('tabs.label')}
      tabs={[
        { to: '/organizations', label: t('tabs.all') },
        { to: '/organizations/validators', label: t('tabs.validators') },
        { to: '/organizations/invitations', label: t('tabs.invitations') },
      ]}
    />
  );
}
