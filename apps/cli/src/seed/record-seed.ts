import { CliError, EXIT } from '../cli-error.js';
import { gtinOf } from '../demo/identifiers.js';
import { OrganizationClient, type Receipt } from '../demo/organization-client.js';
import type { NetworkFile } from '../dev/network-file.js';
import { CATALOGUE } from './catalogue.js';
import { seedDocument } from './events.js';
import type { Party, SeedChain, SeedStep, TransferStep } from './seed.types.js';

/** Chains that are recorded at the same time: enough to keep the nodes at work, fewer than captures that one node takes at once. */
const LANES = 12;

export interface SeedProgress {
  readonly events: number;
  readonly entries: number;
  readonly chains: number;
  /** Why chains were given up, each in a sentence. */
  readonly refused: readonly string[];
}

/** Records what the generator makes up, each step through the node of its author. */
export class SeedRecorder {
  private readonly clients: ReadonlyMap<string, OrganizationClient>;
  private done: SeedProgress = { events: 0, entries: 0, chains: 0, refused: [] };

  constructor(network: NetworkFile) {
    this.clients = new Map(
      network.organizations.map((organization) => [organization.did, new OrganizationClient(organization)]),
    );
  }

  get progress(): SeedProgress {
    return this.done;
  }

  /** The organisations with what identifiers are made of. */
  async parties(): Promise<readonly Party[]> {
    const clients = [...this.clients.values()];
    if (clients.length < 4)
      throw new CliError('Supply chains need a network of at least four organisations.', EXIT.usage);
    return Promise.all(
      clients.map(async (client) => {
        const { prefix, gln } = await client.masterData();
        return { did: client.did, name: client.name, companyPrefix: prefix, gln };
      }),
    );
  }

  /** Registers the products of the catalogue that the ledger does not know yet. */
  async registerProducts([maker, , , , grower]: readonly Party[]): Promise<void> {
    if (maker === undefined) return;
    for (const { product, raw, half, packaging } of CATALOGUE) {
      for (const own of [product, half, packaging]) await this.register(maker, own);
      await this.register(grower ?? maker, raw);
    }
  }

  /** Whether the first lot of a seed is on the ledger: the same documents twice would only contradict each other. */
  async isRecorded({ steps: [first] }: SeedChain): Promise<boolean> {
    const lot = /https:\/\/id\.gs1\.org\/01\/[0-9]+\/10\/[^"]+/.exec(JSON.stringify(first))?.[0];
    const [client] = this.clients.values();
    return lot !== undefined && (await client?.find(`/api/v1/items/${encodeURIComponent(lot)}`)) !== undefined;
  }

  /**
   * A chain of which a step is refused is given up, the others go on.
   * @param signal - ends it after the steps under way
   */
  async record(chains: Iterable<SeedChain>, signal: AbortSignal): Promise<void> {
    const source = chains[Symbol.iterator]();
    const lane = async (): Promise<void> => {
      for (let next = source.next(); next.done !== true && !signal.aborted; next = source.next()) {
        await this.carryOutAll(next.value, signal);
        this.count({ chains: 1 });
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }

  private async register(
    { did, companyPrefix }: Party,
    { reference, ...named }: { readonly reference: string; readonly name: string },
  ): Promise<void> {
    const gtin = gtinOf(companyPrefix, reference);
    const client = this.client(did);
    if ((await client.find(`/api/v1/products/${gtin}`)) === undefined)
      await client.post('/api/v1/products', { gtin, ...named });
  }

  private async carryOutAll({ number, steps }: SeedChain, signal: AbortSignal): Promise<void> {
    try {
      for (const step of steps) if (!signal.aborted) await this.carryOut(step);
    } catch (error) {
      if (!(error instanceof CliError) || error.exitCode !== EXIT.rejected) throw error;
      this.count({ refused: [`Chain ${number}: ${error.message}`] });
    }
  }

  private async carryOut(step: SeedStep): Promise<void> {
    if (step.kind === 'capture') {
      await this.client(step.by).capture(seedDocument(step.events));
      this.count({ events: step.events.length, entries: 1 });
    } else await this.transfer(step);
  }

  private async transfer({ from, to, transfers, items, answer }: TransferStep): Promise<void> {
    const [sender, receiver] = [this.client(from), this.client(to)];
    const offer = await sender.post<Receipt & { readonly id: string }>('/api/v1/transfers', { items, to, transfers });
    this.count({ entries: 1 });
    if (answer.kind === 'none') return;
    const answering = answer.kind === 'cancel' ? sender : receiver;
    // The receiver's node may get the block a moment after the sender's.
    await answering.get(`/api/v1/transfers/${offer.id}?minHeight=${offer.height}`);
    const { kind, ...body } = answer;
    await answering.post(`/api/v1/transfers/${offer.id}/${kind === 'acceptPart' ? 'accept' : kind}`, body);
    this.count({ entries: 1 });
  }

  private count(more: Partial<SeedProgress>): void {
    const { events, entries, chains, refused } = this.done;
    this.done = {
      events: events + (more.events ?? 0),
      entries: entries + (more.entries ?? 0),
      chains: chains + (more.chains ?? 0),
      refused: [...refused, ...(more.refused ?? [])],
    };
  }

  private client(did: string): OrganizationClient {
    const client = this.clients.get(did);
    if (client === undefined) throw new CliError(`${did} is not in this network.`, EXIT.notFound);
    return client;
  }
}
