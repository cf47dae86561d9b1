import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Says that a list has grown since it was read, and reads it anew when asked. */
export function ListNews({ count, onShow }: { readonly count: number; readonly onShow: () => void }) {
  const { t } = useTranslation('app');
  return (
    <span aria-live="polite">
      {count > 0 && (
        <Button size="compact-sm" variant="light" onClick={onShow}>
          {t('table.news', { count })}
        </Button>
      )}
    </span>
  );
}
