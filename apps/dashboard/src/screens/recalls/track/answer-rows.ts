import type { Api } from '#sdk';

export const OUTCOMES = ['found', 'held', 'returned', 'destroyed', 'sold'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What one organisation has said, or still has to say, of one thing. */
export interface AnswerRow {
  readonly organization: string;
  /** Undefined: an answer without quantities. */
  readonly item: string | undefined;
  readonly uom: string | null;
  /** What the ledger says that it has; undefined where the ledger knows of nothing. */
  readonly expected: string | undefined;
  readonly quantities: Readonly<Partial<Record<Outcome, string>>>;
  readonly answer: Api.RecallAcknowledgement | undefined;
}

interface Expected {
  readonly organization: string;
  readonly item: string;
  readonly uom: string | null;
  readonly quantity: string;
}

/** Who has how much of what, as the simulation has it; containers are not goods. */
export function expectedHoldings({ affected }: Pick<Api.RecallImpact, 'affected'>): readonly Expected[] {
  return affected
    .filter(({ as }) => as !== 'carrier')
    .flatMap(({ id, holders }) =>
      holders.map(({ organization, unit, quantity }) => ({ organization, item: id, uom: unit, quantity })),
    );
}

/**
 * Answers beside what was expected: each organisation that holds something and each that has answered, those that have not first.
 * @param opener - answers to nobody; what it holds itself is listed when it said something of it
 */
export function answerRows(
  { acknowledgements, openedBy }: Pick<Api.Recall, 'acknowledgements' | 'openedBy'>,
  impact: Pick<Api.RecallImpact, 'affected'> | undefined,
): readonly AnswerRow[] {
  const expected = impact === undefined ? [] : expectedHoldings(impact);
  const answers = new Map(acknowledgements.map((answer) => [answer.organization, answer]));
  const silent = expected
    .filter(({ organization }) => !answers.has(organization) && organization !== openedBy)
    .map(({ organization, item, uom, quantity }): AnswerRow => ({
      organization,
      item,
      uom,
      expected: quantity,
      quantities: {},
      answer: undefined,
    }));
  return [...silent, ...acknowledgements.flatMap((answer) => rowsOf(answer, expected))];
}

function rowsOf(answer: Api.RecallAcknowledgement, expected: readonly Expected[]): AnswerRow[] {
  const { organization } = answer;
  const own = expected.filter((one) => one.organization === organization);
  const said = answer.quantities.map(({ item, uom, ...quantities }): AnswerRow => {
    const holding = own.find((one) => one.item === item && (one.uom === uom || one.uom === null || uom === null));
    const given = OUTCOMES.flatMap((outcome) => {
      const quantity = quantities[outcome];
      return quantity === null ? [] : [[outcome, quantity] as const];
    });
    return { organization, item, uom, expected: holding?.quantity, quantities: Object.fromEntries(given), answer };
  });
  const unsaid = own
    .filter(({ item }) => !answer.quantities.some((quantity) => quantity.item === item))
    .map(({ item, uom, quantity }): AnswerRow => ({
      organization,
      item,
      uom,
      expected: quantity,
      quantities: {},
      answer,
    }));
  if (said.length + unsaid.length > 0) return [...said, ...unsaid];
  return [{ organization, item: undefined, uom: null, expected: undefined, quantities: {}, answer }];
}

/** Organisations that hold something and have not answered. */
export function silentOrganizations(rows: readonly AnswerRow[]): ReadonlySet<string> {
  return new Set(rows.filter(({ answer }) => answer === undefined).map(({ organization }) => organization));
}
