import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { nameOf, useOrganizations } from '../../app/use-organizations.js';
import { en } from './items.locale.js';

type Step = keyof typeof en.steps;
type Act = keyof typeof en.acts;

/** What happened, in words: the business step where the author stated one, else the kind of event or act. */
export function useEventTitle() {
  const { t } = useTranslation('items');
  const organizations = useOrganizations();
  return (
    event: Pick<Api.HistoryEvent, 'kind' | 'bizStep' | 'type' | 'action'> & {
      readonly event?: Api.HistoryEvent['event'];
    },
    counterparty?: string,
  ): string => {
    if (event.kind !== 'epcis.capture') {
      const act = event.kind in en.acts ? t(`acts.${event.kind as Act}`) : event.kind;
      if (!event.kind.startsWith('transfer.') || counterparty === undefined) return act;
      const name = nameOf(organizations, counterparty);
      const direction = event.kind === 'transfer.offer' ? t('journey.to', { name }) : t('journey.from', { name });
      const scope = event.event?.['transfers'];
      return [act, typeof scope === 'string' && scope in en.scope ? t(`scope.${scope as 'both'}`) : '', direction]
        .filter(Boolean)
        .join(' ');
    }
    const step = event.bizStep?.split(/[/:]/).at(-1) ?? event.type ?? 'other';
    return step in en.steps ? t(`steps.${step as Step}`) : step;
  };
}
