import { useTranslation } from 'react-i18next';
import { en } from './findings.locale.js';

/** Names codes of findings in words; a code that this page does not know stands for itself. */
export function useFindingName(): (code: string) => string {
  const { t } = useTranslation('findings');
  return (code) => (code in en ? t(code as keyof typeof en) : code);
}
