import * as app from './app.locale.js';
import * as chain from '../screens/chain/chain.locale.js';
import * as home from '../screens/home/home.locale.js';
import * as items from '../screens/items/items.locale.js';
import * as recalls from '../screens/recalls/recalls.locale.js';
import * as transfers from '../screens/transfers/transfers.locale.js';
import * as products from '../screens/products/products.locale.js';
import * as findings from '../components/findings.locale.js';
import * as verify from '../components/verify/verify.locale.js';
import * as organizations from '../screens/organizations/organizations.locale.js';
import * as proposals from '../screens/proposals/proposals.locale.js';
import * as invitations from '../screens/invitations/invitations.locale.js';
import * as people from '../screens/people/people.locale.js';
import * as settings from '../screens/settings/settings.locale.js';
import * as audit from '../screens/audit/audit.locale.js';
import * as login from '../screens/login/login.locale.js';

/** Every text of the dashboard: one namespace for the frame, one for each screen (`<screen>/<screen>.locale.ts`). */
export const resources = {
  en: {
    app: app.en,
    chain: chain.en,
    home: home.en,
    items: items.en,
    products: products.en,
    transfers: transfers.en,
    recalls: recalls.en,
    organizations: organizations.en,
    proposals: proposals.en,
    invitations: invitations.en,
    people: people.en,
    settings: settings.en,
    audit: audit.en,
    login: login.en,
    verify: verify.en,
    findings: findings.en,
  },
  zh: {
    app: app.zh,
    chain: chain.zh,
    home: home.zh,
    items: items.zh,
    products: products.zh,
    transfers: transfers.zh,
    recalls: recalls.zh,
    organizations: organizations.zh,
    proposals: proposals.zh,
    invitations: invitations.zh,
    people: people.zh,
    settings: settings.zh,
    audit: audit.zh,
    login: login.zh,
    verify: verify.zh,
    findings: findings.zh,
  },
};
