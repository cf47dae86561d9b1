import { useTranslation } from 'react-i18next';
import { labelLink, type LabelSubject } from './label-links.js';
import { qrSvg, svgUrl } from './qr-code.js';

/** One label: code, name, and the same in letters that people can read (GS1 General Specifications, section 4.14). */
export function LabelCard({
  resolver,
  subject,
  name,
}: {
  readonly resolver: string;
  readonly subject: LabelSubject;
  readonly name: string;
}) {
  const { t } = useTranslation('products');
  const link = labelLink(resolver, subject);
  return (
    <div className="label-card">
      <img src={svgUrl(qrSvg(link))} alt={t('labels.alt', { link })} />
      <div className="label-text">
        <strong>{name}</strong>
        <span>(01) {subject.gtin}</span>
        {subject.lot !== undefined && <span>(10) {subject.lot}</span>}
        {subject.serial !== undefined && <span>(21) {subject.serial}</span>}
        <small>{t('labels.scanMe')}</small>
      </div>
    </div>
  );
}
