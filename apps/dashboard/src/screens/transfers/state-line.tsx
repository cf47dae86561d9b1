import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '#sdk';
import { EventTime } from '../../components/event-time.js';
import { EntryLink } from '../../components/ids.js';
import { OrganizationLink } from '../../components/organization-link.js';
import { STATE_COLORS } from './transfer-lists.js';

/** From the offer to its answer, each with who signed it and when. @param height - of the chain now */
export function StateLine({ transfer, height }: { readonly transfer: Api.Transfer; readonly height: number }) {
  const { t } = useTranslation('transfers');
  const { state, offered, answered, expiresAfterHeight } = transfer;
  const left = Math.max(0, expiresAfterHeight - height);
  return (
    <ol className="state-line">
      <Step tone="blue" title={t('detail.offered')}>
        <Signed entry={offered} />
      </Step>
      {state === 'offered' ? (
        <Step tone="gray" title={t('detail.openUntil', { height: expiresAfterHeight })} isOpen>
          <Text size="sm" c="dimmed">
            {t('detail.blocksLeft', { count: left })}
          </Text>
        </Step>
      ) : (
        <Step tone={STATE_COLORS[state]} title={t(`state.${state}`)}>
          {answered === null ? (
            <Text size="sm" c="dimmed">
              {t('detail.openUntil', { height: expiresAfterHeight })}
            </Text>
          ) : (
            <Signed entry={answered} />
          )}
        </Step>
      )}
    </ol>
  );
}

function Step({
  tone,
  title,
  isOpen,
  children,
}: {
  readonly tone: string;
  readonly title: string;
  readonly isOpen?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <li data-tone={tone} data-open={isOpen === true ? '' : undefined}>
      <Text fw={600} size="sm">
        {title}
      </Text>
      {children}
    </li>
  );
}

function Signed({ entry }: { readonly entry: Api.EntryReference }) {
  return (
    <>
      <Text size="sm">
        <OrganizationLink did={entry.author} />
      </Text>
      <Group gap="sm">
        <EventTime time={entry.blockTime} />
        <EntryLink id={entry.entryId} />
      </Group>
    </>
  );
}
