import { Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { placeTime, viewerTime, viewerZone } from './format-time.js';

/**
 * A moment as the clock on the wall showed it where it happened, and in the viewer's own zone. Without an offset (a block's time)
 * only the viewer's.
 * @param offset - `+02:00`, as the event says
 */
export function EventTime({
  time,
  offset,
  withViewer = false,
}: {
  readonly time: string;
  readonly offset?: string | null;
  readonly withViewer?: boolean;
}) {
  const { t, i18n } = useTranslation('app');
  const viewer = viewerTime(time, i18n.language);
  const local = offset === undefined || offset === null ? undefined : placeTime(time, offset, i18n.language);
  const viewerText = t('time.viewer', { time: viewer, zone: viewerZone() });
  return (
    <Tooltip
      label={local === undefined ? `${viewerText} · ${time}` : viewerText}
      disabled={withViewer && local !== undefined}
    >
      <Text component="time" dateTime={time} size="sm" className="tabular" tabIndex={withViewer ? undefined : 0}>
        {local === undefined ? viewer : `${local} ${offset}`}
        {withViewer && local !== undefined && (
          <Text component="span" size="xs" c="dimmed" display="block">
            {viewerText}
          </Text>
        )}
      </Text>
    </Tooltip>
  );
}
