import type { FastifyRequest } from 'fastify';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** `?lang=` where it is one that is spoken here, else what the client prefers, else English. */
export function languageOf({ query, headers }: Pick<FastifyRequest, 'query' | 'headers'>): Language {
  const { lang } = query as { readonly lang?: unknown };
  return (
    spoken(String(lang)) ??
    ranked(headers['accept-language'])
      .map(spoken)
      .find((language) => language) ??
    'en'
  );
}

function spoken(tag: string): Language | undefined {
  const [primary = ''] = tag.toLowerCase().split('-');
  return LANGUAGES.find((language) => language === primary);
}

/** The values of an `Accept…` header, best first, without those that are refused (`q=0`). Equal ones stay in order. */
export function ranked(header: string | undefined): readonly string[] {
  return (header ?? '')
    .split(',')
    .slice(0, 30)
    .map((part) => {
      const [value = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { value, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ value, quality }) => value !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ value }) => value);
}
