import { AppShell, Burger, Group, NavLink, ScrollArea, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import mark from '../assets/mark.svg';
import { Icon } from '../components/icons.js';
import { SearchBox } from '../screens/items/search-box.js';
import { useChainLink } from './live-chain.js';
import { NAVIGATION } from './navigation.js';
import { SessionGate } from './session-gate.js';
import { ShellControls } from './shell-controls.js';
import { WhereAmI } from './where-am-i.js';

/** Pages for people whom the node does not know yet. */
const WAYS_IN: readonly string[] = ['/login', '/enrol'];

/** The frame around every page: where one is, the way to everywhere else, and a search box that is always there. */
export function Shell() {
  const { pathname } = useLocation();
  if (WAYS_IN.includes(pathname)) return <Outlet />;
  return (
    <SessionGate>
      <Frame />
    </SessionGate>
  );
}

function Frame() {
  const { t } = useTranslation('app');
  const [isOpen, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  useChainLink();
  useEffect(close, [close, pathname]);

  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 236, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="lg"
    >
      <a href="#content" className="skip-link">
        {t('skipToContent')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" gap="md" wrap="nowrap">
          <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('openNavigation')} />
          <UnstyledButton component={Link} to="/" visibleFrom="xs">
            <Group gap={10} wrap="nowrap">
              <img src={mark} alt="" width={30} height={30} />
              <Text fw={700} size="lg" lts={-0.3}>
                {t('name')}
              </Text>
            </Group>
          </UnstyledButton>
          <SearchBox />
          <ShellControls />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t('navigation')}>
        <WhereAmI />
        <AppShell.Section grow component={ScrollArea} mt="sm">
          <Stack gap={2}>
            {NAVIGATION.map(({ to, icon, name }) => (
              <NavLink
                key={name}
                renderRoot={(props) => <Link {...props} to={to} />}
                label={t(`screens.${name}`)}
                leftSection={<Icon name={icon} />}
                active={to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`)}
              />
            ))}
          </Stack>
        </AppShell.Section>
        <AppShell.Section>
          <NavLink component="a" href="/docs" label={t('apiReference')} leftSection={<Icon name="book" />} />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <div className="page">
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}
