import { ActionIcon, Button, Group, Menu, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/icons.js';
import { changeLanguage, LANGUAGES, type Language } from './i18n.js';
import { api, queryClient } from './api.js';
import { currentSession, forgetSession } from './session.js';
import { useAccess } from './use-access.js';

/** Language, light or dark, who is signed in. */
export function ShellControls() {
  return (
    <Group gap={4} wrap="nowrap" ml="auto">
      <LanguageMenu />
      <ColorSchemeButton />
      <AccountMenu />
    </Group>
  );
}

function AccountMenu() {
  const { t } = useTranslation('app');
  const { session } = useAccess();
  const leave = useMutation({
    mutationFn: async () => {
      if (currentSession().csrfToken !== undefined) await api.call('signOut', {});
      forgetSession();
    },
    onSettled: () => queryClient.resetQueries(),
  });
  if (session === undefined) return null;
  if (session === null)
    return (
      <Button size="compact-sm" variant="light" component={Link} to="/login">
        {t('signIn')}
      </Button>
    );
  const { kind, name = t(`callers.${kind}`) } = session.caller;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="people" size={16} />}
          aria-label={t('account', { name })}
        >
          <span className="account-name">{name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kind === 'person' && (
          <Menu.Item component={Link} to="/people/me" leftSection={<Icon name="key" size={14} />}>
            {t('myAccess')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<Icon name="signOut" size={14} />} onClick={() => leave.mutate()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
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
