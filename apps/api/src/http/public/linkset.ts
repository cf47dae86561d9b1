import type { PublicRecord } from './public-record.types.js';

const VOCABULARY = 'https://gs1.org/voc/';
const WORDS = { page: 'What is recorded', data: 'What is recorded, as data' } as const;

/**
 * Where to find what about a subject: RFC 9264 in JSON, as the GS1-Conformant Resolver standard wants it.
 *
 * @param origin - of this node's pages
 */
export function linksetOf({ subject }: PublicRecord, origin: string): object {
  const address = origin + subject.path;
  const page = { href: address, title: WORDS.page, type: 'text/html', hreflang: ['en', 'zh-Hans'] };
  const pages = [
    { ...page, href: `${address}?lang=en`, hreflang: ['en'] },
    { ...page, href: `${address}?lang=zh`, title: '已记录的内容', hreflang: ['zh-Hans'] },
  ];
  const data = { href: `${address}?linkType=gs1:traceability`, title: WORDS.data, type: 'application/ld+json' };
  return {
    linkset: [
      {
        anchor: address,
        itemDescription: subject.key,
        [`${VOCABULARY}defaultLink`]: [page],
        [`${VOCABULARY}pip`]: pages,
        [`${VOCABULARY}traceability`]: [data],
      },
    ],
  };
}

/** In the header of every answer. */
export function linkHeader({ subject }: PublicRecord, origin: string): string {
  const address = origin + subject.path;
  return `<${address}?linkType=linkset>; rel="linkset"; type="application/linkset+json", <${address}>; rel="${VOCABULARY}pip"; type="text/html"`;
}
