import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../../components/page-header.js';
import { Panel } from '../../../components/panel.js';
import { AddItems } from './add-items.js';
import type { Scope } from './check-item.js';
import { OfferTerms } from './offer-terms.js';
import { readIds } from './read-ids.js';
import { Selection } from './selection.js';
import '../transfers.css';

const route = getRouteApi('/transfers/new');

/** An offer: which items, to whom, what changes hands. */
export function OfferPage() {
  const { t } = useTranslation('transfers');
  const { items = '' } = route.useSearch();
  const [selected, setSelected] = useState<readonly string[]>(() => readIds(items).ids);
  const [scope, setScope] = useState<Scope>('both');
  return (
    <>
      <PageHeader title={t('new.title')} subtitle={t('new.subtitle')} />
      <div className="offer-columns">
        <Panel title={t('new.items')}>
          <AddItems onAdd={(ids) => setSelected((before) => [...new Set([...before, ...ids])])} />
          <OfferTerms items={selected} scope={scope} onScope={setScope} />
        </Panel>
        <Selection
          items={selected}
          scope={scope}
          onRemove={(id) => setSelected((before) => (id === undefined ? [] : before.filter((one) => one !== id)))}
        />
      </div>
    </>
  );
}
