import type {
  CaptureJobDto,
  CaptureJobStore,
  IdempotencyClaim,
  IdempotencyKeyStore,
  IndexProgress,
  IndexReads,
  ItemDto,
  OrganizationDto,
  Page,
  ProductDto,
  TraceDto,
} from '#index';

export interface FakeIndex extends IndexReads, IndexProgress {
  height: number;
  state: IndexProgress['state'];
  items: Map<string, ItemDto>;
  traces: Map<string, TraceDto>;
  productList: ProductDto[];
  /** Thrown by every read while set. */
  failure: Error | undefined;
}

/** An index of a few things, and one that can be away or behind. */
export function fakeIndex(): FakeIndex {
  const answer = <T>(value: T): Promise<T> =>
    fake.failure === undefined ? Promise.resolve(value) : Promise.reject(fake.failure);
  const one = <T>(value: T | undefined) => answer(value && { ...value, asOf: { height: fake.height } });
  const page = <T>(items: readonly T[]): Promise<Page<T>> =>
    answer({ items, nextCursor: null, asOf: { height: fake.height } });
  const fake: FakeIndex = {
    height: 7,
    lag: 0,
    state: 'following',
    items: new Map(),
    traces: new Map(),
    productList: [],
    failure: undefined,
    waitFor: (height) => Promise.resolve(height <= fake.height),
    asOf: () => answer({ height: fake.height }),
    organizations: () => page<OrganizationDto>([]),
    organization: () => answer(undefined),
    proposals: () => page([]),
    proposal: () => answer(undefined),
    keyEntries: () => answer(undefined),
    products: () => page(fake.productList),
    product: (gtin) => one(fake.productList.find((product) => product.gtin === gtin)),
    item: (id) => one(fake.items.get(id)),
    itemHistory: () => answer(undefined),
    trace: (id) => one(fake.traces.get(id)),
    findings: () => page([]),
    findingList: () => page([]),
    lotBalance: () => answer(undefined),
    recalls: () => page([]),
    recall: () => answer(undefined),
    recallImpact: () => Promise.reject(new Error('not asked here')),
    transfers: () => page([]),
    transfer: () => answer(undefined),
    blocks: () => page([]),
    block: () => answer(undefined),
    entriesOfBlock: () => page([]),
    entry: () => answer(undefined),
  };
  return fake;
}

/** `IdempotencyKeyStore` in memory; the real one is tested in libs/index. */
export function fakeIdempotencyKeys(): IdempotencyKeyStore {
  const keys = new Map<
    string,
    { hash: string; answer?: { status: number; body: string; headers: Readonly<Record<string, string>> } }
  >();
  return {
    claim(key, hash): Promise<IdempotencyClaim> {
      const known = keys.get(key);
      if (known === undefined) keys.set(key, { hash });
      if (known === undefined) return Promise.resolve({ state: 'new' });
      if (known.hash !== hash) return Promise.resolve({ state: 'conflict' });
      return Promise.resolve(
        known.answer === undefined ? { state: 'in-progress' } : { state: 'done', ...known.answer },
      );
    },
    complete(key, { status, body, headers = {} }) {
      const known = keys.get(key);
      if (known !== undefined) known.answer = { status, body, headers };
      return Promise.resolve();
    },
    release(key) {
      keys.delete(key);
      return Promise.resolve();
    },
    prune: () => Promise.resolve(0),
  };
}

/** `CaptureJobStore` in memory; the real one is tested in libs/index. */
export function fakeCaptureJobs(): CaptureJobStore {
  const jobs = new Map<string, CaptureJobDto>();
  return {
    create({ captureID, captureErrorBehaviour, ...repair }) {
      const job: CaptureJobDto = {
        captureID,
        captureErrorBehaviour,
        createdAt: '2026-01-01T00:00:00.000Z',
        finishedAt: null,
        running: true,
        success: true,
        errors: [],
        ...repair,
      };
      jobs.set(captureID, job);
      return Promise.resolve(job);
    },
    finish(captureID, { success, errors, events }) {
      const job = jobs.get(captureID);
      if (job !== undefined)
        jobs.set(captureID, { ...job, running: false, finishedAt: '2026-01-01T00:00:01.000Z', success, errors, ...(events !== undefined && { events }) });
      return Promise.resolve();
    },
    get: (captureID) => Promise.resolve(jobs.get(captureID)),
    list: () => Promise.resolve({ items: [...jobs.values()].reverse(), nextCursor: null }),
  };
}
