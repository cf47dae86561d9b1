import type { DataSource } from 'typeorm';
import type { KeyEntriesDto, OrganizationDetailDto, OrganizationFilter, ProposalDto, ProposalFilter } from '../governance/governance.types.js';
import { keyEntries } from '../governance/key-entries.js';
import { proposal, proposals } from '../governance/proposals.js';
import { recallImpact } from '../recall-impact/recall-impact.js';
import type { RecallImpactDto, RecallImpactRequest } from '../recall-impact/recall-impact.types.js';
import type {
  AsOf,
  At,
  BlockDto,
  EntryDto,
  FindingDto,
  FindingFilter,
  IndexReads,
  ItemDto,
  ItemHistoryDto,
  LotBalanceDto,
  OrganizationDto,
  Page,
  PageRequest,
  ProductDto,
  RecallDto,
  RecallFilter,
  RecallSummaryDto,
  TransferDto,
  TransferFilter,
} from '../queries.types.js';
import { answer } from './answers.js';
import { block, blocks, entriesOfBlock, entry } from './blocks.js';
import { itemHistory } from './item-history.js';
import { findingList } from './findings.js';
import { findings, item } from './items.js';
import { lotBalance } from './lot-balance.js';
import { organization, organizations } from '../organizations/organizations.js';
import { product, products } from './products.js';
import { recall, recalls } from './recalls.js';
import { TraceQueries } from '../trace/trace-queries.js';
import type { TraceDto, TraceRequest } from '../trace/trace.types.js';
import { transfer, transfers } from './transfers.js';

/** The questions that the index answers; see `IndexReads` for what each returns. */
export class IndexQueries implements IndexReads {
  constructor(private readonly dataSource: DataSource) {}

  async asOf(): Promise<AsOf> {
    const { height } = await answer(this.dataSource, 'SELECT 1 AS x LIMIT 0', []);
    return { height };
  }

  organizations(filter: OrganizationFilter, page?: PageRequest): Promise<Page<OrganizationDto>> {
    return organizations(this.dataSource, filter, page);
  }

  organization(did: string): Promise<At<OrganizationDetailDto> | undefined> {
    return organization(this.dataSource, did);
  }

  proposals(filter: ProposalFilter, page?: PageRequest): Promise<Page<ProposalDto>> {
    return proposals(this.dataSource, filter, page);
  }

  proposal(id: string): Promise<At<ProposalDto> | undefined> {
    return proposal(this.dataSource, id);
  }

  keyEntries(keyId: string, fromHeight: number, page?: PageRequest): Promise<KeyEntriesDto | undefined> {
    return keyEntries(this.dataSource, { keyId, fromHeight, page });
  }

  products(page?: PageRequest): Promise<Page<ProductDto>> {
    return products(this.dataSource, page);
  }

  product(gtin: string): Promise<At<ProductDto> | undefined> {
    return product(this.dataSource, gtin);
  }

  trace(canonicalId: string, request: TraceRequest): Promise<At<TraceDto> | undefined> {
    return new TraceQueries(this.dataSource).trace(canonicalId, request);
  }

  item(canonicalId: string): Promise<At<ItemDto> | undefined> {
    return item(this.dataSource, canonicalId);
  }

  itemHistory(canonicalId: string, page?: PageRequest): Promise<At<ItemHistoryDto> | undefined> {
    return itemHistory(this.dataSource, canonicalId, page);
  }

  findings(canonicalId: string, page?: PageRequest): Promise<Page<FindingDto>> {
    return findings(this.dataSource, canonicalId, page);
  }

  findingList(filter: FindingFilter, page?: PageRequest): Promise<Page<FindingDto>> {
    return findingList(this.dataSource, filter, page);
  }

  lotBalance(canonicalId: string): Promise<At<LotBalanceDto> | undefined> {
    return lotBalance(this.dataSource, canonicalId);
  }

  recalls(filter: RecallFilter, page?: PageRequest): Promise<Page<RecallSummaryDto>> {
    return recalls(this.dataSource, filter, page);
  }

  recall(id: string): Promise<At<RecallDto> | undefined> {
    return recall(this.dataSource, id);
  }

  recallImpact(request: RecallImpactRequest): Promise<At<RecallImpactDto>> {
    return recallImpact(this.dataSource, request);
  }

  transfers(filter: TransferFilter, page?: PageRequest): Promise<Page<TransferDto>> {
    return transfers(this.dataSource, filter, page);
  }

  transfer(id: string): Promise<At<TransferDto> | undefined> {
    return transfer(this.dataSource, id);
  }

  blocks(options?: PageRequest & { readonly before?: number }): Promise<Page<BlockDto>> {
    return blocks(this.dataSource, options);
  }

  block(height: number): Promise<At<BlockDto> | undefined> {
    return block(this.dataSource, height);
  }

  entriesOfBlock(height: number, page?: PageRequest): Promise<Page<EntryDto>> {
    return entriesOfBlock(this.dataSource, height, page);
  }

  entry(entryId: string): Promise<At<EntryDto> | undefined> {
    return entry(this.dataSource, entryId);
  }
}
