import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeApi } from '../src/http/openapi/describe-api.js';

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
  readonly security?: readonly object[];
}

let document: OpenAPIObject;
let operations: { readonly name: string; readonly operation: Operation }[];
beforeAll(async () => {
  document = await describeApi();
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation: operation as Operation,
    })),
  );
});

describe('the OpenAPI document', () => {
  it('is 3.1', () => {
    expect(document.openapi).toBe('3.1.0');
  });

  it('is the committed one (npm run openapi writes it anew)', () => {
    const committed: unknown = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../docs/reference/openapi.json'), 'utf8'),
    );
    expect(JSON.parse(JSON.stringify(document))).toEqual(committed);
  });

  it('describes every route of the API', () => {
    expect(operations.map(({ name }) => name).sort()).toEqual([
      'DELETE /api/v1/invitations/{id}',
      'DELETE /api/v1/join-requests/{id}',
      'DELETE /api/v1/people/invitations/{id}',
      'DELETE /api/v1/service-accounts/{id}/keys/{keyId}',
      'DELETE /api/v1/session',
      'DELETE /api/v1/session/passkeys/{id}',
      'DELETE /api/v1/sessions/{id}',
      'DELETE /epcis/nextPageToken/{token}',
      'DELETE /epcis/queries/{queryName}',
      'DELETE /epcis/queries/{queryName}/subscriptions/{subscriptionID}',
      'GET /.well-known/did.json',
      'GET /api/v1/access/routes',
      'GET /api/v1/audit',
      'GET /api/v1/audit/export',
      'GET /api/v1/audit/verify',
      'GET /api/v1/blocks',
      'GET /api/v1/blocks/{height}',
      'GET /api/v1/entries/{id}',
      'GET /api/v1/entries/{id}/proof',
      'GET /api/v1/findings',
      'GET /api/v1/genesis',
      'GET /api/v1/invitations',
      'GET /api/v1/items/{id}',
      'GET /api/v1/items/{id}/history',
      'GET /api/v1/items/{id}/proof',
      'GET /api/v1/items/{id}/trace',
      'GET /api/v1/join-requests',
      'GET /api/v1/join-requests/{id}',
      'GET /api/v1/lots/{id}/balance',
      'GET /api/v1/network',
      'GET /api/v1/network/peers',
      'GET /api/v1/network/seals',
      'GET /api/v1/organizations',
      'GET /api/v1/organizations/{did}',
      'GET /api/v1/organizations/{did}/did.json',
      'GET /api/v1/people',
      'GET /api/v1/people/invitations',
      'GET /api/v1/people/{id}',
      'GET /api/v1/products',
      'GET /api/v1/products/{gtin}',
      'GET /api/v1/proposals',
      'GET /api/v1/proposals/{id}',
      'GET /api/v1/recalls',
      'GET /api/v1/recalls/{id}',
      'GET /api/v1/service-accounts',
      'GET /api/v1/service-accounts/{id}',
      'GET /api/v1/session',
      'GET /api/v1/session/passkeys',
      'GET /api/v1/sessions',
      'GET /api/v1/stream',
      'GET /api/v1/subscriptions',
      'GET /api/v1/subscriptions/{id}/deliveries',
      'GET /api/v1/transfers',
      'GET /api/v1/transfers/{id}',
      'GET /epcis',
      'GET /epcis/bizLocations',
      'GET /epcis/bizLocations/{bizLocation}',
      'GET /epcis/bizLocations/{bizLocation}/events',
      'GET /epcis/bizSteps',
      'GET /epcis/bizSteps/{bizStep}',
      'GET /epcis/bizSteps/{bizStep}/events',
      'GET /epcis/capture',
      'GET /epcis/capture/{captureID}',
      'GET /epcis/dispositions',
      'GET /epcis/dispositions/{disposition}',
      'GET /epcis/dispositions/{disposition}/events',
      'GET /epcis/epcs',
      'GET /epcis/epcs/{epc}',
      'GET /epcis/epcs/{epc}/events',
      'GET /epcis/eventTypes',
      'GET /epcis/eventTypes/{eventType}',
      'GET /epcis/eventTypes/{eventType}/events',
      'GET /epcis/events',
      'GET /epcis/events/{eventID}',
      'GET /epcis/queries',
      'GET /epcis/queries/{queryName}',
      'GET /epcis/queries/{queryName}/events',
      'GET /epcis/queries/{queryName}/subscriptions',
      'GET /epcis/queries/{queryName}/subscriptions/{subscriptionID}',
      'GET /epcis/readPoints',
      'GET /epcis/readPoints/{readPoint}',
      'GET /epcis/readPoints/{readPoint}/events',
      'GET /healthz',
      'GET /metrics',
      'GET /readyz',
      'PATCH /api/v1/organizations/self',
      'PATCH /api/v1/people/{id}',
      'PATCH /api/v1/service-accounts/{id}',
      'POST /api/v1/enrolment',
      'POST /api/v1/enrolment/options',
      'POST /api/v1/entries',
      'POST /api/v1/invitations',
      'POST /api/v1/items',
      'POST /api/v1/join-requests',
      'POST /api/v1/join-requests/preview',
      'POST /api/v1/join-requests/{id}/proposal',
      'POST /api/v1/keys/revoke',
      'POST /api/v1/keys/revoke/preview',
      'POST /api/v1/keys/rotate',
      'POST /api/v1/people/invitations',
      'POST /api/v1/people/{id}/recovery',
      'POST /api/v1/products',
      'POST /api/v1/proposals',
      'POST /api/v1/proposals/simulate',
      'POST /api/v1/proposals/{id}/votes',
      'POST /api/v1/proposals/{id}/withdraw',
      'POST /api/v1/recalls',
      'POST /api/v1/recalls/simulate',
      'POST /api/v1/recalls/{id}/acknowledge',
      'POST /api/v1/recalls/{id}/close',
      'POST /api/v1/service-accounts',
      'POST /api/v1/service-accounts/{id}/keys',
      'POST /api/v1/service-accounts/{id}/keys/{keyId}/rotate',
      'POST /api/v1/session',
      'POST /api/v1/session/challenge',
      'POST /api/v1/session/options',
      'POST /api/v1/session/passkeys',
      'POST /api/v1/session/passkeys/options',
      'POST /api/v1/subscriptions/{id}/replay',
      'POST /api/v1/transfers',
      'POST /api/v1/transfers/{id}/accept',
      'POST /api/v1/transfers/{id}/cancel',
      'POST /api/v1/transfers/{id}/reject',
      'POST /epcis/capture',
      'POST /epcis/events',
      'POST /epcis/queries',
      'POST /epcis/queries/{queryName}/subscriptions',
    ]);
  });

  it('gives each operation a name, a summary, and problems where it can fail', () => {
    const names = new Set<string>();
    for (const { name, operation } of operations) {
      expect({ name, ...operation }).toMatchObject({ operationId: expect.any(String), summary: expect.any(String) });
      names.add(operation.operationId as string);
      expect({ name, content: Object.keys(operation.responses['500']?.content ?? {}) }).toEqual({
        name,
        content: ['application/problem+json'],
      });
    }
    expect(names.size).toBe(operations.length);
  });

  it('asks who calls everywhere but at the health checks, where did:web looks, and where one joins or signs in', () => {
    expect(operations.filter(({ operation }) => operation.security === undefined).map(({ name }) => name)).toEqual([
      'GET /healthz',
      'GET /readyz',
      'GET /.well-known/did.json',
      'POST /api/v1/join-requests/preview',
      'POST /api/v1/join-requests',
      'GET /api/v1/join-requests/{id}',
      'POST /api/v1/session/options',
      'POST /api/v1/session',
      'POST /api/v1/enrolment/options',
      'POST /api/v1/enrolment',
    ]);
  });

  it('has a schema for everything that it refers to', () => {
    const defined = new Set(
      Object.keys(document.components?.schemas ?? {}).map((name) => `#/components/schemas/${name}`),
    );
    const referred = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]);
    expect(referred.filter((reference) => !defined.has(reference ?? ''))).toEqual([]);
    expect(referred.length).toBeGreaterThan(50);
  });
});
