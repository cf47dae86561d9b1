import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import type { DataColumn } from '../../components/data-table.js';
import { EventTime } from '../../components/event-time.js';
import { HashText } from '../../components/ids.js';

export function useAuditColumns(): readonly DataColumn<Api.AuditEvent>[] {
  const { t } = useTranslation('audit');
  return useMemo(
    () => [
      { id: 'seq', header: t('seq'), width: '80px', isNumber: true, value: ({ seq }) => seq },
      {
        id: 'time',
        header: t('time'),
        width: '225px',
        value: ({ time }) => time,
        cell: ({ time }) => <EventTime time={time} />,
      },
      {
        id: 'actor',
        header: t('actor'),
        width: 'minmax(130px, 1fr)',
        value: ({ actor }) => actor.name ?? t(`actors.${actor.kind}`),
        cell: ({ actor }) => <span title={actor.id ?? ''}>{actor.name ?? t(`actors.${actor.kind}`)}</span>,
      },
      {
        id: 'action',
        header: t('action'),
        width: 'minmax(180px, 1.2fr)',
        value: ({ action }) => action,
        cell: ({ action }) => <span className="mono">{action}</span>,
      },
      {
        id: 'target',
        header: t('target'),
        width: 'minmax(130px, 1fr)',
        value: ({ target }) => target ?? '',
        cell: ({ target }) => (target === null ? '–' : <HashText value={target} chars={14} />),
      },
      {
        id: 'details',
        header: t('details'),
        width: 'minmax(180px, 1.6fr)',
        value: ({ details }) => JSON.stringify(details),
        cell: ({ details }) => {
          const text = Object.keys(details).length === 0 ? '–' : JSON.stringify(details);
          return (
            <span className="mono" title={text}>
              {text}
            </span>
          );
        },
      },
      { id: 'address', header: t('address'), width: '130px', value: ({ address }) => address ?? '' },
      {
        id: 'request',
        header: t('request'),
        width: '150px',
        value: ({ requestId }) => requestId ?? '',
        cell: ({ requestId }) => (requestId === null ? '–' : <HashText value={requestId} chars={10} />),
      },
      {
        id: 'hash',
        header: t('hash'),
        width: '170px',
        value: ({ hash }) => hash,
        cell: ({ hash }) => <HashText value={hash} chars={12} />,
      },
    ],
    [t],
  );
}
