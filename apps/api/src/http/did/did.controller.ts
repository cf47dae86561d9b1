import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import type { RecordReader } from '#codec';
import { ORGANIZATION, ORGANIZATION_KEY, type OrganizationKey } from '#identity';
import type { LadingNode } from '#node';
import { Operation } from '../openapi/operation.js';
import { LADING_NODE, LEDGER_STATE, SELF, type Self } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';
import { didDocument } from './did-document.js';
import { didDocumentSchema } from './did.contract.js';

const DID_DOCUMENT = 'application/did+ld+json';

/** DID documents, from the ledger's state and not from the index: identities resolve while the database is away. */
@Controller()
export class DidController {
  constructor(
    @Inject(LEDGER_STATE) private readonly state: RecordReader,
    @Inject(LADING_NODE) private readonly node: LadingNode,
    @Inject(SELF) private readonly self: Self,
  ) {}

  /** Where did:web looks: `did:web:maker.example` is at https://maker.example/.well-known/did.json. */
  @Get('.well-known/did.json')
  @Header('content-type', DID_DOCUMENT)
  @Operation({
    id: 'getOwnDidDocument',
    tag: 'Organisations',
    summary: 'The DID document of the organisation whose node answers (did:web).',
    access: 'public',
    answer: didDocumentSchema,
    problems: [404],
  })
  own() {
    return this.documentOf(this.self.did);
  }

  @Get('api/v1/organizations/:did/did.json')
  @Header('content-type', DID_DOCUMENT)
  @Operation({
    id: 'getDidDocument',
    tag: 'Organisations',
    summary: 'The DID document of an organisation, with every key that it ever had.',
    access: 'read',
    answer: didDocumentSchema,
    problems: [404],
  })
  document(@Param('did') did: string) {
    return this.documentOf(did === 'self' ? this.self.did : did);
  }

  private documentOf(did: string) {
    const organization = this.state.get(ORGANIZATION, did);
    if (organization === undefined) throw new ApiProblem('API_NOT_FOUND', `The ledger knows no organisation ${did}.`);
    const keys = organization.keyIds
      .map((keyId) => this.state.get(ORGANIZATION_KEY, keyId))
      .filter((key): key is OrganizationKey => key !== undefined);
    const { height } = this.node.head().header;
    return didDocument({ organization, keys, networkId: this.self.networkId, height });
  }
}
