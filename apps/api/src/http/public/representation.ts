import type { FastifyRequest } from 'fastify';
import { ranked } from './language.js';

/** In which form the same thing is answered. */
export type Representation = 'page' | 'data' | 'linkset';

/** GS1's link types that lead somewhere on this node (https://ref.gs1.org/voc/linkTypes). */
export const LINK_TYPES = ['pip', 'traceability'] as const;

const OF_MEDIA_TYPE: Readonly<Record<string, Representation>> = {
  'text/html': 'page',
  'application/xhtml+xml': 'page',
  'application/ld+json': 'data',
  'application/linkset+json': 'linkset',
  'application/json': 'linkset',
  'text/*': 'page',
  '*/*': 'page',
};
const OF_LINK_TYPE: Readonly<Record<string, Representation>> = {
  pip: 'page',
  defaultLink: 'page',
  traceability: 'data',
  linkset: 'linkset',
  all: 'linkset',
};

/**
 * What a request wants: `?linkType=` goes before `Accept` (GS1-Conformant Resolver).
 *
 * @returns undefined for a link type that leads nowhere here
 */
export function representationOf({
  query,
  headers,
}: Pick<FastifyRequest, 'query' | 'headers'>): Representation | undefined {
  const { linkType } = query as { readonly linkType?: unknown };
  if (linkType !== undefined) {
    // As a CURIE, or as an address in either spelling of the vocabulary.
    const [name = ''] = String(linkType)
      .split(/^(?:gs1:|https?:\/\/(?:ref\.)?gs1\.org\/voc\/)/)
      .slice(-1);
    return Object.hasOwn(OF_LINK_TYPE, name) ? OF_LINK_TYPE[name] : undefined;
  }
  const wanted = ranked(headers.accept).find((type) => Object.hasOwn(OF_MEDIA_TYPE, type));
  return wanted === undefined ? 'page' : OF_MEDIA_TYPE[wanted];
}
