import type { Language } from '../language.js';
import type { Grade, PublicNote, PublicStatus } from '../public-record.types.js';

/** Everything that a page says, in one language. */
export interface Words {
  /** BCP 47 */
  readonly tag: string;
  readonly short: Language;
  /** The language's own name. */
  readonly itself: string;
  readonly language: string;
  readonly title: string;
  readonly status: Readonly<Record<PublicStatus, { readonly title: string; readonly means: string }>>;
  readonly note: Readonly<Record<PublicNote, string>>;
  readonly subject: Readonly<Record<'gtin' | 'lot' | 'serial' | 'sscc', string>>;
  readonly lotInCode: string;
  readonly product: string;
  readonly noProduct: string;
  readonly registeredBy: string;
  readonly expires: string;
  readonly bestBefore: string;
  readonly quantity: string;
  readonly origin: string;
  readonly recall: string;
  readonly recallSince: (day: string) => string;
  readonly noInstructions: string;
  readonly steps: string;
  readonly summary: (organizations: number, steps: number, confirmed: number) => string;
  readonly noSteps: string;
  readonly earlier: (count: number) => string;
  readonly isCut: string;
  readonly step: Readonly<Record<string, string>>;
  readonly otherStep: (name: string) => string;
  readonly brand: string;
  readonly organization: (number: number) => string;
  readonly by: (party: string) => string;
  readonly handover: (from: string, to: string) => string;
  readonly place: string;
  readonly grade: Readonly<Record<Grade, string>>;
  readonly contradicted: string;
  readonly contradictedMeans: string;
  readonly ofContainer: string;
  readonly entries: string;
  readonly entry: (height: number) => string;
  readonly grades: string;
  readonly gradeMeans: Readonly<Record<Grade, string>>;
  readonly check: string;
  readonly checkHow: string;
  readonly needsAccess: string;
  readonly proof: string;
  readonly asData: string;
  readonly asOf: (height: number) => string;
  readonly history: (count: number) => string;
  readonly limits: string;
  readonly fault: Readonly<Record<string, { readonly title: string; readonly means: string }>> & {
    readonly other: { readonly title: string; readonly means: string };
  };
}
