import { Badge, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLiveChain } from '../app/live-chain.js';

/** Whether what one sees is told by the node as it happens. */
export function LiveBadge() {
  const { t } = useTranslation('app');
  const { isLive } = useLiveChain();
  return (
    <Tooltip label={isLive ? t('live.onDetail') : t('live.offDetail')}>
      <Badge
        color={isLive ? 'teal' : 'yellow'}
        size="lg"
        leftSection={<span className="live-dot" data-live={isLive} />}
        tabIndex={0}
        role="status"
      >
        {isLive ? t('live.on') : t('live.off')}
      </Badge>
    </Tooltip>
  );
}
