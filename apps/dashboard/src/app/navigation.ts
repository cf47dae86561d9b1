import type { LinkProps } from '@tanstack/react-router';
import type { IconName } from '../components/icons.js';
import type { en } from './app.locale.js';

export interface NavigationEntry {
  readonly to: NonNullable<LinkProps['to']>;
  readonly icon: IconName;
  /** Its name: `app:screens.<name>`. */
  readonly name: keyof typeof en.screens;
}

/** The main navigation, in the order in which people work: what is up, the goods, the ledger beneath. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { to: '/', icon: 'home', name: 'home' },
  { to: '/products', icon: 'product', name: 'products' },
  { to: '/items', icon: 'items', name: 'items' },
  { to: '/transfers', icon: 'transfer', name: 'transfers' },
  { to: '/recalls', icon: 'recall', name: 'recalls' },
  { to: '/organizations', icon: 'organization', name: 'organizations' },
  { to: '/proposals', icon: 'ballot', name: 'proposals' },
  { to: '/chain', icon: 'chain', name: 'chain' },
  { to: '/people', icon: 'people', name: 'people' },
  { to: '/audit', icon: 'audit', name: 'audit' },
];
