import { ActionIcon, Group, Menu, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/icons.js';
import { changeLanguage, LANGUAGES, type Language } from './i18n.js';
import { signOut, useSession } from './session.js';

/** Language, light or dark, sign out. */
export function ShellControls() {
  const { t } = useTranslation('app');
  const { apiKey } = useSession();
  return (
    <Group gap={4} wrap="nowrap" ml="auto">
      <LanguageMenu />
      <ColorSchemeButton />
      {apiKey !== undefined && (
        <Tooltip label={t('signOut')}>
          <ActionIcon variant="subtle" color="gray" size="lg" onClick={signOut} aria-label={t('signOut')}>
            <Icon name="signOut" />
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  );
}

export function LanguageMenu() {
  const { t, i18n } = useTranslation('app');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('language')}>
          <Icon name="language" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(LANGUAGES).map(([language, name]) => (
          <Menu.Item
            key={language}
            lang={language === 'zh' ? 'zh-Hans' : 'en'}
            leftSection={i18n.language === language ? <Icon name="check" size={14} /> : <span className="icon-space" />}
            onClick={() => void changeLanguage(language as Language)}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function ColorSchemeButton() {
  const { t } = useTranslation('app');
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const label = scheme === 'dark' ? t('switchToLight') : t('switchToDark');
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
        aria-label={label}
      >
        <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
      </ActionIcon>
    </Tooltip>
  );
}
