import { z } from 'zod';

/** Schemas of the answers, for this server's own OpenAPI document; GS1's is the one that they follow. */

const context = z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]);

export const queryDocumentSchema = z
  .object({
    '@context': context,
    type: z.literal('EPCISQueryDocument'),
    schemaVersion: z.string(),
    creationDate: z.string(),
    epcisBody: z.object({
      queryResults: z.object({
        queryName: z.string(),
        subscriptionID: z.string().optional(),
        resultsBody: z.object({ eventList: z.array(z.record(z.string(), z.unknown())) }),
      }),
    }),
  })
  .meta({ id: 'EPCISQueryDocument', description: 'EPCIS 2.0: events, each with eventID and recordTime.' });

export const collectionSchema = z
  .object({ '@context': context, type: z.literal('Collection'), member: z.array(z.string()) })
  .meta({ id: 'EpcisCollection', description: 'EPCIS 2.0 REST bindings, a collection of resources.' });

export const namedQuerySchema = z
  .object({ name: z.string(), query: z.record(z.string(), z.unknown()) })
  .meta({ id: 'NamedQuery', description: 'EPCIS 2.0 REST bindings, QueryDefinition.' });

/** The standard answers with lists, also where one query is named. */
export const namedQueriesSchema = z.array(namedQuerySchema).meta({ id: 'NamedQueries' });
