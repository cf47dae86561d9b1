/** An organisation as the generator needs it. */
export interface Party {
  readonly did: string;
  readonly name: string;
  /** Seven digits. */
  readonly companyPrefix: string;
  /** Thirteen digits. */
  readonly gln: string;
}

/** An EPCIS 2.0 event, to be written as JSON. */
export type EventJson = Readonly<Record<string, unknown>>;

/** One act of one organisation; `by`, `from`, `to` are DIDs. */
export type SeedStep = CaptureStep | TransferStep;

export interface CaptureStep {
  readonly kind: 'capture';
  readonly by: string;
  readonly events: readonly EventJson[];
}

export interface TransferStep {
  readonly kind: 'transfer';
  readonly from: string;
  readonly to: string;
  readonly transfers: 'ownership' | 'custody' | 'both';
  readonly items: readonly string[];
  readonly answer:
    | { readonly kind: 'accept' }
    | { readonly kind: 'acceptPart'; readonly accepted: readonly string[]; readonly reason: string }
    | { readonly kind: 'reject'; readonly reason: string }
    | { readonly kind: 'cancel' }
    | { readonly kind: 'none' };
}

/** From raw material to the customers: the steps follow each other, different chains do not depend on each other. */
export interface SeedChain {
  readonly number: number;
  readonly steps: readonly SeedStep[];
}
